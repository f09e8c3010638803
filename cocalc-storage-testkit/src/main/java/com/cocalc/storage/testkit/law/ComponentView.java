package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.testkit.law.PodSeen.ClaimMount;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One component's view of the claims, as plain text, so that a wrong view can be expressed as well.
 *
 * @param mounts the mounts
 * @param environment its variables
 */
public record ComponentView(List<Mounted> mounts, Map<String, String> environment) {

    /**
     * Copies the list and the map.
     *
     * @param mounts the mounts
     * @param environment its variables
     */
    public ComponentView {
        mounts = List.copyOf(mounts);
        environment = Map.copyOf(environment);
    }

    /**
     * A mount.
     *
     * @param claim the claim's name
     * @param subPath the directory of the claim; empty for the whole claim
     * @param mountPath the path in the container
     * @param access what the mount allows
     */
    public record Mounted(String claim, String subPath, String mountPath, Access access) {

        /**
         * Checks that no part is null.
         *
         * @param claim the claim's name
         * @param subPath the directory of the claim; empty for the whole claim
         * @param mountPath the path in the container
         * @param access what the mount allows
         */
        public Mounted {
            requireNonNull(claim, "claim");
            requireNonNull(subPath, "subPath");
            requireNonNull(mountPath, "mountPath");
            requireNonNull(access, "access");
        }

        /** Returns the mount in words. */
        @Override
        public String toString() {
            return (subPath.isEmpty() ? "the whole" : Printed.of(subPath)) + " of " + claim + " at " + mountPath + ", "
                    + access;
        }
    }

    /** A file on a claim. */
    record Place(String claim, String path) {

        @Override
        public String toString() {
            return Printed.of(path) + " of " + claim;
        }
    }

    /**
     * Returns the view of a service.
     *
     * @param service the service
     * @return its view
     */
    public static ComponentView of(ServiceVolumes service) {
        return of(service.mounts(), service.environment());
    }

    /**
     * Returns the view of a project's container.
     *
     * @param project the project
     * @return its view
     */
    public static ComponentView of(ProjectVolumes project) {
        return of(project.mounts(), project.environment());
    }

    private static ComponentView of(List<StorageMount> mounts, Map<String, String> environment) {
        return new ComponentView(
                mounts.stream()
                        .map(mount -> new Mounted(
                                mount.claim().value(),
                                mount.part() instanceof SubPath part ? part.toString() : "",
                                mount.mountPath().value(),
                                mount.access()))
                        .toList(),
                environment);
    }

    /**
     * Returns the view of a container of a finished pod.
     *
     * @param pod the pod
     * @param containerName one of its main containers
     * @return its view
     * @throws IllegalArgumentException if there is no such container
     */
    public static ComponentView of(Pod pod, String containerName) {
        requireNonNull(containerName, "containerName");
        PodSeen seen = PodSeen.of(pod);
        List<String> names = new ArrayList<>();
        pod.getSpec().getContainers().forEach(container -> names.add(container.getName()));
        int index = names.indexOf(containerName);
        if (index < 0) {
            throw InvalidValueException.of(
                    "containerName",
                    "be one of " + names,
                    Printed.of(containerName),
                    "name the container that works with the files");
        }
        ContainerSeen container = seen.containers().get(index);
        List<Mounted> mounts = new ArrayList<>();
        for (ClaimMount mount : seen.claimMounts()) {
            if (mount.isOf(container)) {
                mounts.add(mount.mounted());
            }
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container.env()) {
            if (variable.getValue() != null) {
                environment.put(variable.getName(), variable.getValue());
            }
        }
        return new ComponentView(mounts, environment);
    }

    /** Returns the mount of a path of the container: the longest one that contains it. */
    @Nullable
    Mounted mountOf(String path) {
        Mounted best = null;
        for (Mounted mount : mounts) {
            boolean holds = path.equals(mount.mountPath()) || path.startsWith(mount.mountPath() + "/");
            if (holds
                    && (best == null
                            || mount.mountPath().length() > best.mountPath().length())) {
                best = mount;
            }
        }
        return best;
    }

    /** Returns the file of a claim to which a path of the container leads, or null if it is not on a claim. */
    @Nullable
    Place placeOf(String path) {
        Mounted mount = mountOf(path);
        if (mount == null) {
            return null;
        }
        String below = path.substring(mount.mountPath().length());
        String part = mount.subPath();
        return new Place(mount.claim(), part.isEmpty() && !below.isEmpty() ? below.substring(1) : part + below);
    }
}
