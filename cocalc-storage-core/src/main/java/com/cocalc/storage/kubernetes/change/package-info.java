/**
 * What changes a pod: the next start of a project, and the patches that licences carry.
 *
 * <p>Start with {@link com.cocalc.storage.kubernetes.change.StorageDiff},
 * {@link com.cocalc.storage.kubernetes.change.PodPatches} and {@link com.cocalc.storage.kubernetes.change.PatchGuard}.
 */
@NullMarked
package com.cocalc.storage.kubernetes.change;

import org.jspecify.annotations.NullMarked;
