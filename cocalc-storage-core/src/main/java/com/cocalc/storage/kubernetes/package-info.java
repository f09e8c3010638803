/**
 * Creates Kubernetes objects from the model of storage, and writes them as YAML and JSON.
 *
 * <p>Start with {@link com.cocalc.storage.kubernetes.PodStorage} and
 * {@link com.cocalc.storage.kubernetes.KubernetesText}.
 */
@NullMarked
package com.cocalc.storage.kubernetes;

import org.jspecify.annotations.NullMarked;
