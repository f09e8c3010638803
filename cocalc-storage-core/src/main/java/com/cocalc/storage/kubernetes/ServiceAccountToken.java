package com.cocalc.storage.kubernetes;

/**
 * The token of a pod's service account, which the API server mounts into every container, unless the pod forbids it or
 * the container mounts something else there.
 */
public final class ServiceAccountToken {

    /** The path at which the token is mounted. */
    public static final String PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";

    private ServiceAccountToken() {}
}
