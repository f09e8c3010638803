/**
 * JUnit 5: storage for each test, fresh and in memory, and contracts that other storage and other programs are held to.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.junit.CocalcStorageExtension}, or with
 * {@link com.cocalc.storage.testkit.junit.CocalcStorage} where the tests need other settings. A contract is an
 * interface that a test implements: {@link com.cocalc.storage.testkit.junit.RwxContract} and
 * {@link com.cocalc.storage.testkit.junit.ProjectVolumesContract}.
 */
@NullMarked
package com.cocalc.storage.testkit.junit;

import org.jspecify.annotations.NullMarked;
