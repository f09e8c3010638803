package com.cocalc.storage.helm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key that is read, or one on the way to such a key. */
final class KnownKey {

    /** The treatment of unknown keys in a map. */
    enum Others {
        /** An unknown key is a mistake. */
        REFUSED,
        /** Unknown keys are for other parts of CoCalc, unless they look like an absent known key. */
        IGNORED
    }

    static final KnownKey DATA_CLAIM = value("claimName");
    static final KnownKey SOFTWARE_CLAIM = value("claimName");
    static final KnownKey SHARES_CLAIM = value("claimName");
    static final KnownKey SHARED_FILES_PATH = value("shared_files_path");
    static final KnownKey CREATE = value("create");
    static final KnownKey CLASS = value("class");
    static final KnownKey DATA_SIZE = value("data");
    static final KnownKey SOFTWARE_SIZE = value("software");
    static final KnownKey FIX_PERMISSIONS_INIT = value("fixPermissionsInit");

    static final KnownKey CLAIMS = map(
            "storage",
            Others.REFUSED,
            map("data", Others.REFUSED, DATA_CLAIM),
            map("software", Others.REFUSED, SOFTWARE_CLAIM),
            map("shares", Others.REFUSED, SHARES_CLAIM));
    static final KnownKey GLOBAL = map("global", Others.IGNORED, CLAIMS, SHARED_FILES_PATH);
    static final KnownKey ROOT = map(
            "",
            Others.IGNORED,
            GLOBAL,
            map("storage", Others.REFUSED, CREATE, CLASS, map("size", Others.REFUSED, DATA_SIZE, SOFTWARE_SIZE)),
            map("manage", Others.IGNORED, map("project", Others.IGNORED, FIX_PERMISSIONS_INIT)));

    private final String name;
    private final Others others;
    private final List<KnownKey> children;
    private @Nullable KnownKey parent;

    private KnownKey(String name, Others others, List<KnownKey> children) {
        this.name = name;
        this.others = others;
        this.children = children;
        for (KnownKey child : children) {
            child.parent = this;
        }
    }

    private static KnownKey map(String name, Others others, KnownKey... children) {
        return new KnownKey(name, others, List.of(children));
    }

    private static KnownKey value(String name) {
        return new KnownKey(name, Others.REFUSED, List.of());
    }

    String name() {
        return name;
    }

    Others others() {
        return others;
    }

    List<KnownKey> children() {
        return children;
    }

    /** Returns the map that contains this key, or null for the root. */
    @Nullable
    KnownKey parent() {
        return parent;
    }

    boolean isMap() {
        return !children.isEmpty();
    }

    @Nullable
    KnownKey child(String named) {
        for (KnownKey child : children) {
            if (child.name.equals(named)) {
                return child;
            }
        }
        return null;
    }

    /** Returns the path of a key in this map, for a message. */
    String pathOf(String key) {
        return name.isEmpty() ? Shown.key(key) : this + "." + Shown.key(key);
    }

    /** Returns the dotted path from the root, for a message. */
    @Override
    public String toString() {
        return parent == null ? "the file" : parent.pathOf(name);
    }
}
