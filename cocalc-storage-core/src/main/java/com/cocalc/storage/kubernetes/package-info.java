/**
 * Kubernetes objects out of the model of storage, and their YAML and JSON.
 *
 * <p>Start with {@link com.cocalc.storage.kubernetes.PodStorage} and
 * {@link com.cocalc.storage.kubernetes.KubernetesText}.
 */
@NullMarked
package com.cocalc.storage.kubernetes;

import org.jspecify.annotations.NullMarked;
