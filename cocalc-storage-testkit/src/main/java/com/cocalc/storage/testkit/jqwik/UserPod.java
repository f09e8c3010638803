package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import net.jqwik.api.Arbitrary;

/**
 * A pod as a hub or an operator makes it, before it gets its storage: with containers, volumes, variables and security
 * settings of its own, none of which conflicts with ours.
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
     * Generates pods of 1 to 4 containers with up to 5 volumes, each with a project and an installation.
     *
     * @return the arbitrary; the simplest pod has one container and nothing else
     */
    public static Arbitrary<UserPod> arbitrary() {
        return new DrawnArbitrary<>(Pods::userPod);
    }

    /**
     * Returns the pod without storage.
     *
     * @return the pod; what is changed in it is changed in this sample alone
     */
    public Pod pod() {
        return pod;
    }

    /**
     * Returns which container is to see the files.
     *
     * @return its name
     */
    public String container() {
        return container;
    }

    /**
     * Returns whose pod it is, and in which installation.
     *
     * @return the view of the project
     */
    public ProjectVolumes volumes() {
        return volumes;
    }

    /**
     * Returns the finished pod.
     *
     * @return what {@link PodStorage#applyTo(Pod, String)} makes of it
     */
    public Pod withStorage() {
        return PodStorage.of(volumes).applyTo(pod, container);
    }

    /** Returns the pod as YAML, with the container and the project in a comment. */
    @Override
    public String toString() {
        return KubernetesText.yaml(pod) + "# container " + container + " of " + volumes;
    }
}
