package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.audit.Severity.ERROR;
import static com.cocalc.storage.kubernetes.audit.Severity.HINT;
import static com.cocalc.storage.kubernetes.audit.Severity.WARNING;

import com.cocalc.storage.kubernetes.audit.Rule;
import com.cocalc.storage.kubernetes.audit.Severity;

/** The rules of {@link StoragePreflight}: one row each in {@code docs/audit-rules.md}. Their codes are stable. */
public enum PreflightRule implements Rule {
    /** A claim that pods mount does not exist. */
    CLAIM_MISSING(ERROR, "pods that mount it wait for ever", "create the claim"),
    /** The claims that are to be created do not fit into a quota of the namespace. */
    QUOTA_EXCEEDED(
            ERROR,
            "the API server refuses a claim with 403 (exceeded quota), and pods that mount it wait for ever",
            "raise the quota, or set smaller sizes in values.yaml"),
    /** A claim has lost its volume. */
    CLAIM_LOST(
            ERROR,
            "pods that mount it do not start, and its files are out of reach",
            "find the volume and its files first; then create a claim that names it in volumeName"),
    /** A claim is being deleted while it is needed. */
    CLAIM_TERMINATING(
            ERROR,
            "running pods keep it alive; with the last of them it goes away, and new pods do not start",
            "set the volume's reclaim policy to Retain now, then create the claim again and bind it to that volume"),
    /** A claim's class does not exist. */
    CLASS_MISSING(ERROR, "the claim stays Pending", "install the class, or create the claim again with another one"),
    /** A claim requests no class, and no volume fits. */
    CLAIM_WITHOUT_CLASS(
            ERROR,
            "the claim stays Pending until somebody makes a volume for it by hand",
            "create a volume that fits, or create the claim again with a class"),
    /** A claim names a volume that does not exist or does not fit, so no other volume is tried. */
    CLAIM_WAITS_FOR_VOLUME(
            ERROR,
            "the claim stays Pending: nothing is provisioned for a claim that names its volume, whatever its class",
            "make that volume, with the claim's class, size, access modes and volumeMode; or create the claim again"
                    + " without volumeName"),
    /** A claim names no class, and the cluster has no default class. */
    NO_DEFAULT_CLASS(
            ERROR,
            "the claim stays Pending, and takes the default class as soon as there is one",
            "name a class in the claim (a new one), or make one the default"),
    /** A claim's class does not create volumes. */
    CLASS_WITHOUT_PROVISIONER(
            ERROR,
            "the claim stays Pending until somebody makes a volume for it by hand",
            "create a volume that fits, or use a class with a provisioner"),
    /** A claim waits for its first pod, as its class wants. */
    WAITS_FOR_FIRST_CONSUMER(
            HINT,
            "it is bound when the first pod is scheduled, so a mistake shows only then",
            "start a pod that mounts it once, or use volumeBindingMode Immediate"),
    /** A provisioner reported a failure. */
    PROVISIONING_FAILED(
            ERROR, "the claim stays Pending", "fix what the provisioner names; a full disk under it is common"),
    /** A provisioner does not answer. */
    PROVISIONER_SILENT(
            ERROR,
            "the claim stays Pending",
            "see that the provisioner runs under this very name (helm's release name is part of it)"),
    /** A claim or its volume cannot be used on several nodes. */
    NOT_READ_WRITE_MANY(
            ERROR,
            "a second node's pods wait with a Multi-Attach error",
            "create a claim of access mode ReadWriteMany on a storage that has it; the mode cannot be changed"),
    /** A claim is a raw device. */
    BLOCK_VOLUME(ERROR, "it cannot be mounted", "create a claim of volumeMode Filesystem; the mode cannot be changed"),
    /** Two claims are bound to one volume. */
    SAME_VOLUME(
            ERROR,
            "everybody who sees one claim sees the other's files, and a pod with both waits for ever",
            "bind each claim to a volume of its own"),
    /** Two volumes are one directory of one storage. */
    SAME_STORAGE(
            ERROR,
            "everybody who sees one claim sees the other's files, and a pod with both waits for ever",
            "give each volume a directory or handle of its own"),
    /** Two volumes of a CSI driver have one handle. */
    SAME_HANDLE(
            ERROR,
            "a pod with both waits for ever, and a node may mount the one in place of the other",
            "make a volume with a handle of its own for one of the claims"),
    /** One volume is a directory of the other one. */
    NESTED_STORAGE(
            ERROR,
            "everybody who sees the upper claim sees the files of the lower one, whatever its pods mount read-only",
            "give each volume a directory of its own that is not below another's"),
    /** One volume names a server by its address, the other by a Service of which nothing tells what is behind it. */
    SERVERS_NOT_COMPARED(
            HINT,
            "if they are one server, everybody who sees one claim sees files of the other",
            "list the Services and EndpointSlices of the server's namespace as well (kubectl get service,endpointslice -A), and"
                    + " check again"),
    /** The volume of a claim does not exist. */
    VOLUME_MISSING(
            ERROR,
            "pods that mount the claim do not start, and its files are out of reach",
            "find the storage first; then create a volume of this name that leads to it, with reclaim policy Retain"),
    /** The volume of a claim has failed or was released. */
    VOLUME_FAILED(
            ERROR,
            "pods that mount the claim do not start",
            "read the volume's status.message; set its reclaim policy to Retain before anything else"),
    /** The volume of a claim is being deleted. */
    VOLUME_TERMINATING(
            ERROR,
            "it goes away with the claim, and with reclaim policy Delete its files do as well",
            "set its reclaim policy to Retain now; then make a volume of another name for the same storage"),
    /** The volume of a claim belongs to another claim. */
    VOLUME_OF_ANOTHER_CLAIM(
            ERROR,
            "the claim is misbound: pods that mount it do not start",
            "create the claim again with another volume, or correct the volume's claimRef"),
    /** The volume is read-only for everybody. */
    VOLUME_READ_ONLY(
            ERROR,
            "writing fails with: Read-only file system, whatever licences say",
            "remove readOnly from the volume's source and ro from its mount options, in a new volume"),
    /** Deleting the claim deletes the files. */
    RECLAIM_DELETE(
            WARNING,
            "deleting the claim, or the release that made it, deletes all files on it",
            "kubectl patch pv NAME -p '{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}'"),
    /** The NFS server keeps its files in its own pod. */
    PERSISTENCE_OFF(
            ERROR,
            "all files of all projects are lost with that pod",
            "install the server with persistence.enabled: true, before there are files"),
    /** Root should repair homes, but the server squashes root. */
    ROOT_SQUASHED(
            ERROR,
            "the init container's chown fails, and no project starts",
            "use a class with rootSquash \"false\"; or set manage.project.fixPermissionsInit: false, and let the server map"
                    + " everybody to the project's user"),
    /** Root init containers are not admitted. */
    RESTRICTED_NAMESPACE(
            ERROR,
            "the API server refuses every project's pod with 403",
            "let the namespace enforce baseline; or set manage.project.fixPermissionsInit: false, and let the server map"
                    + " everybody to the project's user"),
    /** Pods need the hardened form. */
    RESTRICTED_NEEDS_HARDENED(
            WARNING,
            "the API server answers 403 to pods that do not set all that restricted asks for",
            "let the namespace enforce baseline; or have the hub set all of it (runAsNonRoot, no privilege escalation, no"
                    + " capabilities, seccomp RuntimeDefault), which breaks set-uid tools in users' images"),
    /** Nothing makes the project's user the owner of a new home. */
    HOME_STAYS_ROOTS(
            WARNING,
            "the kubelet makes a new home as root: Permission denied, unless the volume's root is writable for all",
            "set manage.project.fixPermissionsInit: true, or let the server map everybody to the project's user"),
    /** A server should map the owners of homes, but the storage cannot do that. */
    NOBODY_IS_MAPPED(
            WARNING,
            "the kubelet makes a new home as root, and nobody hands it to the project's user",
            "set manage.project.fixPermissionsInit: true"),
    /** Directories to which the installation writes probably do not belong to its user. */
    CLAIM_PREPARATION(
            HINT,
            "Permission denied on a read-write mount: for projects with ext_rw in the software, for manage-copy in the"
                    + " directory of homes, for manage-share in that of shares",
            "run the Job cocalc-claim-preparation once (cocalc-storage objects --software-owner-image IMAGE prints it)"),
    /** A mount option that does not exist. */
    MOUNT_OPTION_UNKNOWN(
            ERROR,
            "nodes cannot mount the volume",
            "correct mountOptions in the class, and in each volume that exists, which keeps its own"),
    /** A mount option that is dangerous. */
    MOUNT_OPTION_RISKY(
            WARNING,
            "every node mounts with it, so it affects all projects",
            "change mountOptions in the class, and in each volume that exists, which keeps its own"),
    /** A claim is smaller than it should be. */
    SIZE_TOO_SMALL(WARNING, "it is full sooner than planned", "let the claim grow, if its class allows expansion");

    @SuppressWarnings("ImmutableEnumChecker") // A record of an enum and two texts cannot change.
    private final Meaning meaning;

    PreflightRule(Severity severity, String atRunTime, String remedy) {
        meaning = new Meaning(severity, atRunTime, remedy);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
