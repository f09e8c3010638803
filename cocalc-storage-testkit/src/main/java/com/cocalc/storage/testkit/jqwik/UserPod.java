package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import net.jqwik.api.Arbitrary;

/**
 * A pod as a hub or an operator creates it, before it gets its storage. Its containers, volumes, variables and security
 * settings do not conflict with those of the storage.
 */
public final class UserPod {

    private final Pod pod;
    private final String container;
    private final ProjectVolumes volumes;

    UserPod(Pod pod, String container, ProjectVolumes volumes) {
        this.pod = pod;
        this.container = container;
        this.volumes = volumes;
    }

    /**
     * Returns an arbitrary of pods with 1 to 4 containers and up to 5 volumes, each with a project and an installation.
     *
     * @return the arbitrary; the simplest pod has one container and nothing else
     */
    public static Arbitrary<UserPod> arbitrary() {
        return new DrawnArbitrary<>(Pods::userPod);
    }

    /** {@return the pod without storage; changes of it affect only this sample} */
    public Pod pod() {
        return pod;
    }

    /** {@return the name of the container that needs the files} */
    public String container() {
        return container;
    }

    /** {@return the volumes of the pod's project and installation} */
    public ProjectVolumes volumes() {
        return volumes;
    }

    /** {@return the pod with its storage, as {@link PodStorage#applyTo(Pod, String)} returns it} */
    public Pod withStorage() {
        return PodStorage.of(volumes).applyTo(pod, container);
    }

    /** Returns the pod as YAML, with the container and the project in a comment. */
    @Override
    public String toString() {
        return KubernetesText.yaml(pod) + "# container " + container + " of " + volumes;
    }
}
