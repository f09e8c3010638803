package com.cocalc.storage.testkit.law.contract;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Laws about what must be refused by a read-only mount, to a squashed root, by a quota, and through a stale handle.
 * Each is tried in a separate directory, which is removed afterwards.
 */
public final class RefusalLaws {

    /** A read-only mount must refuse every change. */
    public static final Law READ_ONLY_REFUSES_WRITING = new Law(
            "read-only-refuses-writing",
            "a read-only mount refuses every change with 'Read-only file system', but not reading",
            "set readOnly on the mount");

    /** A squashed root must be refused what root may do. */
    public static final Law SQUASH_REFUSES_ROOT = new Law(
            "squash-refuses-root",
            "a squashed root may do what every user may: no chown, no chmod, no reading or writing of private files",
            "export with root_squash, and repair homes elsewhere");

    /** A quota must refuse more than its limit. */
    public static final Law QUOTA_REFUSES_MORE = new Law(
            "quota-refuses-more",
            "a quota refuses what exceeds it, but neither reading nor removing; removed space can be used again",
            "set the quota on the directory, at the server");

    /** A file that another client has removed must be stale. */
    public static final Law STALE_HANDLES_END = new Law(
            "stale-handles-end",
            "an open file that another NFS client has removed is stale, and everything else works",
            "open files again after a stale handle");

    private static final int BLOCK = 4096;

    private RefusalLaws() {}

    /** {@return the laws about refusals, in the order of {@code docs/laws.md}} */
    public static List<Law> all() {
        return List.of(READ_ONLY_REFUSES_WRITING, SQUASH_REFUSES_ROOT, QUOTA_REFUSES_MORE, STALE_HANDLES_END);
    }

