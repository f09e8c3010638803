/**
 * What the Kubernetes API server refuses, and what a pod that it accepts would do to CoCalc's storage.
 *
 * <p>Start with {@link com.cocalc.storage.kubernetes.audit.PodAudit};
 * {@link com.cocalc.storage.kubernetes.audit.ApiServer} and {@link com.cocalc.storage.kubernetes.audit.PodSecurity}
 * answer as a cluster's API server does.
 */
@NullMarked
package com.cocalc.storage.kubernetes.audit;

import org.jspecify.annotations.NullMarked;
