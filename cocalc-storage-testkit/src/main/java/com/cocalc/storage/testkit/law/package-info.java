/**
 * The laws of CoCalc's storage as values, and functions that find violations of them in paths, pods, all views
 * together, decisions about licences, and trees of files. No test engine is needed. The laws about shared storage
 * itself are in {@code law.contract}.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.law.PodLaws} and {@link com.cocalc.storage.testkit.law.Violation}.
 */
@NullMarked
package com.cocalc.storage.testkit.law;

import org.jspecify.annotations.NullMarked;
