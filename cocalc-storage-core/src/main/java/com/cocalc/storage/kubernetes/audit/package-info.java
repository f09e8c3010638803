/**
 * What the Kubernetes API server refuses, and what a pod that it accepts would do to CoCalc's storage.
 *
 * <p>Start with {@link com.cocalc.storage.kubernetes.audit.PodAudit};
 * {@link com.cocalc.storage.kubernetes.audit.ApiServer} and {@link com.cocalc.storage.kubernetes.audit.PodSecurity}
 * answer as a cluster's API server does.
 *
 * <p>One package, so that all but the entries stays hidden. It is built in layers, each of which uses only those above
 * it; the last word of a name tells its layer:
 *
 * <ul>
 *   <li>{@code FieldPath}, {@code OneLine}, {@code Absent}: where something stands, and objects as hostile as they
 *       come;
 *   <li>{@code *Rules}, {@code *Checks}: what the server refuses, behind {@code ApiServer} and {@code PodSecurity};
 *   <li>{@code *View}: a pod as the audit reads it, with defaults filled in;
 *   <li>{@code *Audit}: findings about a pod, behind {@code PodAudit}; the rows of {@code AuditRule};
 *   <li>{@code *Preflight}: findings about a cluster, behind {@code StoragePreflight}; the rows of
 *       {@code PreflightRule};
 *   <li>{@code *Cause}, {@code Symptom*}: why a pod does not run, behind {@code Diagnosis};
 *   <li>{@code Patch*}: what licences do to a pod, behind {@code PodPatches} and {@code PatchGuard};
 *   <li>{@code *Comparison}: what the next start changes, behind {@code StorageDiff}.
 * </ul>
 */
@NullMarked
package com.cocalc.storage.kubernetes.audit;

import org.jspecify.annotations.NullMarked;
