package com.cocalc.storage.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What must hold of a copy under any locale and as any user, as a program of its own. */
final class ContractRun {

    private static final List<String> NAMES = List.of("plain", "%C3%BC", "%FF%0A", "%3F", "-rf", "*");

    private ContractRun() {}

    /**
     * Runs the contract in a directory; the exit code is 0 if it holds.
     *
     * @param arguments the directory, which exists and is empty
     */
    public static void main(String[] arguments) throws IOException {
        run(Path.of(arguments[0]));
        System.out.println("the contract holds");
    }

    private static Path child(Path parent, String raw) {
        String uri = parent.toUri().toString();
        return Path.of(URI.create((uri.endsWith("/") ? uri : uri + "/") + raw));
    }

    static void run(Path directory) throws IOException {
        Projects projects = new Projects(directory);
        Path notes = Files.createDirectory(projects.a.resolve("notes"));
        for (String name : NAMES) {
            Path sub = Files.createDirectory(child(notes, name));
            Path file = Files.writeString(child(sub, name), "text of " + name);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            Files.createLink(child(sub, "twin" + name), file);
            Files.createSymbolicLink(child(sub, "link" + name), file.getFileName());
            Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("rwxr-x--x"));
        }

        CopyReport first = projects.copy("notes", "in");
        check(first.isComplete() && first.files() == 2L * NAMES.size(), first.toString());
        check(Trees.differences(projects.b.resolve("in"), notes), "a new copy");
        CopyReport second = projects.files.copy(projects.request("notes", "in").deletingMissing());
        check(second.files() == 0 && second.deleted() == 0, second.toString());

        CopyReport single = projects.files.copy(
                CopyRequest.from(Projects.A, FilePath.parse("notes/ü/ü")).to(Projects.B, FilePath.parse("ä/ö")));
        check(single.files() == 1, single.toString());
        Path copy = child(child(projects.b, "%C3%A4"), "%C3%B6");
        check(Files.readString(copy).equals("text of %C3%BC"), "a path with umlauts");

        CopyReport without = projects.files.copy(projects.request("notes", "in")
                .excluding("/ü/")
                .deletingMissing()
                .comparingContents());
        check(without.files() == 0 && without.deleted() == 0, without.toString());
        check(projects.staged(), "staging");
    }

    private static void check(List<String> none, String what) {
        check(none.isEmpty(), what + ": " + none);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
