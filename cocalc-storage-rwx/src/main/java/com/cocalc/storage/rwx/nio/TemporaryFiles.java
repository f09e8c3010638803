package com.cocalc.storage.rwx.nio;

import java.nio.file.attribute.FileAttribute;

/**
 * Recognizes files that {@code Files.createTempFile} and {@code createTempDirectory} create. On the default file system
 * the JDK itself adds the permissions 0600 and 0700 there, which a program notices when it moves such a file to a place
 * that others read; for other file systems the JDK does not.
 */
final class TemporaryFiles {
    // The JDK's names hold an unsigned 64-bit random number: hardly ever fewer digits, and few other names as many.
    private static final int FEWEST_DIGITS = 10;
    private static final String MAKER = "java.nio.file.TempFileHelper";

    private TemporaryFiles() {}

    /** Returns the mode of a new file or directory, without permissions for others if it is temporary. */
    static int initialMode(int usual, RwxPath path, FileAttribute<?>... attributes) {
        int mode = ModeBits.initial(usual, attributes);
        return attributes.length == 0 && hasRandomNumber(path.bytes()) && isMadeByJdk() ? mode & 0700 : mode;
    }

    private static boolean hasRandomNumber(byte[] path) {
        int digits = 0;
        for (int i = path.length - 1; i >= 0 && path[i] != '/'; i--) {
            digits = path[i] >= '0' && path[i] <= '9' ? digits + 1 : 0;
            if (digits == FEWEST_DIGITS) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMadeByJdk() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.limit(8).anyMatch(frame -> frame.getClassName().equals(MAKER)));
    }
}
