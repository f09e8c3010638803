/**
 * Answers as the Kubernetes API server, 1.34 to 1.36, does about the parts of an object that touch storage and
 * identity.
 *
 * <p>Start with {@link com.cocalc.storage.kubernetes.apiserver.ApiServer}, which answers with causes and their field
 * paths, and {@link com.cocalc.storage.kubernetes.apiserver.PodSecurity}, the Pod Security admission plugin.
 */
@NullMarked
package com.cocalc.storage.kubernetes.apiserver;

import org.jspecify.annotations.NullMarked;
