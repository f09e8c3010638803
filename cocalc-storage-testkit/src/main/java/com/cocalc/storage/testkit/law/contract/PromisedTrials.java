package com.cocalc.storage.testkit.law.contract;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.contract.Bench.Broken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Trials of promises that a storage may make and then must keep. */
final class PromisedTrials {

    static final List<RwxTrial> ALL = List.of(
            RwxTrial.ofTwo(
                            new Law(
                                    "changes-show-at-once",
                                    "a client sees what another made, changed, renamed or removed, although it has looked"
                                            + " before",
                                    "mount with actimeo=0 and lookupcache=none, or write code that does not depend on it"),
                            PromisedTrials::changesShowAtOnce)
                    .where(RwxTrait.SHOWS_CHANGES_AT_ONCE),
            RwxTrial.ofTwo(
                            new Law(
                                    "append-adds-for-all",
                                    "what two clients append to a file is all there, each record whole",
                                    "let one client write, or write a file for each"),
                            PromisedTrials::append)
                    .where(RwxTrait.APPENDS_ACROSS_CLIENTS),
            RwxTrial.ofTwo(
                            new Law(
                                    "unlinked-elsewhere-but-open",
                                    "a file that another client removes can be read on while it is open",
                                    "on NFS, expect a stale handle and open the file again"),
                            PromisedTrials::unlinkedElsewhere)
                    .where(RwxTrait.KEEPS_FILES_REMOVED_ELSEWHERE),
            RwxTrial.ofTwo(
                            new Law(
                                    "locks-exclude-others",
                                    "a lock of one client excludes the other",
                                    "start the lock service of the server, and mount without nolock or local_lock"),
                            PromisedTrials::locks)
                    .where(RwxTrait.LOCKS_ACROSS_CLIENTS),
            RwxTrial.ofOne(
                            new Law(
                                    "root-gives-away",
                                    "root may give a file to 2001:2001",
                                    "export with no_root_squash, or do without fixPermissionsInit"),
                            PromisedTrials::rootGivesAway)
                    .where(RwxTrait.ROOT_GIVES_AWAY));

    private PromisedTrials() {}

    private static void changesShowAtOnce(Bench bench) throws IOException, Broken {
        Path mine = bench.first().resolve("file");
        Path yours = bench.second().resolve("file");
        bench.finds("before it is created", false, () -> Files.exists(yours));
        Files.writeString(mine, "text");
        bench.finds("after it is created", true, () -> Files.exists(yours));
        Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("r--------"));
        bench.finds(
                "after its mode is changed",
                "r--------",
                () -> PosixFilePermissions.toString(Files.getPosixFilePermissions(yours)));
        Path moved = Files.move(mine, bench.first().resolve("moved"), ATOMIC_MOVE);
        bench.finds("by its old name after it is renamed", false, () -> Files.exists(yours));
        bench.finds("by its new name", true, () -> Files.exists(bench.second().resolve("moved")));
        Files.delete(moved);
        bench.finds(
                "after it is removed", false, () -> Files.exists(bench.second().resolve("moved")));
    }

    private static void append(Bench bench) throws IOException, Broken {
        Path mine = Files.createFile(bench.first().resolve("log"));
        Path yours = bench.second().resolve("log");
        Together.<String>run(List.of(
                () -> FileTrials.append(mine, FileTrials.record(0)),
                () -> FileTrials.append(yours, FileTrials.record(1))));
        FileTrials.expectRecords(bench, mine, 2);
    }

    private static void unlinkedElsewhere(Bench bench) throws IOException, Broken {
        Path mine = Files.writeString(bench.first().resolve("file"), "still here");
        try (FileChannel channel = FileChannel.open(mine, READ)) {
            Files.delete(bench.second().resolve("file"));
            bench.finds("the open file", "still here", () -> FileTrials.read(channel));
        }
    }

    private static void locks(Bench bench) throws IOException, Broken {
        Path mine = Files.createFile(bench.first().resolve("file"));
        try (FileChannel holder = FileChannel.open(mine, READ, WRITE);
                FileChannel other = FileChannel.open(bench.second().resolve("file"), READ, WRITE)) {
            FileLock lock = holder.lock();
            bench.finds("the second client is excluded", true, () -> FileTrials.isRefused(other));
            lock.release();
            bench.finds("the second client is excluded after the release", false, () -> FileTrials.isRefused(other));
        }
    }

    private static void rootGivesAway(Bench bench) throws IOException, Broken {
        Path file = Files.createFile(bench.first().resolve("file"));
        bench.does("chown to uid 2001", () -> Files.setAttribute(file, "unix:uid", 2001, LinkOption.NOFOLLOW_LINKS));
        bench.does("chown to gid 2001", () -> Files.setAttribute(file, "unix:gid", 2001, LinkOption.NOFOLLOW_LINKS));
        bench.finds("the owner", 2001, () -> Files.getAttribute(file, "unix:uid"));
    }
}
