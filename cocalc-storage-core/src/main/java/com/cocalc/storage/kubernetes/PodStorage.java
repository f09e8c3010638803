package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageMount;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The storage of a pod as objects of Kubernetes.
 *
 * <p>Every call gives new objects, equal and in the same order each time, so that changing one changes nothing here.
 */
public final class PodStorage {

    private final List<StorageMount> mounts;
    private final Map<String, String> environment;
    private final PosixIdentity identity;

    private PodStorage(List<StorageMount> mounts, Map<String, String> environment, PosixIdentity identity) {
        this.mounts = mounts;
        this.environment = environment;
        this.identity = identity;
    }

    /**
     * Returns the storage of a project's pod.
     *
     * @param project the view of the project
     * @return its objects
     */
    public static PodStorage of(ProjectVolumes project) {
        return new PodStorage(project.mounts(), project.environment(), project.identity());
    }

    /**
     * Returns the pod's {@code volumes}: one for each claim.
     *
     * @return in the order of the mounts
     */
    public List<Volume> volumes() {
        return StorageObjects.volumes(mounts);
    }

    /**
     * Returns the container's {@code volumeMounts}.
     *
     * @return in the order of the model
     */
    public List<VolumeMount> volumeMounts() {
        return StorageObjects.volumeMounts(mounts);
    }

    /**
     * Returns the container's {@code env}. What the kubelet would expand is escaped.
     *
     * @return sorted by name
     */
    public List<EnvVar> env() {
        List<EnvVar> env = new ArrayList<>(environment.size());
        environment.forEach((name, value) -> {
            EnvVar variable = new EnvVar();
            variable.setName(name);
            variable.setValue(Expansion.escape(value));
            env.add(variable);
        });
        return env;
    }

    /**
     * Returns the pod's {@code initContainers} that belong to the storage.
     *
     * @return none unless the configuration asks for a repair of the home's owner
     */
    public List<Container> initContainers() {
        return new ArrayList<>();
    }

    /**
     * Returns the pod's {@code securityContext}: user, group and {@code fsGroup} of the project's user.
     *
     * <p>{@code fsGroupChangePolicy: OnRootMismatch} keeps the kubelet from walking all files of all projects at each
     * start.
     *
     * @return the context
     */
    public PodSecurityContext securityContext() {
        PodSecurityContext context = new PodSecurityContext();
        context.setRunAsUser(identity.uid());
        context.setRunAsGroup(identity.gid());
        context.setFsGroup(identity.gid());
        context.setFsGroupChangePolicy("OnRootMismatch");
        return context;
    }

    /**
     * Adds the storage to a pod.
     *
     * <p>The given pod is left as it is, and so is everything in it that is not storage; the result shares those parts
     * with it. What is there already with the same meaning stays where it is, so that applying twice is applying once.
     *
     * @param pod the pod
     * @param containerName the container that is to see the files
     * @return a new pod
     * @throws IllegalArgumentException if the pod has no such container
     * @throws StorageConflictException if parts of the pod say something else; nothing is ever widened
     */
    public Pod applyTo(Pod pod, String containerName) {
        requireNonNull(pod, "pod");
        String name = pod.getMetadata() == null ? null : pod.getMetadata().getName();
        Pod result = ShallowCopy.of(pod);
        PodSpec spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
        result.setSpec(new PodMerge(this, name == null ? "the pod" : "pod " + name).merge(spec, containerName));
        return result;
    }

    Map<String, String> environment() {
        return environment;
    }
}
