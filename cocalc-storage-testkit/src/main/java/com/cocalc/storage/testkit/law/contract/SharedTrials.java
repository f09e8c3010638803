package com.cocalc.storage.testkit.law.contract;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.contract.Bench.Broken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trials of what another client must see of one client's changes. */
final class SharedTrials {

    private static final int TIMES = 50;

    static final List<RwxTrial> ALL = List.of(
            RwxTrial.ofTwo(
                    new Law(
                            "closed-files-are-seen",
                            "what a client has written and closed, another reads when it opens the file, also if it has"
                                    + " read it before",
                            "mount both from the same export, without nocto"),
                    SharedTrials::closedFiles),
            RwxTrial.ofTwo(
                    new Law(
                            "renames-are-seen",
                            "after a rename another client opens the new name; by the old one it opens nothing, or for a"
                                    + " while still the file that was renamed",
                            "mount both from the same export"),
                    SharedTrials::renames),
            RwxTrial.ofTwo(
                    new Law(
                            "renames-are-atomic-for-others",
                            "a client that reads while another renames over the file reads the old file, the new one, or"
                                    + " a stale handle, and never a part or nothing",
                            "use a file system with POSIX renames"),
                    bench -> NameTrials.renameIsAtomic(bench, bench.second(), Reason.STALE)),
            RwxTrial.ofTwo(
                    new Law(
                            "removals-are-seen",
                            "a file that a client has removed cannot be opened by another",
                            "mount both from the same export"),
                    SharedTrials::removals),
            RwxTrial.ofTwo(
                    new Law(
                            "directories-are-shared",
                            "another client can create files in a directory that a client has created, and both list the same",
                            "mount both from the same export, for users of the same ids"),
                    SharedTrials::directories),
            RwxTrial.ofTwo(
                    new Law(
                            "create-exclusive-for-all",
                            "of two clients that create the same new file exactly one succeeds",
                            "use NFS 3 or newer: lock files and claims of work depend on it"),
                    SharedTrials::createExclusive));

    private SharedTrials() {}

    private static void closedFiles(Bench bench) throws IOException, Broken {
        Path mine = bench.first().resolve("file");
        Path yours = bench.second().resolve("file");
        Files.writeString(mine, "first");
        bench.finds("the second client", "first", () -> Files.readString(yours));
        Files.writeString(mine, "second text");
        bench.finds("the second client, later", "second text", () -> Files.readString(yours));
        Files.writeString(yours, "back");
        bench.finds("the first client", "back", () -> Files.readString(mine));
    }

    private static void renames(Bench bench) throws IOException, Broken {
        Files.writeString(bench.first().resolve("old"), "text");
        Files.writeString(bench.first().resolve("replaced"), "before");
        bench.finds(
                "the old name", "text", () -> Files.readString(bench.second().resolve("old")));
        bench.finds(
                "the name to be replaced",
                "before",
                () -> Files.readString(bench.second().resolve("replaced")));
        Files.move(bench.first().resolve("old"), bench.first().resolve("new"), ATOMIC_MOVE);
        bench.finds(
                "the new name", "text", () -> Files.readString(bench.second().resolve("new")));
        // A client of NFS that knows the old name opens what it knows by it, until it asks for the directory again.
        bench.isRefusedOrFinds(
                "the old name afterwards",
                "text",
                () -> Files.readString(bench.second().resolve("old")),
                Reason.MISSING,
                Reason.STALE);
        Files.move(bench.first().resolve("new"), bench.first().resolve("replaced"), ATOMIC_MOVE);
        bench.finds(
                "the replaced name",
                "text",
                () -> Files.readString(bench.second().resolve("replaced")));
    }

    private static void removals(Bench bench) throws IOException, Broken {
        Path mine = Files.writeString(bench.first().resolve("file"), "text");
        Path yours = bench.second().resolve("file");
        bench.finds("the second client", "text", () -> Files.readString(yours));
        Files.delete(mine);
        bench.isRefused("the second client, later", () -> Files.readString(yours), Reason.MISSING, Reason.STALE);
    }

    private static void directories(Bench bench) throws IOException, Broken {
        Path mine = Files.createDirectory(bench.first().resolve("directory"));
        Path yours = bench.second().resolve("directory");
        Files.createFile(mine.resolve("a"));
        bench.does("the second client", () -> Files.createFile(yours.resolve("b")));
        bench.finds("the first client's list", List.of("a", "b"), () -> sorted(mine));
        bench.finds("the second client's list", List.of("a", "b"), () -> sorted(yours));
    }

    private static List<String> sorted(Path directory) throws IOException {
        return NameTrials.list(directory).stream().sorted().toList();
    }

    private static void createExclusive(Bench bench) throws IOException, Broken {
        for (int i = 0; i < TIMES; i++) {
            String name = "lock-" + i;
            long winners = Together.<Boolean>run(List.of(
                            () -> FileTrials.isCreatedNow(bench.first().resolve(name)),
                            () -> FileTrials.isCreatedNow(bench.second().resolve(name))))
                    .stream()
                    .filter(created -> created)
                    .count();
            bench.finds("two clients that create " + name, 1L, () -> winners);
        }
    }
}
