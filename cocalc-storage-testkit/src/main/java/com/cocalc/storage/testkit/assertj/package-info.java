/**
 * Assertions about pods, trees of files and decisions, for AssertJ: the laws of {@link com.cocalc.storage.testkit.law}
 * in the words of a test.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.assertj.StorageAssertions}.
 */
@NullMarked
package com.cocalc.storage.testkit.assertj;

import org.jspecify.annotations.NullMarked;
