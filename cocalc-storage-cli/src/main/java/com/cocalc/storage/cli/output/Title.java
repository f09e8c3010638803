package com.cocalc.storage.cli.output;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The object that something is printed about: the first fields of its row, and its heading.
 *
 * @param kind the object's kind
 * @param namespace the object's namespace, null where it has none
 * @param name the object's name, null where it has none
 */
public record Title(
        String kind, @Nullable String namespace, @Nullable String name) {

    /** Creates a title; the empty text stands for a namespace or a name that is missing. */
    public static Title of(String kind, String namespace, String name) {
        return new Title(kind, namespace.isEmpty() ? null : namespace, name.isEmpty() ? null : name);
    }

    /** Returns the title of an object of a client or a reader. */
    public static Title of(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        return metadata == null
                ? new Title(object.getKind(), null, null)
                : of(
                        object.getKind(),
                        Objects.requireNonNullElse(metadata.getNamespace(), ""),
                        Objects.requireNonNullElse(metadata.getName(), ""));
    }

    /** Returns the name, behind the namespace if the object has one. */
    public String nameInNamespace() {
        return (namespace == null ? "" : namespace + "/") + (name == null ? "(no name)" : name);
    }

    /** Returns the kind with the namespace and the name, if the object has them. */
    @Override
    public String toString() {
        return kind + " " + nameInNamespace();
    }
}
