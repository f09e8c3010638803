package com.cocalc.storage.kubernetes.pod;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A way in which a pod reaches, or may reach, the files of the storage without a mount of one of its claims.
 *
 * <p>All projects run as the same user, so the kernel lets a process of one project open the files of another as soon
 * as it sees that process: through {@code /proc/PID/root} without any capability. Whatever two pods share on a node is
 * therefore a way into another project's home, and so is a volume that leads to the same storage without its claim.
 *
 * <p>{@link PodStorage#applyTo} refuses those that {@link Kind#isCertain()}; {@code PodAudit} reports all of them.
 *
 * @param kind the kind of the way
 * @param at the place in the pod
 * @param subject the container, volume or field of the pod that has it, for messages
 * @param found the value that the pod has there, for messages
 */
public record Bypass(Kind kind, FieldPath at, String subject, String found) {

    /**
     * Capabilities that let a process leave its container or bypass the permissions of files, with the effect of each.
     * {@code ALL} has all of them.
     */
    private static final Map<String, String> DANGEROUS = Map.ofEntries(
            Map.entry("ALL", "it contains every way out of a container"),
            Map.entry("SYS_ADMIN", "it mounts file systems and enters namespaces of other processes"),
            Map.entry("SYS_PTRACE", "it reads the memory, and the root directory, of other processes"),
            Map.entry("SYS_MODULE", "it loads code into the node's kernel"),
            Map.entry("SYS_RAWIO", "it reads and writes the node's memory and disks"),
            Map.entry("SYS_BOOT", "it replaces the node's kernel"),
            Map.entry("SYS_CHROOT", "it leaves a root directory, and enters mount namespaces"),
            Map.entry("DAC_READ_SEARCH", "it opens files of the whole volume by their handles, past every sub-path"),
            Map.entry("DAC_OVERRIDE", "it bypasses the permissions of all files"),
            Map.entry("MKNOD", "it makes device files"),
            Map.entry("BPF", "it runs programs in the node's kernel"),
            Map.entry("PERFMON", "it observes every process of the node"),
            Map.entry("CHECKPOINT_RESTORE", "it opens the files of other processes through /proc/PID/map_files"),
            Map.entry("NET_ADMIN", "it changes the network, and so what a policy keeps from the NFS server"));

    /** Capabilities that a runtime gives to root in every container; adding them changes nothing for the storage. */
    private static final Set<String> USUAL = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "FOWNER",
            "FSETID",
            "KILL",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID");

    /**
     * Dangerous capabilities that an init container may have: those of service meshes set the routes of the pod's own
     * network, and end before a program of the project runs.
     */
    private static final Set<String> UNTIL_START = Set.of("NET_ADMIN");

    /** What a pod with the storage must be instead, for messages. */
    public static final String NONE = "a pod that reaches it only through its mounts";

    private static final FieldPath SPEC = FieldPath.of("spec");

    /**
     * Checks that no part is null.
     *
     * @param kind the kind of the way
     * @param at the place in the pod
     * @param subject the container, volume or field of the pod that has it
     * @param found the value that the pod has there
     */
    public Bypass {
        requireNonNull(kind, "kind");
        requireNonNull(at, "at");
        requireNonNull(subject, "subject");
        requireNonNull(found, "found");
    }

    /**
     * Returns the ways that a pod has.
     *
     * @param spec the spec of the pod
     * @param claims the claims of the installation
     * @param ownInit a test for the init container of the storage itself, which runs as root with capabilities
     * @return volumes first, then the namespaces of the node, then the containers
     */
    public static List<Bypass> of(PodSpec spec, Set<String> claims, Predicate<Container> ownInit) {
        List<Bypass> found = new ArrayList<>();
        List<PlacedContainer> containers = PlacedContainer.of(spec);
        Set<String> writable = writable(containers.stream());
        PodSecurityContext all = Absent.asEmpty(spec.getSecurityContext(), PodSecurityContext::new);
        Set<String> writableByRoot = writable(containers.stream().filter(container -> isRoot(container, all)));
        List<Volume> volumes = Absent.asEmpty(spec.getVolumes());
        for (int i = 0; i < volumes.size(); i++) {
            if (volumes.get(i) != null) {
                FieldPath at = SPEC.child("volumes").index(i);
                addVolume(volumes.get(i), at, claims, writable, writableByRoot, found);
            }
        }
        addFlag(Kind.HOST_PID, spec.getHostPID(), "hostPID", found);
        addFlag(Kind.HOST_IPC, spec.getHostIPC(), "hostIPC", found);
        addFlag(Kind.HOST_NETWORK, spec.getHostNetwork(), "hostNetwork", found);
        for (PlacedContainer container : containers) {
            boolean own = container.kind() == PlacedContainer.Kind.INIT && ownInit.test(container.container());
            addContainer(container, own, found);
        }
        return found;
    }

    /** Returns the ways of a claim that Kubernetes creates from a template. */
    public static List<Bypass> ofTemplate(@Nullable PersistentVolumeClaimSpec spec, FieldPath at, Set<String> claims) {
        List<Bypass> found = new ArrayList<>();
        if (spec != null) {
            addTemplate(spec, at, "the claim template", claims, found);
        }
        return found;
    }

    /** Returns the names of the volumes that a container may write to, as far as its mount says. */
    private static Set<String> writable(Stream<PlacedContainer> containers) {
        return containers
                .flatMap(container -> Absent.asEmpty(container.container().getVolumeMounts()).stream())
                .filter(mount -> mount != null && !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(mount -> Absent.asEmpty(mount.getName()))
                .collect(Collectors.toSet());
    }

    /** Returns whether a container runs as root as far as the pod says it. */
    private static boolean isRoot(PlacedContainer container, PodSecurityContext all) {
        Long own = container.context().getRunAsUser();
        return Objects.equals(own == null ? all.getRunAsUser() : own, 0L);
    }

    private static void addVolume(
            Volume volume,
            FieldPath at,
            Set<String> claims,
            Set<String> writable,
            Set<String> writableByRoot,
            List<Bypass> found) {
        VolumeSourceKind kind = VolumeSourceKind.findFirst(volume);
        if (kind == null) {
            return;
        }
        FieldPath source = at.child(kind.field());
        String name = Absent.asEmpty(volume.getName());
        String subject = "volume " + MessageText.quoted(name);
        if (kind == VolumeSourceKind.HOST_PATH) {
            String path = Absent.asEmpty(volume.getHostPath().getPath());
            Kind way = writableByRoot.contains(name) ? NodePath.kindForRoot(path) : NodePath.kind(path);
            found.add(new Bypass(way, source, subject, "the node's directory " + MessageText.quoted(path)));
        } else if (kind == VolumeSourceKind.GIT_REPO) {
            String repository = Absent.asEmpty(volume.getGitRepo().getRepository());
            found.add(new Bypass(
                    Kind.GIT_REPO, source, subject, "a clone of the repository " + MessageText.quoted(repository)));
        } else if (kind == VolumeSourceKind.EPHEMERAL) {
            PersistentVolumeClaimTemplate template = volume.getEphemeral().getVolumeClaimTemplate();
            if (template != null && template.getSpec() != null) {
                FieldPath spec = source.child("volumeClaimTemplate").child("spec");
                addTemplate(template.getSpec(), spec, subject, claims, found);
            }
        } else {
            String words = InlineStorage.words(volume, kind);
            if (words != null) {
                boolean changes =
                        writable.contains(name) && !kind.isReadOnly(volume) && InlineStorage.isKnown(volume, kind);
                Kind way = changes ? Kind.INLINE_STORAGE_WRITABLE : Kind.INLINE_STORAGE;
                found.add(new Bypass(way, source, subject, words));
            }
        }
    }

    private static void addTemplate(
            PersistentVolumeClaimSpec spec, FieldPath at, String subject, Set<String> claims, List<Bypass> found) {
        if (spec.getDataSource() != null) {
            addSource(
                    spec.getDataSource().getApiGroup(),
                    spec.getDataSource().getKind(),
                    spec.getDataSource().getName(),
                    new Bypass(Kind.CLONE_OF_CLAIM, at.child("dataSource"), subject, ""),
                    claims,
                    found);
        }
        if (spec.getDataSourceRef() != null) {
            addSource(
                    spec.getDataSourceRef().getApiGroup(),
                    spec.getDataSourceRef().getKind(),
                    spec.getDataSourceRef().getName(),
                    new Bypass(Kind.CLONE_OF_CLAIM, at.child("dataSourceRef"), subject, ""),
                    claims,
                    found);
        }
        if (!Absent.isEmpty(spec.getVolumeName())) {
            found.add(new Bypass(
                    Kind.INLINE_STORAGE_WRITABLE,
                    at.child("volumeName"),
                    subject,
                    "the persistent volume " + MessageText.quoted(spec.getVolumeName())));
        }
        if (spec.getSelector() != null) {
            found.add(new Bypass(
                    Kind.INLINE_STORAGE,
                    at.child("selector"),
                    subject,
                    "a persistent volume that is there already, chosen by its labels"));
        }
    }

    /** Adds a source that is a claim; the contents of a snapshot or another source are unknown. */
    private static void addSource(
            @Nullable String group,
            @Nullable String kind,
            @Nullable String name,
            Bypass clone,
            Set<String> claims,
            List<Bypass> found) {
        boolean isClaim = Absent.isEmpty(group) && "PersistentVolumeClaim".equals(kind);
        if (!isClaim) {
            String words = "a copy of the " + MessageText.plain(Absent.asEmpty(kind)) + " "
                    + MessageText.quoted(Absent.asEmpty(name));
            found.add(new Bypass(Kind.INLINE_STORAGE, clone.at, clone.subject, words));
        } else if (claims.contains(Absent.asEmpty(name))) {
            String words = "a copy of the claim " + MessageText.quoted(Absent.asEmpty(name));
            found.add(new Bypass(Kind.CLONE_OF_CLAIM, clone.at, clone.subject, words));
        }
    }

    private static void addFlag(Kind kind, @Nullable Boolean flag, String field, List<Bypass> found) {
        if (Boolean.TRUE.equals(flag)) {
            found.add(new Bypass(kind, SPEC.child(field), field, "true"));
        }
    }

    private static void addContainer(PlacedContainer container, boolean own, List<Bypass> found) {
        String subject = "container " + MessageText.quoted(container.name());
        FieldPath at = container.at().child("securityContext");
        if (Boolean.TRUE.equals(container.context().getPrivileged())) {
            found.add(new Bypass(Kind.PRIVILEGED, at.child("privileged"), subject, "true"));
        }
        FieldPath addedAt = at.child("capabilities").child("add");
        List<String> added = container.added();
        for (int i = 0; i < added.size(); i++) {
            String name = Absent.asEmpty(added.get(i));
            String capability = plainName(name);
            String words = "the capability " + MessageText.quoted(name);
            if (own && capability.equals("DAC_OVERRIDE")) {
                continue; // the repair of a home needs it
            }
            boolean isOver = container.isOverAtStart() && UNTIL_START.contains(capability);
            if (DANGEROUS.containsKey(capability) && !isOver) {
                words += ": " + DANGEROUS.get(capability);
                found.add(new Bypass(Kind.DANGEROUS_CAPABILITY, addedAt.index(i), subject, words));
            } else if (!USUAL.contains(capability)) {
                found.add(new Bypass(Kind.ADDED_CAPABILITY, addedAt.index(i), subject, words));
            }
        }
    }

    /**
     * Returns a capability in upper case and without its prefix, as runtimes accept it in any case and some of them
     * with the prefix.
     */
    private static String plainName(String capability) {
        String name = capability.strip().toUpperCase(Locale.ROOT);
        return name.startsWith("CAP_") ? name.substring("CAP_".length()) : name;
    }

    /** The kinds of ways. */
    public enum Kind {
        /** The processes of the node. */
        HOST_PID("remove hostPID"),
        /** The shared memory of the node. */
        HOST_IPC("remove hostIPC"),
        /** The network of the node. */
        HOST_NETWORK("remove hostNetwork"),
        /** A privileged container. */
        PRIVILEGED("remove privileged: true"),
        /** A capability that lets a process leave the container or bypass the permissions of files. */
        DANGEROUS_CAPABILITY("remove the capability"),
        /** Another capability that a runtime does not give by default. */
        ADDED_CAPABILITY(null),
        /** A directory of the node in which the kubelet keeps the mounted volumes. */
        HOST_PATH_TO_VOLUMES("remove the volume"),
        /** A directory of the node that leads to its processes, devices or container runtime. */
        HOST_PATH_TO_NODE("remove the volume"),
        /** Another directory of the node. */
        HOST_PATH(null),
        /** A repository that the kubelet clones as root of the node. */
        GIT_REPO("clone it in an init container, into an emptyDir"),
        /** Storage without a claim that the pod only reads, or whose kind is unknown. */
        INLINE_STORAGE(null),
        /** Storage without a claim that the pod may change. */
        INLINE_STORAGE_WRITABLE(
                "use a claim, with the sub-path that is meant; if it is other storage, mount it read-only"),
        /** A volume that is filled with the content of a claim of the installation. */
        CLONE_OF_CLAIM("remove dataSource and dataSourceRef");

        private final @Nullable String remedy;

        Kind(@Nullable String remedy) {
            this.remedy = remedy;
        }

        /**
         * {@return whether a pod with the storage must not have this, so that {@link PodStorage#applyTo} refuses it}
         */
        public boolean isCertain() {
            return remedy != null;
        }

        /** {@return how to remove it; only if {@link #isCertain()}} */
        public String remedy() {
            return requireNonNull(remedy, "remedy");
        }
    }
}
