package com.cocalc.storage.testkit.law.contract;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.contract.Bench.Broken;
import com.cocalc.storage.testkit.law.contract.Bench.CannotTry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** Trials of one client with names and directories. */
final class NameTrials {

    private static final int RENAMES = 200;
    private static final int ENTRIES = 300;
    private static final int SIZE = 8192;
    private static final String LONGEST = "n".repeat(255);

    static final List<RwxTrial> ALL = List.of(
            RwxTrial.ofOne(
                    new Law(
                            "rename-is-atomic",
                            "a rename over a file replaces it in one step: the name is never missing, and whoever reads"
                                    + " it reads the old file or the new one",
                            "use a file system with POSIX renames; an object store behind FUSE is none"),
                    bench -> renameIsAtomic(bench, bench.first())),
            RwxTrial.ofOne(
                    new Law(
                            "full-directories-stay",
                            "a directory with entries is neither removed nor replaced by a rename, an empty one is",
                            "use a file system with POSIX directories"),
                    NameTrials::fullDirectories),
            RwxTrial.ofOne(
                    new Law(
                            "names-are-bytes",
                            "names keep their letter case and their spelling, up to 255 bytes",
                            "use a file system that does not fold case or normalise"),
                    NameTrials::names),
            RwxTrial.ofOne(
                    new Law(
                            "links-are-kept",
                            "a symbolic link keeps its target as it was written, and removing it removes nothing else",
                            "use a file system with symbolic links; homes are full of them"),
                    NameTrials::links),
            RwxTrial.ofOne(
                    new Law(
                            "listing-is-complete",
                            "a listing has each of many entries exactly once",
                            "check the server's version"),
                    NameTrials::listing));

    private NameTrials() {}

    /** Tries renames: one thread renames through the first client, and another reads through the given path. */
    static void renameIsAtomic(Bench bench, Path reader, String... harmless) throws IOException, Broken {
        String old = "o".repeat(SIZE);
        String fresh = "n".repeat(SIZE);
        Path target = Files.writeString(bench.first().resolve("target"), old);
        Path seen = reader.resolve("target");
        AtomicBoolean isOver = new AtomicBoolean();
        Together.Work<String> writing = () -> {
            try {
                for (int i = 0; i < RENAMES; i++) {
                    Path next = Files.writeString(bench.first().resolve("next"), i % 2 == 0 ? fresh : old);
                    Files.move(next, target, ATOMIC_MOVE);
                }
            } finally {
                isOver.set(true);
            }
            return "";
        };
        Together.Work<String> reading = () -> {
            boolean wasOver;
            do {
                wasOver = isOver.get(); // the last look is at what the last rename has left
                String found;
                try {
                    found = Files.readString(seen);
                } catch (IOException e) {
                    if (!List.of(harmless).contains(Reason.of(e))) {
                        throw new Broken("reading while another renames", Reason.of(e), "the old file or the new one");
                    }
                    continue;
                }
                if (!found.equals(old) && !found.equals(fresh)) {
                    throw new Broken(
                            "reading while another renames",
                            found.length() + " of " + SIZE + " bytes, or of both files",
                            "the old file or the new one");
                }
            } while (!wasOver);
            return "";
        };
        Together.run(List.of(writing, reading));
    }

    private static void fullDirectories(Bench bench) throws IOException, Broken {
        Path full = Files.createDirectory(bench.first().resolve("full"));
        Files.createFile(full.resolve("entry"));
        Path empty = Files.createDirectory(bench.first().resolve("empty"));
        Path mover = Files.createDirectory(bench.first().resolve("mover"));
        bench.isRefused("removing it", () -> Files.delete(full), Reason.NOT_EMPTY);
        bench.isRefused(
                "a rename over it", () -> Files.move(mover, full, ATOMIC_MOVE), Reason.NOT_EMPTY, Reason.EXISTS);
        bench.isRefused("making it again", () -> Files.createDirectory(full), Reason.EXISTS);
        bench.does("a rename over an empty one", () -> Files.move(mover, empty, ATOMIC_MOVE));
        bench.does("removing an empty one", () -> Files.delete(empty));
        bench.finds("the entry", true, () -> Files.exists(full.resolve("entry")));
    }

    private static void names(Bench bench) throws IOException, Broken, CannotTry {
        List<String> names = List.of("name", "NAME", "\u00fc", "u\u0308", "-rf", " ", "a\nb", LONGEST);
        for (Path file : resolveAll(bench.first(), names)) {
            bench.does("creating \"" + file.getFileName() + "\"", () -> Files.createFile(file));
        }
        bench.finds("all names", new TreeSet<>(names), () -> new TreeSet<>(list(bench.first())));
        bench.isRefused(
                "a name of 256 bytes",
                () -> Files.createFile(bench.first().resolve(LONGEST + "n")),
                "File name too long");
    }

    /** Resolves names. Java on Linux encodes names by locale, and under C or POSIX it accepts only ASCII. */
    private static List<Path> resolveAll(Path directory, List<String> names) throws CannotTry {
        try {
            return names.stream().map(directory::resolve).toList();
        } catch (InvalidPathException e) {
            throw new CannotTry("Java takes no names beyond ASCII in this locale; run it with LC_ALL=C.UTF-8");
        }
    }

    static List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        }
        return names;
    }

    private static void links(Bench bench) throws IOException, Broken {
        Path file = Files.writeString(bench.first().resolve("file"), "target");
        Path link = bench.first().resolve("link");
        for (String target : List.of("nowhere/./at//all", "file")) {
            Files.deleteIfExists(link);
            bench.does(
                    "making a link",
                    () -> Files.createSymbolicLink(link, link.getFileSystem().getPath(target)));
            Path expected = link.getFileSystem().getPath(target);
            bench.finds("its target", expected, () -> Files.readSymbolicLink(link));
        }
        bench.finds("reading through it", "target", () -> Files.readString(link));
        bench.does("removing it", () -> Files.delete(link));
        bench.finds("its target afterwards", true, () -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static void listing(Bench bench) throws IOException, Broken {
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < ENTRIES; i++) {
            expected.add("entry-" + i);
            Files.createFile(bench.first().resolve("entry-" + i));
        }
        List<String> found = list(bench.first());
        bench.finds("entries of " + ENTRIES, ENTRIES, found::size);
        bench.finds("different entries", expected, () -> new TreeSet<>(found));
    }
}
