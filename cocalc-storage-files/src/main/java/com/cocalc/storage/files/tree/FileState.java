package com.cocalc.storage.files.tree;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What one look at a name showed. A link is never followed. */
public final class FileState {

    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        SPECIAL
    }

    private final PosixFileAttributes attributes;
    private final Object key;

    FileState(PosixFileAttributes attributes) throws IOException {
        this.attributes = attributes;
        Object known = attributes.fileKey();
        if (known == null) {
            throw new IOException("the file system names no file keys");
        }
        this.key = known;
    }

    public Kind kind() {
        if (attributes.isRegularFile()) {
            return Kind.FILE;
        }
        if (attributes.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? Kind.LINK : Kind.SPECIAL;
    }

    public boolean isFile() {
        return attributes.isRegularFile();
    }

    public boolean isDirectory() {
        return attributes.isDirectory();
    }

    public long size() {
        return attributes.size();
    }

    /** Device and inode; equal for two names of one file. */
    public Object key() {
        return key;
    }

    public FileTime modified() {
        return settable(attributes.lastModifiedTime());
    }

    public FileTime accessed() {
        return settable(attributes.lastAccessTime());
    }

    /** The JDK sets times to the microsecond. */
    public long modifiedMicros() {
        return modified().to(TimeUnit.MICROSECONDS);
    }

    /** The JDK sets no fractions of a second before 1970: Linux refuses what it makes of them. */
    private static FileTime settable(FileTime time) {
        Instant instant = time.toInstant();
        return instant.getEpochSecond() < 0 && instant.getNano() > 0
                ? FileTime.from(instant.getEpochSecond(), TimeUnit.SECONDS)
                : time;
    }

    /** The nine bits; set-uid, set-gid and sticky are neither seen nor made. */
    public Set<PosixFilePermission> mode() {
        return attributes.permissions();
    }

    public boolean hasSameContentAs(FileState other) {
        return size() == other.size() && modifiedMicros() == other.modifiedMicros();
    }

    /** Whether nothing was written between the two looks, as far as size and time tell. */
    public boolean isStill(FileState later) {
        return key.equals(later.key)
                && attributes.size() == later.attributes.size()
                && attributes.lastModifiedTime().equals(later.attributes.lastModifiedTime());
    }
}
