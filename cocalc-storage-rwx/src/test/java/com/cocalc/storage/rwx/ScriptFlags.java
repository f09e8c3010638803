package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.util.List;
import java.util.Map;

/** The arguments of open(2) and access(2) that are bits, as scripts write them. */
final class ScriptFlags {
    private static final Map<String, Integer> NAMES = Map.of(
            "RDONLY", OpenFlags.READ,
            "WRONLY", OpenFlags.WRITE,
            "RDWR", OpenFlags.READ | OpenFlags.WRITE,
            "CREAT", OpenFlags.CREAT,
            "EXCL", OpenFlags.EXCL,
            "TRUNC", OpenFlags.TRUNC,
            "APPEND", OpenFlags.APPEND,
            "NOFOLLOW", OpenFlags.NOFOLLOW,
            "DIRECTORY", OpenFlags.DIRECTORY);

    private ScriptFlags() {}

    /** The flags of open(2), from their names without {@code O_}. */
    static int open(List<?> names) {
        int flags = 0;
        boolean isWriteOnly = false;
        for (Object name : names) {
            Integer bits = name instanceof String text ? NAMES.get(text) : null;
            if (bits == null) {
                throw new ScriptFailure("KeyError: '" + name + "'");
            }
            // As bits of the kernel: RDONLY is none, and WRONLY with RDWR is access mode 3.
            isWriteOnly |= bits == OpenFlags.WRITE;
            flags |= bits == OpenFlags.READ ? 0 : bits;
        }
        boolean isBoth = (flags & OpenFlags.READ) != 0;
        if (isBoth && isWriteOnly) {
            return flags | OpenFlags.NO_DATA;
        }
        return isWriteOnly || isBoth ? flags : flags | OpenFlags.READ;
    }

    /** The mode of access(2), from letters of {@code rwx}. */
    static int access(String letters) {
        int wanted = 0;
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            switch (letter) {
                case 'r' -> wanted |= Syscalls.WANT_READ;
                case 'w' -> wanted |= Syscalls.WANT_WRITE;
                case 'x' -> wanted |= Syscalls.WANT_EXECUTE;
                default -> throw new ScriptFailure("KeyError: '" + letter + "'");
            }
        }
        return wanted;
    }
}
