package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code cp [-r|-R|-a] [-p] [-n] [-f] [-T] [-t DIRECTORY] SOURCE… DEST} as GNU's. */
final class Cp implements Command {

    private static final Map<String, Character> LONG = new HashMap<>(Map.of(
            "recursive", 'R',
            "archive", 'a',
            "preserve", 'p',
            "no-clobber", 'n',
            "force", 'f',
            "no-target-directory", 'T',
            "target-directory", 't',
            "no-dereference", 'P',
            "verbose", 'v'));

    @Override
    public int run(Invocation invocation) {
        Options options = Options.parse(invocation.arguments(), "rRapnfTPdLv", "t", LONG);
        List<String> operands = options.operands();
        String into = options.value('t');
        if (options.fault() != null) {
            return invocation.fail(options.fault());
        }
        if (operands.isEmpty()) {
            return invocation.fail("missing file operand");
        }
        if (into == null && operands.size() == 1) {
            return invocation.fail("missing destination file operand after '" + operands.get(0) + "'");
        }
        FileSystem files = invocation.fileSystem();
        Path target = files.getPath(into == null ? operands.get(operands.size() - 1) : into);
        List<String> sources = into == null ? operands.subList(0, operands.size() - 1) : operands;
        boolean isInto = into != null || (!options.has('T') && Files.isDirectory(target));
        if (!isInto && sources.size() > 1) {
            return invocation.fail("target '" + target + "' is not a directory");
        }
        Run run = new Run(invocation, options);
        for (String source : sources) {
            Path from = files.getPath(source);
            Path name = from.normalize().getFileName();
            boolean isContents = name == null || source.endsWith("/.") || source.equals(".");
            run.copy(from, isInto && !isContents ? target.resolve(String.valueOf(name)) : target, true);
        }
        return run.exitCode;
    }

    private static final class Run {
        private final Invocation invocation;
        private final Options options;
        private int exitCode;

        Run(Invocation invocation, Options options) {
            this.invocation = invocation;
            this.options = options;
        }

        private boolean isRecursive() {
            return options.has('r') || options.has('R') || options.has('a');
        }

        private boolean preserves() {
            return options.has('p') || options.has('a');
        }

        private boolean follows(boolean onCommandLine) {
            return options.has('L') || (onCommandLine && !isRecursive() && !options.has('P') && !options.has('d'));
        }

        void copy(Path from, Path to, boolean onCommandLine) {
            UnixFile source;
            try {
                source = follows(onCommandLine) ? UnixFile.stat(from) : UnixFile.lstat(from);
            } catch (IOException e) {
                say("cannot stat '" + from + "': " + Reasons.of(e));
                return;
            }
            if (source.isDirectory() && !isRecursive()) {
                say("-r not specified; omitting directory '" + from + "'");
                return;
            }
            try {
                Optional<UnixFile> target = find(to);
                if (target.isPresent() && target.get().isSameFile(source)) {
                    say("'" + from + "' and '" + to + "' are the same file");
                } else if (source.isDirectory()) {
                    copyDirectory(from, source, to, target);
                } else if (target.isPresent() && target.get().isDirectory()) {
                    say("cannot overwrite directory '" + to + "' with non-directory");
                } else if (target.isEmpty() || !options.has('n')) {
                    copyEntry(from, source, to, target);
                }
            } catch (IOException e) {
                say("cannot stat '" + to + "': " + Reasons.of(e));
            }
        }

        private static Optional<UnixFile> find(Path path) throws IOException {
            try {
                return Optional.of(UnixFile.lstat(path));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        private void copyDirectory(Path from, UnixFile source, Path to, Optional<UnixFile> target) {
            if (target.isPresent() && !Files.isDirectory(to)) {
                say("cannot overwrite non-directory '" + to + "' with directory '" + from + "'");
                return;
            }
            try {
                if (target.isEmpty()) {
                    Files.createDirectory(to, PosixFilePermissions.asFileAttribute(permissions(source)));
                }
            } catch (IOException e) {
                say("cannot create directory '" + to + "': " + Reasons.of(e));
                return;
            }
            try {
                for (Path entry : Listing.of(from)) {
                    copy(entry, to.resolve(String.valueOf(entry.getFileName())), false);
                }
            } catch (IOException e) {
                say("cannot access '" + from + "': " + Reasons.of(e));
            }
            preserve(from, source, to);
        }

        private void copyEntry(Path from, UnixFile source, Path to, Optional<UnixFile> target) {
            byte @Nullable [] contents = null;
            if (!source.isLink()) {
                try {
                    contents = Files.readAllBytes(from);
                } catch (IOException e) {
                    say("cannot open '" + from + "' for reading: " + Reasons.of(e));
                    return;
                }
            }
            try {
                if (contents == null) {
                    if (target.isPresent()) {
                        Files.delete(to);
                    }
                    Files.createSymbolicLink(to, Files.readSymbolicLink(from));
                } else if (target.isEmpty()) {
                    write(to, contents, source);
                } else {
                    overwrite(to, contents, source);
                }
            } catch (IOException e) {
                String kind = contents == null ? "symbolic link" : "regular file";
                say("cannot create " + kind + " '" + to + "': " + Reasons.of(e));
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
            var created = Files.newByteChannel(
                    to,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(permissions(source)));
            try (created) {
                created.write(ByteBuffer.wrap(contents));
            }
        }

        private static Set<PosixFilePermission> permissions(UnixFile file) {
            Set<PosixFilePermission> permissions = new HashSet<>();
            int bit = 0400;
            for (PosixFilePermission permission : PosixFilePermission.values()) {
                if ((file.mode() & bit) != 0) {
                    permissions.add(permission);
                }
                bit >>= 1;
            }
            return permissions;
        }

        /** Times, owner where that is allowed, and mode, which a change of the owner would spoil. */
        private void preserve(Path from, UnixFile source, Path to) {
            if (!preserves()) {
                return;
            }
            try {
                UnixFile.chown(to, source.uid(), source.gid(), LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                // Whoever is not root keeps its own, as with cp -p.
            }
            if (source.isLink()) {
                return;
            }
            try {
                UnixFile.chmod(to, source.permissions());
                BasicFileAttributes times = Files.readAttributes(from, BasicFileAttributes.class);
                Files.getFileAttributeView(to, BasicFileAttributeView.class)
                        .setTimes(times.lastModifiedTime(), times.lastAccessTime(), null);
            } catch (IOException e) {
                say("preserving permissions for '" + to + "': " + Reasons.of(e));
            }
        }

        private void say(String message) {
            exitCode = invocation.fail(message);
        }
    }
}