    /**
     * Judges a read-only mount.
     *
     * @param writable a directory that can be written to
     * @param readOnly the same directory through the mount
     * @return a violation for each attempt with a wrong result
     * @throws IOException if the writable side does not work
     */
    public static List<Violation> checkReadOnly(Path writable, Path readOnly) throws IOException {
        requireNonNull(readOnly, "readOnly");
        List<Violation> violations = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.in(writable)) {
            Files.writeString(sandbox.directory().resolve("file"), "text");
            Files.createDirectory(sandbox.directory().resolve("directory"));
            Path here = readOnly.resolve(sandbox.name());
            Path file = here.resolve("file");
            Attempts attempts = new Attempts(READ_ONLY_REFUSES_WRITING, here, violations);
            attempts.isAllowed("reading", () -> Files.readString(file));
            attempts.isAllowed("listing", () -> NameTrials.list(here));
            attempts.isAllowed("asking for attributes", () -> Files.getPosixFilePermissions(file));
            String refusal = Reason.READ_ONLY;
            attempts.isRefused("creating", () -> Files.createFile(here.resolve("new")), refusal);
            attempts.isRefused("making a directory", () -> Files.createDirectory(here.resolve("new-dir")), refusal);
            attempts.isRefused("making a link", () -> Files.createSymbolicLink(here.resolve("link"), file), refusal);
            attempts.isRefused("writing", () -> open(file, WRITE), refusal);
            attempts.isRefused("appending", () -> open(file, APPEND), refusal);
            attempts.isRefused("truncating", () -> open(file, WRITE, TRUNCATE_EXISTING), refusal);
            attempts.isRefused("chmod", () -> chmod(file, "rwx------"), refusal);
            attempts.isRefused(
                    "setting the time", () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)), refusal);
            attempts.isRefused("renaming", () -> Files.move(file, here.resolve("other"), ATOMIC_MOVE), refusal);
            attempts.isRefused("removing", () -> Files.delete(file), refusal);
            attempts.isRefused("removing a directory", () -> Files.delete(here.resolve("directory")), refusal);
        }
        return List.copyOf(violations);
    }

    private static void open(Path file, OpenOption... options) throws IOException {
        FileChannel.open(file, options).close();
    }

    private static void chmod(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /**
     * Judges an export by what root may do on it.
     *
     * @param owners a directory as a user other than root sees it, who may write to it
     * @param roots the same directory through a mount that is used as root
     * @return a violation for each attempt with a wrong result
     * @throws IOException if the owner's side does not work
     */
    public static List<Violation> checkRootSquash(Path owners, Path roots) throws IOException {
        requireNonNull(roots, "roots");
        List<Violation> violations = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.in(owners)) {
            Path mine = sandbox.directory();
            chmod(mine, "rwxr-xr-x");
            chmod(Files.writeString(mine.resolve("public"), "text"), "rw-r--r--");
            chmod(Files.writeString(mine.resolve("private"), "text"), "rw-------");
            chmod(Files.createDirectory(mine.resolve("open")), "rwxrwxrwx");
            Path here = roots.resolve(sandbox.name());
            Path file = here.resolve("public");
            Attempts attempts = new Attempts(SQUASH_REFUSES_ROOT, here, violations);
            attempts.isAllowed("reading a file for all", () -> Files.readString(file));
            attempts.isAllowed("listing", () -> NameTrials.list(here));
            attempts.isAllowed("creating where all may", () -> Files.createFile(here.resolve("open/by-root")));
            attempts.isRefused("chown", () -> chown(file, 0), Reason.NOT_PERMITTED);
            attempts.isRefused("chown to 2001", () -> chown(here, 2001), Reason.NOT_PERMITTED);
            attempts.isRefused("chmod", () -> chmod(file, "rwxrwxrwx"), Reason.NOT_PERMITTED);
            attempts.isRefused(
                    "reading a private file", () -> Files.readString(here.resolve("private")), Reason.DENIED);
            attempts.isRefused("writing", () -> open(file, WRITE), Reason.DENIED);
            attempts.isRefused("creating", () -> Files.createFile(here.resolve("new")), Reason.DENIED);
            attempts.isRefused("removing", () -> Files.delete(file), Reason.DENIED);
        }
        return List.copyOf(violations);
    }

    private static void chown(Path file, int uid) throws IOException {
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Judges a quota, by filling a directory.
     *
     * @param directory a directory below the quota
     * @param bytes the size that the quota allows; at most 64 KiB more are written
     * @return a violation for each attempt with a wrong result
     * @throws IOException if not even the first file can be created
     */
    public static List<Violation> checkQuota(Path directory, long bytes) throws IOException {
        List<Violation> violations = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.in(requireNonNull(directory, "directory"))) {
            Path here = sandbox.directory();
            Path file = here.resolve("file");
            Files.writeString(here.resolve("small"), "x".repeat(BLOCK));
            Attempts attempts = new Attempts(QUOTA_REFUSES_MORE, here, violations);
            attempts.isRefused(
                    "writing more than " + bytes + " bytes",
                    () -> write(file, bytes + 16L * BLOCK),
                    Reason.QUOTA,
                    Reason.FULL);
            attempts.isAllowed("reading", () -> Files.readString(here.resolve("small")));
            attempts.isAllowed("removing", () -> Files.delete(here.resolve("small")));
            attempts.isAllowed("truncating", () -> open(file, WRITE, TRUNCATE_EXISTING));
            attempts.isAllowed("writing again", () -> write(file, BLOCK));
        }
        return List.copyOf(violations);
    }

    /** Writes a file and forces each block, as some storage reports only then that there is no space. */
    private static void write(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
            for (long at = 0; at < bytes; at += BLOCK) {
                channel.write(ByteBuffer.wrap(new byte[BLOCK]), at);
                channel.force(false);
            }
        }
    }

    /**
     * Judges the use of an open file that another client of NFS has removed.
     *
     * @param first a directory as the client sees it that has the file open
     * @param second the same directory, seen by the client that removes it
     * @return a violation for each attempt with a wrong result
     * @throws IOException if a client does not work
     */
    public static List<Violation> checkStaleHandles(Path first, Path second) throws IOException {
        requireNonNull(second, "second");
        List<Violation> violations = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.in(first)) {
            Path here = sandbox.directory();
            Path file = Files.writeString(here.resolve("file"), "text");
            Path other = Files.writeString(here.resolve("other"), "text");
            Attempts attempts = new Attempts(STALE_HANDLES_END, here, violations);
            FileChannel channel = FileChannel.open(file, READ);
            try {
                Files.delete(second.resolve(sandbox.name()).resolve("file"));
                attempts.isRefused(
                        "reading the open file", () -> channel.read(ByteBuffer.allocate(1), 0), Reason.STALE);
                attempts.isRefused("opening it again", () -> open(file, READ), Reason.MISSING, Reason.STALE);
            } finally {
                attempts.isAllowed("closing it", channel::close);
            }
            attempts.isAllowed("reading another file", () -> Files.readString(other));
            attempts.isAllowed("creating it again", () -> Files.writeString(file, "new"));
        }
        return List.copyOf(violations);
    }
}
