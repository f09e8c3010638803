package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.testkit.cluster.program.Reasons;
import java.io.IOException;

/** The reason why a pod does not start, as {@code kubectl describe pod} shows it. */
final class Trouble extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String CONTAINER = "0".repeat(64);
    /** The root of a container on its node; all containers have one id here. */
    static final String ROOTFS = "/run/containerd/io.containerd.runtime.v2.task/k8s.io/" + CONTAINER + "/rootfs";

    private final Kind kind;
    private final int exitCode;

    /** The step at which the pod fails. */
    enum Kind {
        /** The kubelet refuses the pod, because its node does not support what the pod requires. */
        NOT_ADMITTED("SupplementalGroupsPolicyNotSupported"),
        /** No node can run the pod. */
        FAILED_SCHEDULING("FailedScheduling"),
        /** The disk is on another node. */
        FAILED_ATTACH("FailedAttachVolume"),
        /** A volume is not mounted on the node. */
        FAILED_MOUNT("FailedMount"),
        /** The runtime does not create the sandbox that the pod's containers share. */
        FAILED_SANDBOX("FailedCreatePodSandBox"),
        /** The kubelet cannot compute the configuration of the container. */
        CONFIG_ERROR("CreateContainerConfigError"),
        /** The runtime does not create the container. */
        CREATE_ERROR("CreateContainerError"),
        /** The runtime does not start the container. */
        START_ERROR("StartError"),
        /** The container ran and failed. */
        EXITED("Error");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        /** Returns the component that reports the failure. */
        String component() {
            return switch (this) {
                case FAILED_SCHEDULING -> "default-scheduler";
                case FAILED_ATTACH -> "attachdetach-controller";
                default -> "kubelet";
            };
        }

        boolean isOfContainer() {
            return compareTo(CONFIG_ERROR) >= 0;
        }
    }

    private Trouble(Kind kind, String message) {
        this(kind, message, 0);
    }

    private Trouble(Kind kind, String message, int exitCode) {
        super(message, null, false, false);
        this.kind = kind;
        this.exitCode = exitCode;
    }

    static Trouble scheduling(String message) {
        return new Trouble(Kind.FAILED_SCHEDULING, message);
    }

    static Trouble attach(String message) {
        return new Trouble(Kind.FAILED_ATTACH, message);
    }

    static Trouble mount(String message) {
        return new Trouble(Kind.FAILED_MOUNT, message);
    }

    /** Returns a failure of the kubelet's plugin to set up a volume. */
    static Trouble setUp(String volume, String why) {
        return mount("MountVolume.SetUp failed for volume \"" + volume + "\" : " + why);
    }

    static Trouble notAdmitted(String message) {
        return new Trouble(Kind.NOT_ADMITTED, message);
    }

    static Trouble sandbox(String message) {
        return new Trouble(
                Kind.FAILED_SANDBOX, "Failed to create pod sandbox: rpc error: code = Unknown desc = " + message);
    }

    static Trouble config(String message) {
        return new Trouble(Kind.CONFIG_ERROR, message);
    }

    /** Returns a failure of containerd to write what it wants of runc. */
    static Trouble create(String message) {
        return new Trouble(
                Kind.CREATE_ERROR,
                "failed to generate container \"" + CONTAINER + "\" spec: failed to generate spec: " + message);
    }

    /** Returns a failure to start with a message of runc inside that of containerd. */
    static Trouble start(String message) {
        return refusedByRuntime("unable to start container process: error during container init: " + message);
    }

    /** Returns a failure of runc before it starts the container's first process. */
    static Trouble refusedByRuntime(String message) {
        return new Trouble(
                Kind.START_ERROR,
                "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create"
                        + " failed: " + message + ": unknown");
    }

    static Trouble exited(String lastWords, int exitCode) {
        return new Trouble(Kind.EXITED, lastWords, exitCode);
    }

    /** Returns the message of a failure with a file as Go programs, such as the kubelet, write it. */
    static String inGo(IOException e) {
        String reason = Reasons.of(e);
        return Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    }

    /** Returns the exit code of a container that ran, which is never 0. */
    int exitCode() {
        return exitCode;
    }

    Kind kind() {
        return kind;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
