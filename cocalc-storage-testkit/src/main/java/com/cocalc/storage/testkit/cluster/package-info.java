/**
 * A Kubernetes cluster in memory: it accepts finished pods, refuses what an API server refuses, and starts the others
 * as a kubelet does, on shared volumes with real permissions.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.cluster.FakeCluster} and
 * {@link com.cocalc.storage.testkit.cluster.RunningPod}.
 */
@NullMarked
package com.cocalc.storage.testkit.cluster;

import org.jspecify.annotations.NullMarked;
