package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What identifies an object of a cluster: its kind, its namespace if the kind has namespaces, and its name. */
public final class ObjectName {

    private final String kind;
    private final @Nullable String namespace;
    private final String name;

    private ObjectName(String kind, @Nullable String namespace, String name) {
        this.kind = requireNonNull(kind, "kind");
        this.namespace = namespace;
        this.name = requireNonNull(name, "name");
    }

    /** An object that names no namespace is taken to be in a given one. */
    static ObjectName of(HasMetadata object, String namespace) {
        ObjectMeta metadata = Absent.asEmpty(object.getMetadata(), ObjectMeta::new);
        String own = metadata.getNamespace() == null ? namespace : metadata.getNamespace();
        return new ObjectName(
                object.getKind(), object instanceof Namespaced ? own : null, Absent.asEmpty(metadata.getName()));
    }

    static ObjectName ofClaim(String namespace, String name) {
        return new ObjectName("PersistentVolumeClaim", namespace, name);
    }

    /**
     * Returns the kind.
     *
     * @return for example {@code PersistentVolumeClaim}
     */
    public String kind() {
        return kind;
    }

    /**
     * Returns the namespace.
     *
     * @return empty for a kind without namespaces, for example {@code PersistentVolume}
     */
    public Optional<String> namespace() {
        return Optional.ofNullable(namespace);
    }

    /**
     * Returns the name.
     *
     * @return the name as the cluster wrote it; the empty text for an object without one, which no cluster has
     */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectName that
                && kind.equals(that.kind)
                && Objects.equals(namespace, that.namespace)
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, namespace, name);
    }

    /** Returns the parts in one line, for example {@code PersistentVolumeClaim cocalc/projects-data}. */
    @Override
    public String toString() {
        return kind + " " + (namespace == null ? "" : MessageText.plain(namespace) + "/")
                + (name.isEmpty() ? "(no name)" : MessageText.plain(name));
    }
}
