package com.cocalc.storage.kubernetes;

/** The token of a pod's service account, which the API server mounts into every container that says nothing else. */
public final class ServiceAccountToken {

    /** Where the token is mounted. */
    public static final String PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";

    private ServiceAccountToken() {}
}
