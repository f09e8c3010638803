package com.cocalc.storage.rwx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Random scripts of file operations that lean on the edges. The same seed gives the same script. */
final class ScriptGenerator {
    private static final String LONG_NAME = "n".repeat(255);
    private static final String TOO_LONG_NAME = "n".repeat(256);
    private static final String[] NAMES = {"a", "b", "c", "d", "l", "m"};
    private static final String[] DIRECTORIES = {"a", "b", "p", "p/a", "p/b", "p/a/b", "s", "p/q", "a/b"};
    private static final int[] OPEN_MODES = {0755, 0777, 0777, 0775, 01777, 02775, 0755, 0777, 03777, 06777, 0664};
    private static final int[] MODES = {
        0, 0111, 0222, 0333, 0444, 0555, 0644, 0664, 0666, 0700, 0705, 0750, 0755, 0770, 0775, 0777, 01777, 01755,
        02775, 02755, 02765, 03777, 04755, 06755, 06777, 02644, 04711, 07777, 0077, 0707, 0010, 06000, 02770
    };
    /** Bits of a mode that the kernel ignores. */
    private static final int[] STRANGE_MODES = {0100644, 0170755, 1 << 20 | 0777, -1, Integer.MIN_VALUE};

    private static final long[] IDS = {0, 2001, 2002, 100, 65534, 3001, 65535, 1L << 31, 4_294_967_294L};
    private static final int[] UMASKS = {022, 022, 0, 0, 077, 027, 002, 002, 0777};
    private static final long[] TIMES = {
        0, 1, 5_000_000_123L, -1, -1_500_000_000L, 4_000_000_000_000_000_000L, Long.MAX_VALUE
    };
    private static final long[] SIZES = {
        0, 0, 1, 2, 3, 5, 100, 4095, 4096, 4097, 70_000, -1, 1L << 40, Long.MAX_VALUE - 2, Long.MAX_VALUE
    };
    private static final String[] ALL_FLAGS = {
        "RDONLY", "WRONLY", "RDWR", "CREAT", "EXCL", "TRUNC", "APPEND", "NOFOLLOW", "DIRECTORY"
    };
    private static final String[][] FLAGS = {
        {"RDONLY"},
        {"RDWR"},
        {"RDWR"},
        {"RDWR", "CREAT"},
        {"RDWR"},
        {"WRONLY"},
        {"WRONLY", "CREAT"},
        {"RDWR", "CREAT"},
        {"WRONLY", "CREAT", "EXCL"},
        {"RDWR", "CREAT", "TRUNC"},
        {"RDONLY", "TRUNC"},
        {"WRONLY", "APPEND"},
        {"RDWR", "APPEND", "CREAT"},
        {"RDONLY", "DIRECTORY"},
        {"RDONLY", "NOFOLLOW"},
        {"RDONLY", "NOFOLLOW", "DIRECTORY"},
        {"RDONLY", "CREAT"},
        {"RDONLY", "CREAT", "DIRECTORY"},
        {"WRONLY", "DIRECTORY"},
        {"RDONLY", "EXCL"},
        {"WRONLY", "CREAT", "NOFOLLOW"},
        {"WRONLY", "TRUNC", "NOFOLLOW"},
        {"RDONLY", "CREAT", "EXCL"},
        {"WRONLY", "RDWR"}
    };

    private final SplittableRandom random;
    private final boolean isLimited;
    /** Paths in the volume that something was given at some time. */
    private final List<String> known = new ArrayList<>();
    /** The sub-path of the mount whose operation is being made, with a slash at the end; empty for the whole volume. */
    private String below = "";

    private boolean isHandleOpen;
    /** Handles with another position than the start: what a directory lists from there on is the kernel's own. */
    private final Set<String> moved = new HashSet<>();

    private ScriptGenerator(long seed) {
        random = new SplittableRandom(seed);
        isLimited = random.nextInt(8) == 0;
    }

    static Map<String, Object> script(long seed, int operations) {
        return new ScriptGenerator(seed).script(operations, seed);
    }

