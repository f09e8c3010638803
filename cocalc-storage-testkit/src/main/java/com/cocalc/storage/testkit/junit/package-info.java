/**
 * JUnit 5: storage for each test, fresh and in memory.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.junit.CocalcStorageExtension}, or with
 * {@link com.cocalc.storage.testkit.junit.CocalcStorage} where the tests need other settings.
 */
@NullMarked
package com.cocalc.storage.testkit.junit;

import org.jspecify.annotations.NullMarked;
