/**
 * Audits finished pods: what a pod would do to the files of projects, and what a node could not run.
 *
 * <p>Start with {@link com.cocalc.storage.kubernetes.audit.PodAudit} and
 * {@link com.cocalc.storage.kubernetes.audit.Expected}, with which it compares the pod; each
 * {@link com.cocalc.storage.kubernetes.audit.Finding} is about a {@link com.cocalc.storage.kubernetes.audit.Rule}.
 */
@NullMarked
package com.cocalc.storage.kubernetes.audit;

import org.jspecify.annotations.NullMarked;
