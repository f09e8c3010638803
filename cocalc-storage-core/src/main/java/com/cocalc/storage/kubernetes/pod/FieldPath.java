package com.cocalc.storage.kubernetes.pod;

import org.jspecify.annotations.Nullable;

/**
 * A place in an object, in two notations: as the API server writes it ({@code spec.volumes[0].name}) and as a JSON
 * pointer ({@code /spec/volumes/0/name}).
 *
 * <p>Both are built only on request, because nearly all places are never reported.
 */
public final class FieldPath {

    private static final int NO_INDEX = -1;
    private static final int KEY = -2;

    private final @Nullable FieldPath parent;
    private final String name;
    private final int index;
    private final @Nullable FieldPath place;

    private FieldPath(@Nullable FieldPath parent, String name, int index, @Nullable FieldPath place) {
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.place = place;
    }

    /**
     * Returns the path of a field of the object itself.
     *
     * @param name the field
     * @return the path
     */
    public static FieldPath of(String name) {
        return new FieldPath(null, name, NO_INDEX, null);
    }

    /**
     * Returns the path of a field of the object at this path.
     *
     * @param name the field
     * @return the path
     */
    public FieldPath child(String name) {
        return new FieldPath(this, name, NO_INDEX, null);
    }

    /**
     * Returns the path of an element of the list at this path.
     *
     * @param index the index of the element, from 0
     * @return the path
     */
    public FieldPath index(int index) {
        return new FieldPath(this, "", index, null);
    }

    /** Returns the path of another field of the same object. */
    public FieldPath sibling(String name) {
        return new FieldPath(parent, name, NO_INDEX, null);
    }

    /** Returns the path of an entry of a map. */
    public FieldPath key(String key) {
        return new FieldPath(this, key, KEY, null);
    }

    /** Returns this path with another place for the pointer, as some of the server's paths lead nowhere. */
    public FieldPath placedAt(FieldPath place) {
        return new FieldPath(parent, name, index, place);
    }

    /** {@return this place as a JSON pointer, RFC 6901, for example {@code /spec/volumes/0/name}} */
    public String pointer() {
        StringBuilder pointer = new StringBuilder();
        appendPointer(pointer);
        return pointer.toString();
    }

    private void appendPointer(StringBuilder pointer) {
        if (place != null) {
            place.appendPointer(pointer);
            return;
        }
        if (parent != null) {
            parent.appendPointer(pointer);
        }
        pointer.append('/');
        if (index >= 0) {
            pointer.append(index);
        } else {
            pointer.append(name.replace("~", "~0").replace("/", "~1"));
        }
    }

    /** Returns the path as the server writes it. */
    @Override
    public String toString() {
        StringBuilder path = new StringBuilder();
        append(path);
        return path.toString();
    }

    private void append(StringBuilder path) {
        if (parent != null) {
            parent.append(path);
        }
        if (index >= 0) {
            path.append('[').append(index).append(']');
        } else if (index == KEY) {
            path.append('[').append(name).append(']');
        } else {
            path.append(parent == null ? "" : ".").append(name);
        }
    }
}
