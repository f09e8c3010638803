package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The copying of {@code cp}, one source after the other. */
final class CpRun {

    private final Invocation invocation;
    private final Options options;
    /** Directories that this run has made: what is found in them again would be copied without end. */
    private final List<UnixFile> made = new ArrayList<>();

    private int exitCode;
    private boolean isInItself;

    CpRun(Invocation invocation, Options options) {
        this.invocation = invocation;
        this.options = options;
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

    private boolean follows() {
        return options.has('L') || (!isRecursive() && !options.has('P') && !options.has('d') && !options.has('a'));
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
                    copyDirectory(from, source, to, target, topFrom, topTo);
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

    private void copyDirectory(
            Operand from, UnixFile source, Operand to, Optional<UnixFile> target, Operand topFrom, Operand topTo) {
        if (target.isPresent() && !target.get().isDirectory()) {
            say("cannot overwrite non-directory " + to.quoted() + " with directory " + from.quoted());
            return;
        }
        try {
            if (target.isEmpty()) {
                Files.createDirectory(
                        to.place(), PosixFilePermissions.asFileAttribute(CopiedAttributes.permissions(source)));
                made.add(to.lstat());
                report(from, to);
            }
        } catch (IOException e) {
            say("cannot create directory " + to.quoted() + ": " + Reasons.of(e));
            return;
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
    }

    private void copyEntry(Operand from, UnixFile source, Operand to, Optional<UnixFile> target) {
        if (source.isLink()) {
            copyLink(from, source, to, target);
        } else {
            copyFile(from, source, to, target);
        }
    }

    private void copyLink(Operand from, UnixFile source, Operand to, Optional<UnixFile> target) {
        report(from, to);
        try {
            if (target.isPresent()) {
                Files.delete(to.path());
            }
            Files.createSymbolicLink(to.path(), Files.readSymbolicLink(from.path()));
        } catch (IOException e) {
            say("cannot create symbolic link " + to.quoted() + ": " + Reasons.of(e));
            return;
        }
        preserve(from, source, to);
    }

    private void copyFile(Operand from, UnixFile source, Operand to, Optional<UnixFile> target) {
        byte[] contents;
        report(from, to);
        try {
            contents = Files.readAllBytes(from.path());
        } catch (IOException e) {
            say("cannot open " + from.quoted() + " for reading: " + Reasons.of(e));
            return;
        }
        if (target.isPresent() && target.get().isLink() && !Files.exists(to.path())) {
            say("not writing through dangling symlink " + to.quoted());
            return;
        }
        try {
            if (target.isPresent()) {
                overwrite(to.path(), contents, source);
            } else if (to.text().endsWith("/")) {
                throw new NotDirectoryException(to.text());
            } else {
                write(to.path(), contents, source);
            }
        } catch (IOException e) {
            say("cannot create regular file " + to.quoted() + ": " + Reasons.of(e));
            return;
        }
        preserve(from, source, to);
    }

    private void overwrite(Path to, byte[] contents, UnixFile source) throws IOException {
        try {
            Files.write(to, contents, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            if (!options.has('f')) {
                throw e;
            }
            Files.delete(to);
            write(to, contents, source);
        }
    }

    private static void write(Path to, byte[] contents, UnixFile source) throws IOException {
        SeekableByteChannel created = Files.newByteChannel(
                to,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(CopiedAttributes.permissions(source)));
        try (created) {
            created.write(ByteBuffer.wrap(contents));
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

    private void say(String message) {
        exitCode = invocation.fail(message);
    }
}
