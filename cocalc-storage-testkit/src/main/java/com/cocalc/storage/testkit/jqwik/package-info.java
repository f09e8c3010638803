/**
 * Generators for jqwik 1.9: valid values of every type of the api that prefer edge cases, values that must be refused,
 * licences with a known outcome, pods, directory trees and scripts of file operations.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.jqwik.CocalcStorageDomain}, or with
 * {@link com.cocalc.storage.testkit.jqwik.ApiArbitraries} where a property needs a single generator.
 */
@NullMarked
package com.cocalc.storage.testkit.jqwik;

import org.jspecify.annotations.NullMarked;
