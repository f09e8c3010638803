package com.cocalc.storage.kubernetes.change;

import static com.cocalc.storage.kubernetes.audit.Severity.ERROR;
import static com.cocalc.storage.kubernetes.audit.Severity.WARNING;

import com.cocalc.storage.kubernetes.audit.Rule;
import com.cocalc.storage.kubernetes.audit.Severity;

/**
 * The rules about what a licence's patch leaves as it is, beside those of the audit: one row each in
 * {@code docs/audit-rules.md}. Their codes are stable.
 */
public enum PatchRule implements Rule {
    /** The pod moves to another namespace. */
    PATCH_NAMESPACE(
            ERROR,
            "the pod runs where other claims have these names and other policies hold, or is refused",
            "remove the operation: no licence decides about namespaces"),
    /** The pod gets another name. */
    PATCH_NAME(
            ERROR,
            "the hub no longer finds the pod, and ephemeral volumes get other claims",
            "remove the operation: the hub names the pods"),
    /** A label that was there has another value or is gone. */
    PATCH_LABEL(
            ERROR,
            "network policies and services select other pods: one that keeps projects from the NFS server may no longer"
                    + " hold for this one",
            "leave the labels that the hub sets as they are, and add others"),
    /** A label is added on which policies usually select. */
    PATCH_LABEL_ADDED(
            WARNING,
            "a network policy or service that selects on it takes the project's pod for one of its own",
            "use a label of another name, for example with a prefix of your own"),
    /** An annotation says something else that a network plugin, a container runtime or a webhook acts on. */
    PATCH_ANNOTATION(
            ERROR,
            "a network plugin, the container runtime or an admission webhook gives the pod another network, devices of the"
                    + " node or more volumes after it was judged",
            "remove the operation: the cluster's operator decides about networks, devices and volumes"),
    /** The pod runs with another service account. */
    PATCH_SERVICE_ACCOUNT(
            ERROR,
            "programs of the project speak to the API server with the rights of that account, which may read secrets or"
                    + " start pods with other homes",
            "remove the operation"),
    /** The pod gets a token of its service account. */
    PATCH_SERVICE_ACCOUNT_TOKEN(
            ERROR,
            "programs of the project can speak to the API server with the rights of the account",
            "remove the operation"),
    /** The variable HOME says something else. */
    PATCH_HOME_VARIABLE(
            ERROR,
            "programs write their files beside the home, where they are lost with the container",
            "remove the operation: HOME is the directory at which the home is mounted"),
    /** The variable HOME may say something else. */
    PATCH_HOME_VARIABLE_FROM_ELSEWHERE(
            WARNING,
            "if HOME is among the variables, programs write their files beside the home, where they are lost with the"
                    + " container",
            "give envFrom a prefix, name the variables in env, or set HOME in env"),
    /** The security context of the pod is another. */
    PATCH_POD_SECURITY(
            ERROR,
            "all containers run with another identity or with other rights on the node",
            "remove the operation: the configuration decides who runs in a project"),
    /** The security context of a container is another. */
    PATCH_CONTAINER_SECURITY(
            ERROR,
            "the container runs with another identity or with other rights on the node",
            "remove the operation: the configuration decides who runs in a project"),
    /** What the init container that repairs the home runs is something else. */
    PATCH_HOME_REPAIR(
            ERROR,
            "it runs as root and sees the home: another program can damage the files, and homes may not be repaired",
            "remove the operation: the installation decides what repairs homes"),
    /** The container in which the project runs has another name, or is gone. */
    PATCH_CONTAINER_NAME(
            ERROR,
            "the hub and operators look for the project in the container of that name, and find none or another one",
            "remove the operation: the hub names the containers"),
    /** Whether the pod has users of its own. */
    PATCH_HOST_USERS(
            ERROR,
            "the user of the project is another one on the node, or the same as that of all others; file systems without"
                    + " idmapped mounts keep the pod from starting",
            "remove the operation"),
    /** The runtime class that the pod had is another or gone. */
    PATCH_RUNTIME_CLASS(
            ERROR,
            "the pod leaves the sandbox that was chosen for projects",
            "remove the operation, or choose the runtime class for all projects"),
    /** The pod gets a runtime class. */
    PATCH_RUNTIME_CLASS_ADDED(
            WARNING,
            "another program starts the containers; it may mount the home in another way, or not at all",
            "try a project with it first; a class of the GPU's vendor is usually meant");

    @SuppressWarnings("ImmutableEnumChecker") // A record of an enum and two texts cannot change.
    private final Meaning meaning;

    PatchRule(Severity severity, String atRunTime, String remedy) {
        meaning = new Meaning(severity, atRunTime, remedy);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
