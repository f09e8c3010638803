package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Volumes that the kubelet fills with files: config maps, secrets, the downward API and projections of these. The files
 * are in a directory of their own, to which {@code ..data} leads, and a link for each first name leads through that: so
 * a kubelet replaces all files at once. Here they are written once, when the pod starts.
 */
final class DataVolumes {

    private static final int FILE_MODE = 0644;
    private static final int TOKEN_MODE = 0600;
    private static final int ON_DISK = 0777;
    private static final int IN_MEMORY = 01777;

    private static final String DATA = "..data";
    /** The directory of the files: a kubelet names it by the time and a random number. */
    private static final String GENERATION = "..1970_01_01_00_00_00.0000000000";

    private final ClusterState state;

    DataVolumes(ClusterState state) {
        this.state = state;
    }

    /** A file and its owner, which is root except for a token. */
    private record DataFile(String content, int mode, long owner) {
        DataFile(String content, int mode) {
            this(content, mode, 0);
        }
    }

    static boolean isOne(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getDownwardAPI() != null
                || volume.getProjected() != null;
    }

    /** Returns the volume of a pod, which is the same at each start of its containers. */
    RwxVolume volume(PodRecord record, Volume volume, String nodePath) throws Trouble {
        RwxVolume present = record.scratch().get(volume.getName());
        if (present != null) {
            return present;
        }
        Payload files = new Payload(record, volume.getName(), nodePath);
        int rootMode = IN_MEMORY;
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            files.mode = mode(source.getDefaultMode(), FILE_MODE);
            files.addObject("configmap", source.getName(), source.getItems(), source.getOptional());
            rootMode = ON_DISK;
        } else if (volume.getSecret() != null) {
            var source = volume.getSecret();
            files.mode = mode(source.getDefaultMode(), FILE_MODE);
            files.addObject("secret", source.getSecretName(), source.getItems(), source.getOptional());
        } else if (volume.getDownwardAPI() != null) {
            files.mode = mode(volume.getDownwardAPI().getDefaultMode(), FILE_MODE);
            files.addFields(volume.getDownwardAPI().getItems());
        } else {
            files.mode = mode(volume.getProjected().getDefaultMode(), FILE_MODE);
            for (VolumeProjection source : Absent.asEmpty(volume.getProjected().getSources())) {
                files.add(source);
            }
        }
        RwxVolume made = state.newVolume(RwxVolume.builder().rootMode(rootMode));
        files.write(made);
        record.scratch().put(volume.getName(), made);
        return made;
    }

    private static int mode(@Nullable Integer mode, int otherwise) {
        return mode == null ? otherwise : mode;
    }

    /** The files of one volume, and the mount points in it. */
    private final class Payload {
        private final PodRecord record;
        private final String volume;
        private final String nodePath;
        private final Map<String, DataFile> files = new LinkedHashMap<>();
        private int mode;

        Payload(PodRecord record, String volume, String nodePath) {
            this.record = record;
            this.volume = volume;
            this.nodePath = nodePath;
        }

        private Trouble trouble(String why) {
            return Trouble.setUp(volume, why);
        }

        void add(VolumeProjection source) throws Trouble {
            if (source.getConfigMap() != null) {
                var map = source.getConfigMap();
                addObject("configmap", map.getName(), map.getItems(), map.getOptional());
            }
            if (source.getSecret() != null) {
                var secret = source.getSecret();
                addObject("secret", secret.getName(), secret.getItems(), secret.getOptional());
            }
            if (source.getDownwardAPI() != null) {
                addFields(source.getDownwardAPI().getItems());
            }
            if (source.getServiceAccountToken() != null) {
                put(source.getServiceAccountToken().getPath(), token());
            }
        }

        private void put(String path, DataFile file) {
            files.put(CleanedPath.relative(path), file);
        }

        /** Returns a token, which the only user of all containers owns and nobody else reads but the pod's group. */
        private DataFile token() {
            PodSecurityContext all = record.pod().getSpec().getSecurityContext();
            Set<@Nullable Long> users = new HashSet<>();
            for (Container container : record.allContainers()) {
                SecurityContext own = container.getSecurityContext();
                Long user = own == null ? null : own.getRunAsUser();
                users.add(user == null && all != null ? all.getRunAsUser() : user);
            }
            Long only = users.size() == 1 ? users.iterator().next() : null;
            boolean isForGroup = all != null && all.getFsGroup() != null;
            return new DataFile("token", only != null || isForGroup ? TOKEN_MODE : mode, only == null ? 0 : only);
        }

        void addObject(String kind, String name, @Nullable List<KeyToPath> items, @Nullable Boolean optional)
                throws Trouble {
            boolean isOptional = Boolean.TRUE.equals(optional);
            Map<String, String> values = state.configData().find(kind, record.pod(), name);
            if (values == null) {
                if (!isOptional) {
                    throw trouble(kind + " \"" + name + "\" not found");
                }
                return;
            }
            if (Absent.asEmpty(items).isEmpty()) {
                values.forEach((key, value) -> put(key, new DataFile(value, mode)));
                return;
            }
            for (KeyToPath item : Absent.asEmpty(items)) {
                String value = values.get(item.getKey());
                if (value != null) {
                    put(item.getPath(), new DataFile(value, mode(item.getMode(), mode)));
                } else if (!isOptional) {
                    String missing = kind.equals("secret")
                            ? "references non-existent secret key: "
                            : "configmap references non-existent config key: ";
                    throw trouble(missing + item.getKey());
                }
            }
        }

        void addFields(@Nullable List<DownwardAPIVolumeFile> items) throws Trouble {
            for (DownwardAPIVolumeFile item : Absent.asEmpty(items)) {
                String content = item.getFieldRef() == null
                        ? "0" // nothing is limited here
                        : field(item.getFieldRef().getFieldPath());
                put(item.getPath(), new DataFile(content, mode(item.getMode(), mode)));
            }
        }

        private String field(String path) throws Trouble {
            return switch (path) {
                case "metadata.labels" -> lines(record.pod().getMetadata().getLabels());
                case "metadata.annotations" -> lines(record.pod().getMetadata().getAnnotations());
                default -> Environment.field(record.pod(), Objects.requireNonNull(record.node()), path);
            };
        }

        private String lines(@Nullable Map<String, String> values) {
            StringBuilder lines = new StringBuilder();
            new TreeMap<>(Absent.asEmpty(values))
                    .forEach((key, value) -> lines.append(lines.length() == 0 ? "" : "\n")
                            .append(key)
                            .append("=\"")
                            .append(value)
                            .append('"'));
            return lines.toString();
        }

        /**
         * Creates the mount points of the mounts below those of this volume, then the files, and then a link for each
         * first name that is not a mount point's; fails if a path would have to be both a file and a directory.
         */
        void write(RwxVolume made) throws Trouble {
            try (FileSystem system = made.mount(Mount.asRoot())) {
                Path root = system.getPath("/");
                for (Container container : record.allContainers()) {
                    for (String point : nestedIn(container)) {
                        makeDirectories(root.resolve(point), "unable to create nested volume mountpoints: ", "");
                    }
                }
                if (Files.exists(root.resolve(DATA))) {
                    throw trouble("readlink " + nodePath + "/" + DATA + ": invalid argument");
                }
                writeFiles(Files.createDirectory(root.resolve(GENERATION)));
                PodSecurityContext context = record.pod().getSpec().getSecurityContext();
                if (context != null && context.getFsGroup() != null) {
                    FsGroup.applyReadOnly(root, context.getFsGroup());
                }
                Files.createSymbolicLink(root.resolve(DATA), system.getPath(GENERATION));
                for (String file : files.keySet()) {
                    Path name = system.getPath(file).getName(0);
                    if (!Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                        Files.createSymbolicLink(
                                root.resolve(name), system.getPath(DATA).resolve(name));
                    }
                }
            } catch (IOException e) {
                throw trouble("error writing the files: " + Trouble.inGo(e));
            }
        }

        private void makeDirectories(Path path, String purpose, String slash) throws Trouble {
            try {
                Files.createDirectories(path);
            } catch (FileSystemException e) {
                throw trouble(purpose + "mkdir " + nodePath + e.getFile() + slash + ": " + Trouble.inGo(e));
            } catch (IOException e) {
                throw trouble(purpose + "mkdir " + nodePath + path + slash + ": " + Trouble.inGo(e));
            }
        }

        private void writeFiles(Path directory) throws IOException, Trouble {
            for (Map.Entry<String, DataFile> file : files.entrySet()) {
                Path path = directory.resolve(file.getKey());
                makeDirectories(Objects.requireNonNull(path.getParent()), "", "/");
                try {
                    Files.writeString(path, file.getValue().content());
                } catch (IOException e) {
                    throw trouble("open " + nodePath + path + ": " + Trouble.inGo(e));
                }
                UnixFile.chmod(path, file.getValue().mode());
                UnixFile.chown(path, file.getValue().owner(), -1);
            }
        }

        /** Cleans a mount path as Go's {@code filepath.Clean} does; for the kubelet a relative one is below nothing. */
        private static String cleaned(String path) {
            return path.startsWith("/") ? CleanedPath.absolute(path) : CleanedPath.relative(path);
        }

        /**
         * Returns the mount paths of a container that are directly below one of this volume, relative to it. The
         * kubelet pays no heed to the part of the volume that is mounted there.
         */
        private List<String> nestedIn(Container container) {
            SortedSet<String> paths = new TreeSet<>();
            SortedSet<String> own = new TreeSet<>();
            for (VolumeMount mount : Absent.asEmpty(container.getVolumeMounts())) {
                String path = cleaned(mount.getMountPath());
                paths.add(path);
                if (mount.getName().equals(volume)) {
                    own.add(path);
                }
            }
            List<String> nested = new ArrayList<>();
            for (String above : own) {
                String last = null;
                for (String path : paths) {
                    boolean isDirect = last == null || !path.startsWith(last + "/");
                    if (path.startsWith(above + "/") && isDirect) {
                        nested.add(path.substring(above.length() + 1));
                        last = path;
                    }
                }
            }
            return nested;
        }
    }
}