    private Map<String, Object> script(int operations, long seed) {
        Map<String, Object> script = new LinkedHashMap<>();
        script.put("id", seed);
        if (isLimited || random.nextInt(2) == 0) {
            Map<String, Object> volume = new LinkedHashMap<>();
            volume.put("mode", oneOf(0755, 0777, 0777, 01777, 0700, 02777, 0711));
            if (isLimited) {
                volume.put("bytes", oneOf(8192, 40_000, 100_000, 200_000));
                volume.put("inodes", 25 + random.nextInt(30));
            }
            script.put("volume", volume);
        }
        List<Map<String, Object>> mounts = mounts();
        script.put("mounts", mounts);
        script.put("setup", setup());
        ScriptTrial trial = ScriptTrial.of(script);
        List<Map<String, Object>> ops = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            ops.add(operation(mounts, trial));
        }
        script.put("ops", ops);
        return script;
    }

    /**
     * An operation, which is tried on the fake: most random ones fail, so a success is preferred where one is found.
     */
    private Map<String, Object> operation(List<Map<String, Object>> mounts, ScriptTrial trial) {
        int tries = random.nextInt(6);
        while (true) {
            Map<String, Object> op = new LinkedHashMap<>();
            Map<String, Object> mount = oneOf(mounts);
            op.put("mount", mount.get("name"));
            below = mount.containsKey("subPath") ? mount.get("subPath") + "/" : "";
            operation(op, mounts);
            if (tries-- <= 0 || trial.succeeds(op)) {
                rememberPosition(op);
                return op;
            }
        }
    }

    private List<Map<String, Object>> mounts() {
        List<Map<String, Object>> mounts = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Map<String, Object> mount = new LinkedHashMap<>();
            mount.put("name", "m" + i);
            int who = random.nextInt(9);
            boolean isStrange = random.nextInt(16) == 0;
            mount.put("uid", isStrange ? oneId() : who < 3 ? 2001 : who == 3 ? 2002 : who == 4 ? 3001 : 0);
            mount.put("gid", isStrange ? oneId() : who < 3 ? 2001 : who == 3 ? 2002 : who == 4 ? 100 : 0);
            if (who == 3) {
                mount.put("groups", List.of(2001));
            } else if (random.nextInt(4) == 0) {
                mount.put("groups", List.of(100, 2001));
            }
            if (who == 8 || isStrange) {
                mount.put("rootSquash", true);
            }
            if (random.nextInt(3) == 0) {
                mount.put("subPath", oneOf("p", "p/q", "p/a", "s", "new/deep"));
            }
            if (random.nextInt(9) == 0) {
                mount.put("readOnly", true);
            }
            if (random.nextInt(2) == 0) {
                mount.put("umask", UMASKS[random.nextInt(UMASKS.length)]);
            }
            mounts.add(mount);
        }
        return mounts;
    }

    private List<Map<String, Object>> setup() {
        List<Map<String, Object>> ops = new ArrayList<>();
        known.addAll(List.of(DIRECTORIES));
        for (String directory : DIRECTORIES) {
            if (random.nextInt(8) > 0) {
                ops.add(op("mkdir", "path", directory));
                own(ops, directory);
            }
        }
        for (String path : places()) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> {
                    ops.add(op("create", "path", path, "content", "hello"));
                    own(ops, path);
                    known.add(path);
                }
                case 5, 6 -> {
                    ops.add(op("symlink", "path", path, "target", target()));
                    known.add(path);
                }
                case 7 -> ops.add(op("link", "path", oneOf(known), "to", path));
                case 8 -> ops.add(op("utimes", "path", oneOf(known), "atimeNs", oneTime(), "mtimeNs", oneTime()));
                case 9 -> own(ops, oneOf(known));
                default -> {}
            }
        }
        if (random.nextInt(12) == 0) {
            chainOfLinks(ops);
        }
        return ops;
    }

    /** Where files may be put: a name or two in each directory, and at the top. */
    private List<String> places() {
        List<String> places = new ArrayList<>(List.of("l", "m"));
        for (String directory : DIRECTORIES) {
            places.add(directory + "/" + NAMES[random.nextInt(NAMES.length)]);
            places.add(directory + "/" + NAMES[random.nextInt(NAMES.length)]);
        }
        return places;
    }

    /** Links of which each leads to the one before: the last few are at the limit of a walk. */
    private void chainOfLinks(List<Map<String, Object>> ops) {
        ops.add(op("symlink", "path", "k0", "target", oneOf("a", "b", ".", "p/a")));
        int length = 38 + random.nextInt(4);
        for (int i = 1; i <= length; i++) {
            ops.add(op("symlink", "path", "k" + i, "target", "k" + (i - 1)));
        }
        ops.add(op("symlink", "path", "l", "target", "k" + (length - random.nextInt(3))));
    }

    private void own(List<Map<String, Object>> ops, String path) {
        if (random.nextInt(3) > 0) {
            ops.add(op("chown", "path", path, "uid", oneId(), "gid", oneId()));
        }
        if (random.nextInt(3) > 0) {
            ops.add(op("chmod", "path", path, "mode", oneMode()));
        }
    }

    private void operation(Map<String, Object> op, List<Map<String, Object>> mounts) {
        switch (random.nextInt(34)) {
            case 0, 1 -> {
                put(op, "mkdir", "path", path());
                mode(op);
            }
            case 2, 3 -> put(op, "rmdir", "path", path());
            case 4, 5 -> {
                put(op, "create", "path", path());
                mode(op);
                content(op);
                if (random.nextInt(4) == 0) {
                    op.put("excl", true);
                }
            }
            case 6 -> put(op, "read", "path", path());
            case 7, 8 -> {
                put(op, random.nextInt(3) == 0 ? "append" : "write", "path", path());
                content(op);
            }
            case 9 -> put(op, "truncate", "path", path(), "size", oneSize());
            case 10, 11 -> put(op, "unlink", "path", path());
            case 12, 13, 14, 15 -> twoPaths(op, "rename", mounts);
            case 16, 17 -> twoPaths(op, "link", mounts);
            case 18 -> put(op, "symlink", "target", target(), "path", path());
            case 19 -> put(op, "readlink", "path", path());
            case 20, 21 -> put(op, "chmod", "path", path(), "mode", oneMode());
            case 22 -> chown(op);
            case 23, 24 -> {
                put(op, random.nextBoolean() ? "stat" : "lstat", "path", path());
                op.put("times", random.nextInt(8) > 0);
            }
            case 25 -> put(op, "readdir", "path", path());
            case 26 ->
                put(
                        op,
                        "access",
                        "path",
                        path().replace('\udcff', '?'),
                        "want",
                        oneOf("", "r", "w", "x", "rw", "wx", "rwx"));
            case 27 -> utimes(op);
            case 28, 29 -> open(op);
            default -> handle(op);
        }
    }

    private void twoPaths(Map<String, Object> op, String name, List<Map<String, Object>> mounts) {
        put(op, name, "path", path(), "to", path());
        if (random.nextInt(6) == 0) {
            op.put("toMount", oneOf(mounts).get("name"));
            op.put("path", plainPath());
            op.put("to", plainPath());
        }
    }

    private void chown(Map<String, Object> op) {
        put(op, "chown", "path", path());
        if (random.nextInt(3) > 0) {
            op.put("uid", random.nextInt(3) == 0 ? -1L : oneId());
        }
        if (random.nextInt(3) > 0) {
            op.put("gid", random.nextInt(3) == 0 ? -1L : oneId());
        }
        if (random.nextInt(3) == 0) {
            op.put("nofollow", true);
        }
    }

    private void utimes(Map<String, Object> op) {
        put(op, "utimes", "path", path());
        if (random.nextInt(3) == 0) {
            op.put("now", true);
        } else {
            // Each is 0 unless it is there.
            if (random.nextInt(6) > 0) {
                op.put("atimeNs", oneTime());
            }
            if (random.nextInt(6) > 0) {
                op.put("mtimeNs", oneTime());
            }
        }
        if (random.nextInt(3) == 0) {
            op.put("nofollow", true);
        }
    }

    private void open(Map<String, Object> op) {
        isHandleOpen = true;
        put(op, "open", "path", random.nextInt(4) == 0 ? path() : likelyPath());
        if (random.nextInt(12) > 0) {
            op.put("flags", oneSetOfFlags());
        }
        mode(op);
        int kind = random.nextInt(8);
        if (kind < 2) {
            content(op);
        }
        if (kind > 0) {
            op.put("handle", oneHandle());
        }
    }

    private List<String> oneSetOfFlags() {
        if (random.nextInt(4) > 0) {
            return List.of(FLAGS[random.nextInt(FLAGS.length)]);
        }
        List<String> flags = new ArrayList<>();
        for (String flag : ALL_FLAGS) {
            if (random.nextInt(3) == 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private void mode(Map<String, Object> op) {
        if (random.nextInt(12) > 0) {
            op.put("mode", random.nextInt(50) == 0 ? STRANGE_MODES[random.nextInt(STRANGE_MODES.length)] : oneMode());
        }
    }

    private void handle(Map<String, Object> op) {
        if (!isHandleOpen && random.nextInt(8) > 0) {
            open(op);
            return;
        }
        String handle = oneHandle();
        switch (random.nextInt(9)) {
            case 0, 1 -> put(op, "hread", "handle", handle);
            case 2, 3 -> {
                put(op, "hwrite", "handle", handle);
                content(op);
                if (random.nextInt(3) == 0) {
                    op.put("offset", oneSize());
                }
            }
            case 4 -> put(op, "htruncate", "handle", handle, "size", oneSize());
            case 5, 6 -> put(op, "hstat", "handle", handle, "times", true);
            // To read from the start goes back there.
            case 7 -> put(op, moved.contains(handle) ? "hread" : "hreaddir", "handle", handle);
            default -> put(op, "hclose", "handle", handle);
        }
    }

    private void rememberPosition(Map<String, Object> op) {
        if (op.containsKey("offset")) {
            moved.add(String.valueOf(op.get("handle")));
        } else if (op.containsValue("hread")) {
            moved.remove(String.valueOf(op.get("handle")));
        }
    }

    private void content(Map<String, Object> op) {
        switch (random.nextInt(6)) {
            case 0 -> op.put("content", "");
            case 1 -> op.put("fill", oneOf(1, 129, 4096, 4097, 9000, 30_000));
            case 2 -> op.put("content", "gr\u00fc\u00dfe \ud83d\ude00\n");
            default -> op.put("content", "x" + random.nextInt(100));
        }
    }

    /** A path that probably leads to something, as the mount of the operation sees it, or to a new name beside it. */
    private String likelyPath() {
        for (int tries = 0; tries < 4; tries++) {
            String path = random.nextInt(5) == 0 ? oneOf(DIRECTORIES) : oneOf(known);
            if (path.startsWith(below)) {
                String seen = path.substring(below.length());
                if (random.nextInt(5) > 0) {
                    return seen;
                }
                int slash = seen.lastIndexOf('/');
                String beside = seen.substring(0, slash + 1) + NAMES[random.nextInt(NAMES.length)];
                known.add(below + beside);
                return beside;
            }
        }
        return NAMES[random.nextInt(NAMES.length)];
    }

    private String plainPath() {
        return (random.nextInt(5) == 0 ? "/" : "") + likelyPath();
    }

    private String path() {
        if (random.nextInt(4) > 0) {
            return likelyPath() + (random.nextInt(12) == 0 ? oneOf("/", "//", "/.", "/..", "/./") : "");
        }
        return switch (random.nextInt(60)) {
            case 0 -> "";
            case 1 -> oneOf("/", "//", ".", "..", "./", "../");
            case 2 -> oneOf("a/", "", "missing/") + oneOf(LONG_NAME, TOO_LONG_NAME) + oneOf("", "/", "/a");
            case 3 -> "a/".repeat(oneOf(2046, 2047, 2048)) + oneOf("a", "");
            case 4, 5 -> "k" + (34 + random.nextInt(8)) + oneOf("", "/", "/a");
            default -> ordinaryPath();
        };
    }

    private String ordinaryPath() {
        StringBuilder path = new StringBuilder(random.nextInt(8) == 0 ? "/" : "");
        int elements = 1 + random.nextInt(3);
        for (int i = 0; i < elements; i++) {
            if (i > 0) {
                path.append(random.nextInt(16) == 0 ? "//" : "/");
            }
            path.append(element(i));
        }
        if (random.nextInt(9) == 0) {
            path.append(oneOf("/", "//", "/.", "/..", "/./"));
        }
        return path.toString();
    }

    private String element(int position) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return "..";
        }
        if (kind == 1) {
            return ".";
        }
        if (kind == 2) {
            // The third is a byte that is no UTF-8, as Python and the protocol write it.
            return oneOf("\u00e9", "missing", "\udcff", "q", "new");
        }
        if (position == 0 && kind < 9) {
            return oneOf("p", "s", "a");
        }
        return NAMES[random.nextInt(NAMES.length)];
    }

    private String target() {
        return random.nextInt(6) == 0
                ? oneOf("", "x".repeat(127), "x".repeat(128), "/", "..", "../..", "l", "m")
                : path();
    }

    private String oneHandle() {
        return oneOf("h0", "h0", "h1");
    }

    private int oneMode() {
        int[] modes = random.nextInt(6) > 0 ? OPEN_MODES : MODES;
        return random.nextInt(40) == 0 ? random.nextInt(010000) : modes[random.nextInt(modes.length)];
    }

    private long oneId() {
        return random.nextInt(4) == 0 ? IDS[random.nextInt(IDS.length)] : 2001;
    }

    private long oneTime() {
        return TIMES[random.nextInt(TIMES.length)];
    }

    private long oneSize() {
        return SIZES[random.nextInt(SIZES.length)];
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static Map<String, Object> op(String name, Object... fields) {
        Map<String, Object> op = new LinkedHashMap<>();
        put(op, name, fields);
        return op;
    }

    private static void put(Map<String, Object> op, String name, Object... fields) {
        op.put("op", name);
        for (int i = 0; i < fields.length; i += 2) {
            op.put((String) fields[i], fields[i + 1]);
        }
    }
}
