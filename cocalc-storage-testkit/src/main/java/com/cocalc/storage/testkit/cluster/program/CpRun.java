package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The copying of {@code cp}, one source after the other. */
final class CpRun {

    private static final int STICKY = 01000;

    private final Invocation invocation;
    private final Options options;
    /** Directories that this run has made: what is found in them again would be copied without end. */
    private final List<UnixFile> made = new ArrayList<>();
    /** Directories of the command line, and files whose further names may come. */
    private final Map<FileKey, Operand> copies = new HashMap<>();

    private int exitCode;
    private boolean isInItself;

    CpRun(Invocation invocation, Options options) {
        this.invocation = invocation;
        this.options = options;
    }

    private record FileKey(long device, long inode) {
        static FileKey of(UnixFile file) {
            return new FileKey(file.device(), file.inode());
        }
    }

    int exitCode() {
        return exitCode;
    }

    private boolean isRecursive() {
        return options.has('r') || options.has('R') || options.has('a');
    }

    private boolean preserves() {
        return options.has('p') || options.has('a');
    }

    private boolean keepsLinks() {
        return options.has('a') || options.has('d');
    }

    private boolean follows() {
        Character last = options.last("LPda");
        return last == null ? !isRecursive() : last == 'L';
    }

    /** Copies a source of the command line. */
    void copy(Operand from, Operand to) {
        isInItself = false;
        copy(from, to, from, to);
    }

    private void copy(Operand from, Operand to, Operand topFrom, Operand topTo) {
        UnixFile source;
        try {
            source = follows() ? from.stat() : from.lstat();
        } catch (IOException e) {
            say("cannot stat " + from.quoted() + ": " + Reasons.of(e));
            return;
        }
        if (source.isDirectory() && !isRecursive()) {
            say("-r not specified; omitting directory " + from.quoted());
            return;
        }
        try {
            Optional<UnixFile> target = find(to);
            if (target.isPresent() && isSame(source, target.get(), to)) {
                if (!options.has('n')) {
                    say(from.quoted() + " and " + to.quoted() + " are the same file");
                }
            } else if (source.isDirectory()) {
                if (made.stream().anyMatch(source::isSameFile)) {
                    isInItself = true;
                    say("cannot copy a directory, " + topFrom.quoted() + ", into itself, " + topTo.quoted());
                } else {
                    copyDirectoryOnce(from, source, to, target, topFrom, topTo);
                }
            } else if (target.isPresent()
                    && Files.isDirectory(to.path())
                    && target.get().isDirectory()) {
                say("cannot overwrite directory " + to.quoted() + " with non-directory " + from.quoted());
            } else if (target.isEmpty() || !options.has('n')) {
                copyEntry(from, source, to, target);
            }
        } catch (IOException e) {
            say("cannot stat " + to.quoted() + ": " + Reasons.of(e));
        }
    }

    /** A link to the source is the source, unless the link itself is what is copied. */
    private static boolean isSame(UnixFile source, UnixFile target, Operand to) throws IOException {
        if (target.isSameFile(source)) {
            return true;
        }
        return target.isLink()
                && !source.isLink()
                && Files.exists(to.path())
                && to.stat().isSameFile(source);
    }

    private static Optional<UnixFile> find(Operand operand) throws IOException {
        try {
            return Optional.of(operand.lstat());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void copyDirectoryOnce(
            Operand from, UnixFile source, Operand to, Optional<UnixFile> target, Operand topFrom, Operand topTo) {
        FileKey key = FileKey.of(source);
        Operand earlier = copies.get(key);
        if (earlier != null && earlier.path().equals(to.path())) {
            invocation.fail("warning: source directory " + from.quoted() + " specified more than once");
        } else if (earlier != null && !follows()) {
            say("will not create hard link " + to.quoted() + " to directory " + earlier.quoted());
        } else if (copyDirectory(from, source, to, target, topFrom, topTo) && from.equals(topFrom)) {
            copies.putIfAbsent(key, to);
        }
    }

    /** Returns whether there is a copy. */
    private boolean copyDirectory(
            Operand from, UnixFile source, Operand to, Optional<UnixFile> target, Operand topFrom, Operand topTo) {
        if (target.isPresent() && !target.get().isDirectory()) {
            say("cannot overwrite non-directory " + to.quoted() + " with directory " + from.quoted());
            return false;
        }
        try {
            if (target.isEmpty()) {
                Files.createDirectory(
                        to.place(), PosixFilePermissions.asFileAttribute(CopiedAttributes.permissions(source)));
                if ((source.mode() & STICKY) != 0) {
                    UnixFile.chmod(to.path(), to.lstat().permissions() | STICKY);
                }
                made.add(to.lstat());
                report(from, to);
            }
        } catch (IOException e) {
            say("cannot create directory " + to.quoted() + ": " + Reasons.of(e));
            return false;
        }
        try {
            for (Operand child : from.children()) {
                copy(child, to.child(child.name()), topFrom, topTo);
                if (isInItself) {
                    break; // as GNU's gives up here
                }
            }
        } catch (IOException e) {
            say("cannot access " + from.quoted() + ": " + Reasons.of(e));
        }
        preserve(from, source, to);
        return true;
    }

    private void copyEntry(Operand from, UnixFile source, Operand to, Optional<UnixFile> target) {
        boolean mayHaveMore = keepsLinks() && (source.links() > 1 || follows());
        Operand earlier = mayHaveMore ? copies.putIfAbsent(FileKey.of(source), to) : null;
        if (earlier != null) {
            copyName(from, earlier, to, target);
        } else if (source.isLink()) {
            copyLink(from, source, to, target);
        } else {
            copyFile(from, source, to, target);
        }
    }

    /** A further name of what is copied already. */
    private void copyName(Operand from, Operand earlier, Operand to, Optional<UnixFile> target) {
        try {
            if (target.isPresent()) {
                Files.delete(to.path());
                removed(to);
            }
            report(from, to);
            Files.createLink(to.path(), earlier.path());
        } catch (IOException e) {
            say("cannot create hard link " + to.quoted() + " to " + earlier.quoted() + ": " + Reasons.of(e));
        }
    }

    private void copyLink(Operand from, UnixFile source, Operand to, Optional<UnixFile> target) {
        try {
            if (target.isPresent()) {
                Files.delete(to.path());
                removed(to);
            }
        } catch (IOException e) {
            say("cannot remove " + to.quoted() + ": " + Reasons.of(e));
            return;
        }
        report(from, to);
        try {
            Files.createSymbolicLink(to.path(), Files.readSymbolicLink(from.path()));
        } catch (IOException e) {
            say("cannot create symbolic link " + to.quoted() + ": " + Reasons.of(e));
            return;
        }
        preserve(from, source, to);
    }

    private void copyFile(Operand from, UnixFile source, Operand to, Optional<UnixFile> target) {
        report(from, to);
        Optional<String> refused = new CpFile(from, source, to).copy(target, options.has('f'));
        refused.ifPresent(this::say);
        if (refused.isEmpty()) {
            preserve(from, source, to);
        }
    }

    private void preserve(Operand from, UnixFile source, Operand to) {
        if (preserves()) {
            CopiedAttributes.preserve(from, source, to).ifPresent(this::say);
        }
    }

    private void report(Operand from, Operand to) {
        if (options.has('v')) {
            invocation.print(from.quoted() + " -> " + to.quoted());
        }
    }

    private void removed(Operand to) {
        if (options.has('v')) {
            invocation.print("removed " + to.quoted());
        }
    }

    private void say(String message) {
        exitCode = invocation.fail(message);
    }
}
