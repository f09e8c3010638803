/**
 * The laws of CoCalc's storage as values, and functions that say where something breaks them: paths, pods, all views
 * together, decisions about licences, trees of files. No test engine is needed. What shared storage itself must do is
 * in {@code law.contract}.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.law.PodLaws} and {@link com.cocalc.storage.testkit.law.Violation}.
 */
@NullMarked
package com.cocalc.storage.testkit.law;

import org.jspecify.annotations.NullMarked;
