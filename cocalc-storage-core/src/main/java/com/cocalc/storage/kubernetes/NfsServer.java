package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageSize;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recommended NFS server: values for the chart {@code nfs-server-provisioner} of
 * nfs-ganesha-server-and-external-provisioner, and the StorageClass that it creates from them.
 *
 * <p>The defaults are safe, unlike those of the chart: files survive the pod and the claim. Less safe settings are
 * accepted, and {@link #cautions()} names them.
 *
 * <pre>{@code
 * NfsServer server = NfsServer.builder("storage", "nfs-server")
 *         .persistenceSize(StorageSize.parse("500Gi"))
 *         .build();
 * Files.writeString(Path.of("nfs-values.yaml"), server.chartValues());
 * server.cautions().forEach(System.out::println);
 * }</pre>
 */
public final class NfsServer {

    private final Builder settings;

    private NfsServer(Builder settings) {
        this.settings = settings;
    }

    /**
     * Creates a builder with safe defaults.
     *
     * @param namespace the namespace of the server
     * @param release the name of the Helm release, at most 53 characters
     * @return a new builder
     * @throws IllegalArgumentException if one is not a DNS-1123 label, or too long
     */
    public static Builder builder(String namespace, String release) {
        return new Builder(new HelmRelease(namespace, release));
    }

    /** {@return the namespace of the server} */
    public String namespace() {
        return settings.release.namespace();
    }

    /** {@return the name of the StorageClass for claims, by default {@code nfs}} */
    public StorageClassName storageClassName() {
        return settings.className;
    }

    /**
     * {@return the options with which nodes mount, by default the chart's {@code vers=3}, {@code retrans=2},
     * {@code timeo=30}}
     */
    public NfsMountOptions mountOptions() {
        return settings.mountOptions;
    }

    HelmRelease release() {
        return settings.release;
    }

    /** {@return the chart's values for {@code helm install --values}: YAML with a line end after the last line} */
    public String chartValues() {
        Map<String, Object> persistence = new LinkedHashMap<>();
        persistence.put("enabled", settings.persistent);
        if (settings.persistent) {
            persistence.put("size", settings.size.toString());
            if (settings.persistenceClass != null) {
                persistence.put("storageClass", settings.persistenceClass.value());
            }
        }
        Map<String, Object> storageClass = new LinkedHashMap<>();
        storageClass.put("create", true);
        storageClass.put("name", settings.className.value());
        storageClass.put("provisionerName", settings.release.provisioner());
        storageClass.put("defaultClass", settings.defaultClass);
        // The chart leaves the field out for anything that counts as false.
        storageClass.put("allowVolumeExpansion", settings.expansion);
        storageClass.put("reclaimPolicy", settings.reclaimPolicy.toString());
        storageClass.put("mountOptions", settings.mountOptions.options());
        storageClass.put("parameters", parameters());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("persistence", persistence);
        values.put("storageClass", storageClass);
        return KubernetesText.yaml(values);
    }

    /**
     * Returns the StorageClass that the chart creates from {@link #chartValues()}, to read it or to compare it with the
     * one in a cluster. If you apply it yourself, do not let the chart create it.
     *
     * @return the class
     */
    public StorageClass storageClass() {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(settings.className.value());
        if (settings.defaultClass) {
            Map<String, String> annotations = new LinkedHashMap<>();
            annotations.put("storageclass.kubernetes.io/is-default-class", "true");
            metadata.setAnnotations(annotations);
        }
        StorageClass storageClass = new StorageClass();
        storageClass.setMetadata(metadata);
        storageClass.setProvisioner(settings.release.provisioner());
        storageClass.setReclaimPolicy(settings.reclaimPolicy.toString());
        storageClass.setVolumeBindingMode("Immediate");
        storageClass.setAllowVolumeExpansion(settings.expansion);
        storageClass.setMountOptions(new ArrayList<>(settings.mountOptions.options()));
        storageClass.setParameters(parameters());
        return storageClass;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("gid", settings.group == null ? "none" : settings.group.toString());
        parameters.put("rootSquash", settings.rootSquash.toString());
        return parameters;
    }

    /** {@return cautions about settings that are less safe than the defaults, in the order of the chart's values} */
    public List<Caution> cautions() {
        List<Caution> cautions = new ArrayList<>();
        if (!settings.persistent) {
            cautions.add(new Caution(
                    "persistence.enabled",
                    "false",
                    "all files of all projects are lost with the server's pod",
                    "set a size, and a class of block storage"));
        }
        if (settings.defaultClass) {
            cautions.add(new Caution(
                    "storageClass.defaultClass",
                    "true",
                    "every claim without a class lands on this server, and shares its one disk",
                    "name the class in the claims that need it"));
        }
        if (!settings.expansion) {
            cautions.add(new Caution(
                    "storageClass.allowVolumeExpansion",
                    "false",
                    "a claim that is full can only be copied to a larger one",
                    "allow expansion"));
        }
        if (settings.reclaimPolicy == ReclaimPolicy.DELETE) {
            cautions.add(new Caution(
                    "storageClass.reclaimPolicy",
                    "Delete",
                    "deleting a claim deletes all projects",
                    "use Retain, and remove volumes by hand"));
        }
        cautions.addAll(settings.mountOptions.cautions());
        if (settings.rootSquash == RootSquash.ON) {
            cautions.add(new Caution(
                    "storageClass.parameters.rootSquash",
                    "\"true\"",
                    "a new home belongs to nobody, and fixPermissionsInit fails with \"Operation not permitted\"",
                    "use \"false\", and keep others off the server with a network policy"));
        }
        return cautions;
    }

    /** Collects settings, and checks each one when it is set. */
    public static final class Builder {

        private final HelmRelease release;
        private boolean persistent = true;
        private StorageSize size = StorageSize.parse("20Gi");
        private @Nullable StorageClassName persistenceClass;
        private StorageClassName className = StorageClassName.parse("nfs");
        private boolean defaultClass;
        private boolean expansion = true;
        private ReclaimPolicy reclaimPolicy = ReclaimPolicy.RETAIN;
        private NfsMountOptions mountOptions = NfsMountOptions.of("vers=3", "retrans=2", "timeo=30");
        private RootSquash rootSquash = RootSquash.OFF;
        private @Nullable Long group;

        private Builder(HelmRelease release) {
            this.release = release;
        }

        private Builder(Builder other) {
            this(other.release);
            persistent = other.persistent;
            size = other.size;
            persistenceClass = other.persistenceClass;
            className = other.className;
            defaultClass = other.defaultClass;
            expansion = other.expansion;
            reclaimPolicy = other.reclaimPolicy;
            mountOptions = other.mountOptions;
            rootSquash = other.rootSquash;
            group = other.group;
        }

        /**
         * Sets the size of the server's disk.
         *
         * @param size by default {@code 20Gi}: room for two claims of {@code 10Gi}
         * @return this builder
         */
        public Builder persistenceSize(StorageSize size) {
            this.size = requireNonNull(size, "size");
            persistent = true;
            return this;
        }

        /**
         * Sets the class of the server's disk.
         *
         * @param storageClass a class of block storage; the default is the cluster's default class
         * @return this builder
         */
        public Builder persistenceClass(StorageClassName storageClass) {
            persistenceClass = requireNonNull(storageClass, "storageClass");
            persistent = true;
            return this;
        }

        /**
         * Keeps files only in the server's pod, for a trial; they are lost with the pod.
         *
         * @return this builder
         */
        public Builder withoutPersistence() {
            persistent = false;
            return this;
        }

        /**
         * Sets the name of the StorageClass for claims.
         *
         * @param name by default {@code nfs}
         * @return this builder
         */
        public Builder storageClassName(StorageClassName name) {
            className = requireNonNull(name, "name");
            return this;
        }

        /**
         * Makes the class the cluster's default.
         *
         * @return this builder
         */
        public Builder asDefaultClass() {
            defaultClass = true;
            return this;
        }

        /**
         * Prevents claims from growing.
         *
         * @return this builder
         */
        public Builder withoutExpansion() {
            expansion = false;
            return this;
        }

        /**
         * Sets what happens to the files of a deleted claim.
         *
         * @param policy by default {@link ReclaimPolicy#RETAIN}
         * @return this builder
         */
        public Builder reclaimPolicy(ReclaimPolicy policy) {
            reclaimPolicy = requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets the options with which nodes mount.
         *
         * @param options the options, one in each text; by default the chart's
         * @return this builder
         * @throws IllegalArgumentException as {@link NfsMountOptions#of(List)} says
         */
        public Builder mountOptions(String... options) {
            mountOptions = NfsMountOptions.of(options);
            return this;
        }

        /**
         * Sets how the server maps a client's root.
         *
         * @param squash by default {@link RootSquash#OFF}
         * @return this builder
         */
        public Builder rootSquash(RootSquash squash) {
            rootSquash = requireNonNull(squash, "squash");
            return this;
        }

        /**
         * Lets only members of a group write to new volumes; by default every user may.
         *
         * @param gid 1 to 2,147,483,647
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder writableForGroup(long gid) {
            if (gid < 1 || gid > Integer.MAX_VALUE) {
                throw InvalidValueException.of(
                        "gid",
                        "be 1 to " + Integer.MAX_VALUE,
                        String.valueOf(gid),
                        "use the number of a Unix group, 2001 for projects");
            }
            group = gid;
            return this;
        }

        /**
         * Creates the server, after checking the settings together.
         *
         * @return the server
         * @throws IllegalArgumentException if the class of the server's disk is the class that the server provides
         */
        public NfsServer build() {
            if (persistent && className.equals(persistenceClass)) {
                throw InvalidValueException.of(
                        "persistenceClass",
                        "differ from storageClassName",
                        MessageText.quoted(className.value()) + " for both",
                        "name a class of block storage, or the server waits for itself");
            }
            return new NfsServer(new Builder(this));
        }
    }
}
