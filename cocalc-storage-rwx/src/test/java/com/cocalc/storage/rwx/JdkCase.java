package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One operation on one or two objects. Uses the JDK alone. */
record JdkCase(int number, String operation, String first, String second) {
    private static final String TOO_LONG = "n".repeat(256);

    private static final List<String> OBJECTS = List.of(
            "file",
            "readonly",
            "writeonly",
            "none",
            "setid",
            "setidEmpty",
            "rootFile",
            "openFile",
            "secret",
            "dir",
            "stickyDir",
            "noneDir",
            "full",
            "locked",
            "blind",
            "closed",
            "setgid",
            "rootDir",
            "sticky",
            "link",
            "dirLink",
            "dangling",
            "loop",
            "hard",
            "missing",
            "missing/x",
            "file/x",
            "link/x",
            "loop/x",
            "dirLink/new",
            "full/x",
            "full/d",
            "locked/x",
            "locked/d",
            "locked/new",
            "blind/x",
            "blind/new",
            "closed/x",
            "closed/new",
            "setgid/new",
            "rootDir/x",
            "rootDir/d",
            "rootDir/new",
            "sticky/mine",
            "sticky/theirs",
            "sticky/new",
            "dir/.",
            "full/..",
            "file/.",
            "missing/..",
            "noneDir/.",
            TOO_LONG,
            "missing/" + TOO_LONG,
            "file/" + TOO_LONG);

    private static final List<String> PARTNERS = List.of(
            "file",
            "readonly",
            "setid",
            "setidEmpty",
            "secret",
            "openFile",
            "dir",
            "stickyDir",
            "noneDir",
            "full",
            "link",
            "dirLink",
            "dangling",
            "loop",
            "hard",
            "missing",
            "missing/x",
            "file/x",
            "full/x",
            "full/d",
            "full/d/new",
            "locked/x",
            "locked/d",
            "locked/new",
            "closed/x",
            "rootDir/x",
            "rootDir/new",
            "sticky/mine",
            "sticky/theirs",
            "sticky/new",
            "dir/.",
            "@missing",
            "@file",
            "@dir",
            "@full",
            "@link",
            "@setid",
            "@locked/new",
            "@locked/d",
            "@locked/x",
            "@missing/x",
            "@stickyDir",
            "@secret",
            "@blind",
            "@noneDir",
            "@setidEmpty",
            "@dangling");

    /** Every operation on every object. */
    static List<JdkCase> all() {
        List<JdkCase> cases = new ArrayList<>();
        for (String operation : JdkOperations.ON_ONE.keySet()) {
            for (String object : OBJECTS) {
                cases.add(new JdkCase(cases.size(), operation, object, ""));
            }
        }
        for (String operation : JdkOperations.ON_TWO.keySet()) {
            for (String first : PARTNERS) {
                for (String second : PARTNERS) {
                    cases.add(new JdkCase(cases.size(), operation, first, second));
                }
            }
        }
        return cases;
    }

    /** Every n-th of all cases, from a first one on. */
    static List<JdkCase> every(int first, int distance) {
        List<JdkCase> all = all();
        List<JdkCase> chosen = new ArrayList<>();
        for (int i = first; i < all.size(); i += distance) {
            chosen.add(all.get(i));
        }
        return chosen;
    }

    JdkArena arena(Path main, Path other) {
        return new JdkArena(main.resolve("c" + number), other.resolve("c" + number));
    }

    /** As root. */
    void prepare(JdkArena arena) throws IOException {
        arena.create();
        arena.make(first);
        arena.make(second);
    }

    /** As the user. */
    String run(JdkArena arena) {
        Map<String, JdkOperations.Operation> operations =
                second.isEmpty() ? JdkOperations.ON_ONE : JdkOperations.ON_TWO;
        return arena.outcome(operations.get(operation), given(arena.path(first)), given(arena.path(second)));
    }

    /** Every fifth case says where it is from the root on, where both sides start. */
    private Path given(Path absolute) {
        return number % 5 == 0
                ? absolute.getFileSystem().getPath(absolute.toString().substring(1))
                : absolute;
    }

    @Override
    public String toString() {
        return operation + " of " + shown(first) + (second.isEmpty() ? "" : " and " + shown(second));
    }

    private static String shown(String name) {
        return name.replace(TOO_LONG, "<256>");
    }

    /**
     * Runs every n-th case, from a first one on, in directories of the real disk and prints the outcomes.
     *
     * @param arguments both directories, the first case, and the distance to the next
     */
    public static void main(String[] arguments) {
        Path main = Path.of(arguments[0]);
        Path other = Path.of(arguments[1]);
        StringBuilder outcomes = new StringBuilder();
        for (JdkCase one : every(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]))) {
            outcomes.append(one.run(one.arena(main, other))).append('\n');
        }
        System.out.print(outcomes);
        System.out.flush();
    }

    /** Removes a directory of the real disk with everything in it. */
    static void clear(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
