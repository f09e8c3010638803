package com.cocalc.storage.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * The token of a pod's service account, which the API server mounts into every container, unless the pod forbids it or
 * the container mounts something else there.
 */
public final class ServiceAccountToken {

    /** The path at which the token is mounted. */
    public static final String PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** Where the API server and webhooks of clouds put the tokens of an account, and nothing looks for programs. */
    private static final String SECRETS = "/var/run/secrets";

    private ServiceAccountToken() {}

    /**
     * Returns whether a path is one of tokens: that of the cluster itself, or one that a webhook mounts into every
     * container, as EKS and AKS do for their accounts.
     *
     * @param path a clean path in a container
     * @return whether it is below {@code /var/run/secrets}
     */
    public static boolean isPlace(@Nullable String path) {
        return path != null && path.startsWith(SECRETS + "/");
    }
}
