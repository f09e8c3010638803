package com.cocalc.storage.testkit.cluster.program;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a command line on a tree: with the machine's own tools on a real directory, and with the fake ones. */
final class GnuTools {

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
            try (FileSystem files = volume.mount(Mount.asRoot())) {
                setTimes(files.getPath("/"));
            }
            List<String> log = new ArrayList<>();
            int exitCode;
            try (FileSystem files = volume.mount(Mount.as(uid, uid))) {
                exitCode = Programs.standard().run(argv, files.getPath("/"), Map.of(), log);
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
        try (RwxVolume volume = RwxVolume.create();
                FileSystem files = volume.mount(Mount.asRoot())) {
            volume.populate(tree);
            volume.copyTo(directory);
            for (Path path : sorted(files.getPath("/"))) {
                UnixFile file = UnixFile.lstat(path);
                Path real = beside(directory, path);
                UnixFile.chown(real, file.uid(), file.gid(), LinkOption.NOFOLLOW_LINKS);
                if (!file.isLink()) {
                    UnixFile.chmod(real, file.permissions());
                }
            }
        }
        setTimes(directory);
    }

    private static Path beside(Path directory, Path path) {
        StringBuilder text = new StringBuilder(directory.toString());
        path.forEach(name -> text.append('/').append(NameText.of(name)));
        return NameText.path(directory, text.toString());
    }

    /** An hour between each two. */
    private static void setTimes(Path directory) throws IOException {
        Instant time = Instant.parse("2020-01-01T00:00:00Z");
        for (Path path : sorted(directory)) {
            time = time.plusSeconds(3600);
            if (!Files.isSymbolicLink(path)) {
                Files.setLastModifiedTime(path, FileTime.from(time));
            }
        }
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (var walk = Files.walk(directory)) {
            return walk.sorted().toList();
        }
    }

    /** Empties a directory, so that the next run finds nothing of this one. */
    static void clear(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>(sorted(directory));
        paths.remove(directory);
        for (int i = paths.size() - 1; i >= 0; i--) {
            Files.delete(paths.get(i));
        }
    }
}
