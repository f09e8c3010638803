/**
 * JUnit 5: new storage in memory for each test, and contracts for other storage and other programs.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.junit.CocalcStorageExtension}, or with
 * {@link com.cocalc.storage.testkit.junit.CocalcStorage} if the tests need other settings. A contract is an interface
 * that a test implements: {@link com.cocalc.storage.testkit.junit.RwxContract} and
 * {@link com.cocalc.storage.testkit.junit.ProjectVolumesContract}.
 */
@NullMarked
package com.cocalc.storage.testkit.junit;

import org.jspecify.annotations.NullMarked;
