package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The contents of a file, copied by {@code cp}. */
record CpFile(Operand from, UnixFile source, Operand to) {

    /**
     * Copies.
     *
     * @param target what is there already
     * @param isForced whether to remove what cannot be written to
     * @return what went wrong, if anything did
     */
    Optional<String> copy(Optional<UnixFile> target, boolean isForced) {
        byte[] contents;
        try {
            contents = Files.readAllBytes(from.path());
        } catch (IOException e) {
            return Optional.of("cannot open " + from.quoted() + " for reading: " + Reasons.of(e));
        }
        if (target.isPresent() && target.get().isLink() && !Files.exists(to.path())) {
            return Optional.of("not writing through dangling symlink " + to.quoted());
        }
        try {
            if (target.isPresent()) {
                Files.write(to.path(), contents, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            } else if (to.text().endsWith("/")) {
                throw new NotDirectoryException(to.text());
            } else {
                write(contents);
            }
            return Optional.empty();
        } catch (IOException e) {
            return isForced && target.isPresent() ? replace(contents) : notCreated(e);
        }
    }

    private Optional<String> replace(byte[] contents) {
        try {
            Files.delete(to.path());
        } catch (IOException e) {
            return Optional.of("cannot remove " + to.quoted() + ": " + Reasons.of(e));
        }
        try {
            write(contents);
            return Optional.empty();
        } catch (IOException e) {
            return notCreated(e);
        }
    }

    private void write(byte[] contents) throws IOException {
        SeekableByteChannel created = Files.newByteChannel(
                to.path(),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(CopiedAttributes.permissions(source)));
        try (created) {
            created.write(ByteBuffer.wrap(contents));
        }
    }

    private Optional<String> notCreated(IOException e) {
        return Optional.of("cannot create regular file " + to.quoted() + ": " + Reasons.of(e));
    }
}
