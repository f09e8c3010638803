package com.cocalc.storage.helm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of known keys in other spellings: capitals, snake, kebab and camel case, dotted paths, and typing mistakes. */
final class KnownNames {

    private static final int NEAR = 2;
    /** A longer name is not a spelling of any known path. */
    private static final int LONGEST = 100;

    private static final List<KnownKey> ALL = all(KnownKey.ROOT, new ArrayList<>());
    private static final Set<String> PLAIN =
            Set.copyOf(ALL.stream().map(key -> plain(key.name())).distinct().toList());

    private static final Map<KnownKey, Map<String, KnownKey>> JOINED = joined();

    private KnownNames() {}

    private static List<KnownKey> all(KnownKey map, List<KnownKey> into) {
        for (KnownKey child : map.children()) {
            into.add(child);
            all(child, into);
        }
        return into;
    }

    /** Returns a name without capitals and joints. */
    private static String plain(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** Returns whether a name anywhere in the file could mean a known key. */
    static boolean isOneOf(String name) {
        return name.length() <= LONGEST && (PLAIN.contains(plain(name)) || isTelling(name));
    }

    /** Returns whether a name equals that of a key, apart from capitals and joints. */
    static boolean isSpelling(KnownKey known, String name) {
        return name.length() <= LONGEST && plain(name).equals(plain(known.name()));
    }

    /**
     * Returns the distance of a name from that of a key, apart from capitals and joints. The work is bounded for names
     * of any length.
     */
    static int distance(KnownKey known, String name) {
        int least = Math.abs(known.name().length() - name.length());
        if (name.length() > LONGEST) {
            return least;
        }
        return Math.min(
                EditDistance.between(known.name(), name), EditDistance.between(plain(known.name()), plain(name)));
    }

    /** Returns whether only storage has a key of such a name, also with a typing mistake. */
    static boolean isTelling(String name) {
        return isTelling(KnownKey.SHARED_FILES_PATH, name) || isTelling(KnownKey.FIX_PERMISSIONS_INIT, name);
    }

    private static boolean isTelling(KnownKey known, String name) {
        return Math.abs(name.length() - known.name().length()) <= 2 * NEAR && distance(known, name) <= NEAR;
    }

    /** Returns the known keys that a name in another place can mean. */
    static List<KnownKey> named(String name) {
        List<KnownKey> exact =
                ALL.stream().filter(known -> isSpelling(known, name)).toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        return isTelling(KnownKey.SHARED_FILES_PATH, name)
                ? List.of(KnownKey.SHARED_FILES_PATH)
                : isTelling(KnownKey.FIX_PERMISSIONS_INIT, name) ? List.of(KnownKey.FIX_PERMISSIONS_INIT) : List.of();
    }

    /** Returns the known key whose path, from a map or from the root, is a name: in camel case or snake case. */
    static @Nullable KnownKey joined(KnownKey map, String name) {
        if (name.length() > LONGEST) {
            return null;
        }
        KnownKey fromHere = paths(map).get(plain(name));
        return fromHere == null ? paths(KnownKey.ROOT).get(plain(name)) : fromHere;
    }

    private static Map<String, KnownKey> paths(KnownKey map) {
        return JOINED.getOrDefault(map, Map.of());
    }

    /** The known keys two or more levels below each map, by their paths without joints. */
    private static Map<KnownKey, Map<String, KnownKey>> joined() {
        Map<KnownKey, Map<String, KnownKey>> joined = new HashMap<>();
        for (KnownKey known : ALL) {
            String path = plain(known.name());
            for (KnownKey map = known.parent(); map != null; map = map.parent()) {
                if (map != known.parent()) {
                    joined.computeIfAbsent(map, none -> new HashMap<>()).put(path, known);
                }
                path = plain(map.name()) + path;
            }
        }
        return joined;
    }

    /** Returns the known key of a path with dots or slashes, from a map or from the root. */
    static @Nullable KnownKey dotted(KnownKey map, String path) {
        if ((path.indexOf('.') < 0 && path.indexOf('/') < 0) || path.length() > LONGEST) {
            return null;
        }
        KnownKey fromHere = below(map, path);
        return fromHere == null ? below(KnownKey.ROOT, path) : fromHere;
    }

    private static @Nullable KnownKey below(KnownKey map, String path) {
        KnownKey at = map;
        for (String name : path.split("[./]", -1)) {
            KnownKey next = null;
            for (KnownKey child : at.children()) {
                if (distance(child, name) <= 1) {
                    next = child;
                }
            }
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }
}
