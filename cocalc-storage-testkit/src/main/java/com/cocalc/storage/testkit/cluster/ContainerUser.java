package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.call.Capability;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The identity of the processes of a container: user, groups, and the capabilities of root. */
record ContainerUser(PosixIdentity identity, Set<Long> groups, Set<Capability> capabilities, boolean isRootReadOnly) {

    /** The capabilities that container runtimes give to root, of those that a file system checks. */
    private static final Set<Capability> USUAL =
            EnumSet.of(Capability.CHOWN, Capability.DAC_OVERRIDE, Capability.FOWNER, Capability.FSETID);

    static ContainerUser of(Pod pod, Container container, ContainerImage image) throws Trouble {
        PodSecurityContext ofPod = pod.getSpec().getSecurityContext();
        PodSecurityContext all = ofPod == null ? new PodSecurityContext() : ofPod;
        SecurityContext ofContainer = container.getSecurityContext();
        SecurityContext own = ofContainer == null ? new SecurityContext() : ofContainer;
        Long uid = first(own.getRunAsUser(), all.getRunAsUser());
        Long gid = first(own.getRunAsGroup(), all.getRunAsGroup());
        requireNonRoot(pod, container, first(own.getRunAsNonRoot(), all.getRunAsNonRoot()), uid, image);
        long user = uid == null ? image.user().uid() : uid;
        // Without a group in the pod it is that of the image's user, and root's for a user that the image does not
        // know.
        long group =
                gid != null ? gid : user == image.user().uid() ? image.user().gid() : 0;
        Set<Long> groups = new TreeSet<>(Absent.asEmpty(all.getSupplementalGroups()));
        if (all.getFsGroup() != null) {
            groups.add(all.getFsGroup());
        }
        return new ContainerUser(
                PosixIdentity.of(user, group),
                groups,
                user == 0 ? capabilities(own) : Set.of(),
                Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()));
    }

    private static <T> @Nullable T first(@Nullable T own, @Nullable T inherited) {
        return own == null ? inherited : own;
    }

    private static void requireNonRoot(
            Pod pod, Container container, @Nullable Boolean nonRoot, @Nullable Long uid, ContainerImage image)
            throws Trouble {
        if (!Boolean.TRUE.equals(nonRoot)) {
            return;
        }
        ObjectMeta metadata = pod.getMetadata();
        String place = " (pod: \"" + metadata.getName() + "_" + metadata.getNamespace() + "(" + metadata.getUid()
                + ")\", container: " + container.getName() + ")";
        if (uid != null && uid == 0) {
            throw Trouble.config("container's runAsUser breaks non-root policy" + place);
        }
        if (uid == null && image.user().isRoot()) {
            throw Trouble.config("container has runAsNonRoot and image will run as root" + place);
        }
    }

    private static Set<Capability> capabilities(SecurityContext context) {
        EnumSet<Capability> set = EnumSet.copyOf(USUAL);
        if (Boolean.TRUE.equals(context.getPrivileged())) {
            return EnumSet.allOf(Capability.class);
        }
        Capabilities changes = context.getCapabilities();
        if (changes == null) {
            return set;
        }
        // As the runtimes do it: "ALL" first, then single ones, whatever the order.
        if (isAll(changes.getAdd())) {
            set.addAll(EnumSet.allOf(Capability.class));
        }
        if (isAll(changes.getDrop())) {
            set.clear();
        }
        Absent.asEmpty(changes.getAdd()).forEach(name -> named(name).ifPresent(set::add));
        Absent.asEmpty(changes.getDrop()).forEach(name -> named(name).ifPresent(set::remove));
        return set;
    }

    private static boolean isAll(@Nullable List<String> names) {
        return Absent.asEmpty(names).stream().anyMatch("ALL"::equalsIgnoreCase);
    }

    private static Optional<Capability> named(String name) {
        // The runtime puts CAP_ before it, also where it is there already: that names no capability.
        for (Capability capability : Capability.values()) {
            if (capability.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(capability);
            }
        }
        return Optional.empty(); // one that no file system asks for
    }

    /** Returns a mount for this user. */
    Mount mount() {
        Mount mount = Mount.as(identity)
                .groups(groups.stream().mapToLong(Long::longValue).toArray());
        return identity.isRoot() ? mount.capabilities(capabilities.toArray(Capability[]::new)) : mount;
    }
}
