package com.cocalc.storage.rwx.nio;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Conversions between the nine permission bits and Java's set of them, and the mode of a new file. */
public final class ModeBits {
    public static final int NEW_FILE = 0666;
    static final int NEW_DIRECTORY = 0777;

    /** The permissions from {@code OWNER_READ}, 0400, to {@code OTHERS_EXECUTE}, 01. */
    private static final PosixFilePermission[] FROM_THE_LEFT = PosixFilePermission.values();

    private ModeBits() {}

    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < FROM_THE_LEFT.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(FROM_THE_LEFT[i]);
            }
        }
        return permissions;
    }

    static int of(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= bit(Objects.requireNonNull(permission));
        }
        return mode;
    }

    private static int bit(PosixFilePermission permission) {
        return 0400 >> Arrays.asList(FROM_THE_LEFT).indexOf(permission);
    }

    /** Returns the mode of a new file: the given one, unless {@code posix:permissions} is among the attributes. */
    static int initial(int usual, FileAttribute<?>... attributes) {
        int mode = usual;
        for (FileAttribute<?> attribute : attributes) {
            String name = Objects.requireNonNull(attribute).name();
            if (!name.equals("posix:permissions") && !name.equals("unix:permissions")) {
                throw new UnsupportedOperationException("'" + name + "' not supported as initial attribute");
            }
            int wanted = 0;
            for (Object permission : (Set<?>) attribute.value()) {
                wanted |= bit((PosixFilePermission) permission);
            }
            mode = wanted;
        }
        return mode;
    }
}
