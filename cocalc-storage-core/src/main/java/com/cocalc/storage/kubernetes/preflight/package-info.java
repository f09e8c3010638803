/**
 * What in a cluster stands in the way of storage, and why a pod does not start.
 *
 * <p>Start with {@link com.cocalc.storage.kubernetes.preflight.StoragePreflight} and
 * {@link com.cocalc.storage.kubernetes.preflight.Diagnosis}; both read a
 * {@link com.cocalc.storage.kubernetes.preflight.ClusterSnapshot}.
 */
@NullMarked
package com.cocalc.storage.kubernetes.preflight;

import org.jspecify.annotations.NullMarked;
