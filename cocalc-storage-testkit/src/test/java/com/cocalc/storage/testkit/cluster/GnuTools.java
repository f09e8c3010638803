package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.testkit.rwx.Mount;
import com.cocalc.storage.testkit.rwx.RwxVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a command line on a tree: with the machine's own tools on a real directory, and with the fake ones. */
final class GnuTools {

    private static final Pattern LINE = Pattern.compile("([0-7]{4}) (\\d+):(\\d+) \\S+ (.*?)/?( -> .*)?");

    private GnuTools() {}

    /**
     * What can be seen of a run.
     *
     * @param lines what it wrote, sorted: the order is that of a directory on a disk
     * @param tree what it left behind
     */
    record Result(int exitCode, List<String> lines, String tree) {
        @Override
        public String toString() {
            return "exit code " + exitCode + "\n" + String.join("\n", lines) + "\n" + tree;
        }
    }

    /** Whether this machine has GNU's tools, and this process may make files of all users. */
    static boolean areThere() throws IOException, InterruptedException {
        boolean isRoot = Files.exists(Path.of("/proc/self"))
                && Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        if (!isRoot) {
            return false;
        }
        for (String tool : List.of("chown", "find")) {
            Process process = new ProcessBuilder(tool, "--version")
                    .redirectErrorStream(true)
                    .start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !version.contains("GNU")) {
                return false;
            }
        }
        return true;
    }

    static Result fake(String tree, int uid, List<String> argv) throws IOException {
        try (RwxVolume volume = RwxVolume.create()) {
            volume.populate(tree);
            List<String> log = new ArrayList<>();
            int exitCode;
            try (FileSystem files = volume.mount(Mount.as(uid, uid))) {
                Programs programs = Programs.standard();
                exitCode = programs.run(new Invocation(argv, files, Map.of(), log, programs), argv.get(0));
            }
            return new Result(
                    exitCode, log.stream().flatMap(String::lines).sorted().toList(), volume.tree());
        }
    }

    static Result real(String tree, int uid, List<String> argv, Path directory)
            throws IOException, InterruptedException {
        build(tree, directory);
        List<String> whole = new ArrayList<>(List.of("sh", "-c", "umask 022; exec \"$@\"", "sh"));
        if (uid != 0) {
            whole.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
        }
        whole.addAll(argv);
        ProcessBuilder builder =
                new ProcessBuilder(whole).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("POSIXLY_CORRECT");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        try (RwxVolume after = RwxVolume.create()) {
            after.populate(directory);
            return new Result(exitCode, said(output), after.tree());
        }
    }

    /** Hints how to get help are left out: the fake has none. */
    private static List<String> said(String output) {
        return output.lines().filter(line -> !line.startsWith("Try '")).sorted().toList();
    }

    private static void build(String tree, Path directory) throws IOException {
        List<String> lines;
        try (RwxVolume volume = RwxVolume.create()) {
            volume.populate(tree);
            volume.copyTo(directory);
            lines = volume.tree().lines().toList();
        }
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new AssertionError(line);
            }
            Path path = directory.resolve(parts.group(4));
            Files.setAttribute(path, "unix:uid", Integer.valueOf(parts.group(2)), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", Integer.valueOf(parts.group(3)), LinkOption.NOFOLLOW_LINKS);
            if (parts.group(5) == null) {
                Files.setAttribute(path, "unix:mode", Integer.valueOf(parts.group(1), 8));
            }
        }
    }

    /** Empties a directory, so that the next run finds nothing of this one. */
    static void clear(Path directory) throws IOException {
        List<Path> paths;
        try (var walk = Files.walk(directory)) {
            paths = new ArrayList<>(walk.toList());
        }
        paths.remove(directory);
        paths.sort(null);
        for (int i = paths.size() - 1; i >= 0; i--) {
            Files.delete(paths.get(i));
        }
    }
}
