package com.cocalc.storage.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of an image, GNU or busybox, run as a kubelet runs them: an argv and no shell. */
enum RealTools {
    GNU,
    BUSYBOX;

    /** A directory with these tools and no others, for {@code PATH}. */
    Path install(Path directory) throws IOException {
        for (String tool : List.of("find", "chown", "chmod")) {
            Files.createSymbolicLink(directory.resolve(tool), program(this == BUSYBOX ? "busybox" : tool));
        }
        return directory;
    }

    /** Removes what was installed: JUnit warns about each link out of its directory that is left for it to delete. */
    static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> links = Files.list(directory)) {
                for (Path link : links.toList()) {
                    Files.delete(link);
                }
            }
        }
    }

    /** Runs an argv with that {@code PATH} alone and returns its exit status. */
    static int run(Path tools, List<String> argv) throws IOException, InterruptedException {
        return run(List.of(), tools, argv);
    }

    static int run(List<String> prefix, Path tools, List<String> argv) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(program("env").toString(), "-i", "PATH=" + tools));
        command.addAll(argv);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }

    static Path program(String name) {
        Optional<Path> found = findProgram(name);
        assumeTrue(found.isPresent(), name + " is not installed here");
        return found.orElseThrow();
    }

    static Optional<Path> findProgram(String name) {
        return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips a test that replaces a program, where busybox runs its own one instead, as its static build does. */
    static void assumeRunsWhatIsLinked(Path tools) throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(tools.resolve("true"), program("false"));
        boolean isRun = run(tools, List.of("find", "/", "-prune", "-exec", "true", "{}", "+")) != 0;
        Files.delete(link);
        assumeTrue(isRun, "find of this busybox runs its own programs, whatever is linked");
    }

    static void assumeRoot(Path directory) throws IOException {
        Path probe = Files.createFile(directory.resolve("probe"));
        try {
            own(probe, 2001, 2001);
        } catch (IOException e) {
            assumeTrue(false, "only root can give files away, and this user is not root");
        } finally {
            Files.delete(probe);
        }
    }

    static void own(Path path, int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }

    static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) + ":"
                + Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS);
    }
}
