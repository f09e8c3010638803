package com.cocalc.storage.testkit.mutant;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Wrong versions of a small program that copies a file of a home to another place. */
final class CopyMutants {

    private CopyMutants() {}

    /** What can be wrong with it. */
    enum Flaw {
        PREFIX_WITHOUT_A_BOUNDARY,
        NO_CHECK_AT_ALL,
        FOLLOWS_LINKS_ON_THE_WAY,
        FOLLOWS_THE_LAST_LINK,
        CHECKS_AND_THEN_USES_THE_PATH,
        OVERWRITES_NEWER,
        WRITES_IN_PLACE,
        REMOVES_BEFORE_THE_RENAME,
        KEEPS_SET_UID,
        WRITABLE_FOR_ALL,
        SWALLOWS_A_FULL_VOLUME,
        WRITES_ONCE,
        LEAVES_ITS_STAGING_FILE,
        STAGES_ON_ANOTHER_MOUNT,
        TAKES_A_MOVE_ACROSS_MOUNTS_FOR_ATOMIC,
        STAGES_BESIDE_THE_SOURCE
    }

    /** Copies {@code path} of the source to a file of the same name in the target. */
    record Copier(Set<Flaw> flaws) {

        void copy(Path source, String path, Path target) throws IOException {
            byte[] content;
            BasicFileAttributes attributes;
            if (has(Flaw.PREFIX_WITHOUT_A_BOUNDARY) || has(Flaw.NO_CHECK_AT_ALL)) {
                Path file = source.resolve(path).normalize();
                if (!has(Flaw.NO_CHECK_AT_ALL) && !file.toString().startsWith(source.toString())) {
                    throw new IOException("outside");
                }
                content = Files.readAllBytes(file);
                attributes = Files.readAttributes(file, BasicFileAttributes.class);
            } else {
                List<String> names = List.of(path.split("/", -1));
                if (names.contains("..") || names.contains(".") || names.contains("")) {
                    throw new IOException("outside");
                }
                if (has(Flaw.CHECKS_AND_THEN_USES_THE_PATH)) {
                    requireNoLinks(source, names);
                }
                Path file = source.resolve(path);
                attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
                content = has(Flaw.CHECKS_AND_THEN_USES_THE_PATH) || has(Flaw.FOLLOWS_LINKS_ON_THE_WAY)
                        ? Files.readAllBytes(file)
                        : read(source, names);
            }
            write(content, attributes, source, target.resolve(path.substring(path.lastIndexOf('/') + 1)));
            if (has(Flaw.KEEPS_SET_UID)) {
                Path copy = target.resolve(path.substring(path.lastIndexOf('/') + 1));
                Files.setAttribute(copy, "unix:mode", Files.getAttribute(source.resolve(path), "unix:mode"));
            }
        }

        private static void requireNoLinks(Path source, List<String> names) throws IOException {
            Path here = source;
            for (String name : names) {
                here = here.resolve(name);
                if (Files.isSymbolicLink(here)) {
                    throw new IOException("a link");
                }
            }
        }

        private byte[] read(Path source, List<String> names) throws IOException {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(source)) {
                List<Path> elements = names.stream()
                        .map(name -> source.getFileSystem().getPath(name))
                        .toList();
                return read((SecureDirectoryStream<Path>) stream, elements);
            }
        }

        /** From directory to directory, none of them through a link. */
        private byte[] read(SecureDirectoryStream<Path> directory, List<Path> names) throws IOException {
            if (names.size() > 1) {
                try (SecureDirectoryStream<Path> below = directory.newDirectoryStream(names.get(0), NOFOLLOW_LINKS)) {
                    return read(below, names.subList(1, names.size()));
                }
            }
            Set<OpenOption> options = has(Flaw.FOLLOWS_THE_LAST_LINK) ? Set.of(READ) : Set.of(READ, NOFOLLOW_LINKS);
            try (SeekableByteChannel channel = directory.newByteChannel(names.get(0), options)) {
                ByteBuffer content = ByteBuffer.allocate((int) channel.size());
                while (content.hasRemaining() && channel.read(content) >= 0) {
                    // Until all is there.
                }
                return content.array();
            }
        }

        private void write(byte[] content, BasicFileAttributes attributes, Path source, Path target)
                throws IOException {
            if (!has(Flaw.OVERWRITES_NEWER)
                    && Files.exists(target, NOFOLLOW_LINKS)
                    && Files.getLastModifiedTime(target, NOFOLLOW_LINKS).compareTo(attributes.lastModifiedTime()) > 0) {
                return;
            }
            Path staged = has(Flaw.WRITES_IN_PLACE) ? target : staging(source, target);
            try (FileChannel channel = FileChannel.open(staged, CREATE, WRITE, TRUNCATE_EXISTING)) {
                // In two parts, as a large file would be.
                writeAll(channel, ByteBuffer.wrap(content, 0, content.length / 2));
                writeAll(channel, ByteBuffer.wrap(content, content.length / 2, content.length - content.length / 2));
            } catch (IOException e) {
                if (!has(Flaw.SWALLOWS_A_FULL_VOLUME)) {
                    Files.deleteIfExists(staged);
                    throw e;
                }
            }
            Files.setLastModifiedTime(staged, attributes.lastModifiedTime());
            if (has(Flaw.WRITABLE_FOR_ALL)) {
                Files.setAttribute(staged, "unix:mode", 0666);
            }
            if (has(Flaw.REMOVES_BEFORE_THE_RENAME)) {
                Files.deleteIfExists(target);
            }
            if (has(Flaw.TAKES_A_MOVE_ACROSS_MOUNTS_FOR_ATOMIC)) {
                Files.move(staged, target, REPLACE_EXISTING);
            } else if (has(Flaw.LEAVES_ITS_STAGING_FILE)) {
                Files.createLink(target.resolveSibling(".staged-2"), staged);
                Files.move(staged, target, ATOMIC_MOVE);
            } else if (!has(Flaw.WRITES_IN_PLACE)) {
                Files.move(staged, target, ATOMIC_MOVE);
            }
        }

        /** Where a volume becomes full, a part is written first, and the failure comes with the next call. */
        private void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
            do {
                channel.write(bytes);
            } while (bytes.hasRemaining() && !has(Flaw.WRITES_ONCE));
        }

        private Path staging(Path source, Path target) {
            if (has(Flaw.STAGES_ON_ANOTHER_MOUNT) || has(Flaw.TAKES_A_MOVE_ACROSS_MOUNTS_FOR_ATOMIC)) {
                return target.getFileSystem().getPath("/tmp/.staged");
            }
            return has(Flaw.STAGES_BESIDE_THE_SOURCE) ? source.resolve(".staged") : target.resolveSibling(".staged");
        }

        private boolean has(Flaw flaw) {
            return flaws.contains(flaw);
        }
    }

    static List<Subject<?>> subjects() {
        Subject<Copier> subject =
                Subject.of("copying a published file", new Copier(EnumSet.noneOf(Flaw.class)), CopyScenes::judge);
        for (Flaw flaw : Flaw.values()) {
            subject.mutant(OwnerMutants.words(flaw), new Copier(EnumSet.of(flaw)));
        }
        return List.of(subject);
    }
}
