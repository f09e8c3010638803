package com.cocalc.storage.testkit.rwx;

import java.io.IOException;

/** {@code toRealPath}: of the file that exists there. */
final class ResolvedPath {
    private ResolvedPath() {}

    static RwxPath of(RwxPath path, boolean follow) throws IOException {
        RwxFileSystem fileSystem = path.getFileSystem();
        try {
            RwxPath absolute = path.toAbsolutePath();
            if (follow) {
                return new RwxPath(fileSystem, fileSystem.syscalls().realpath(absolute.bytes()));
            }
            RwxPath real = withoutDots(absolute);
            fileSystem.syscalls().stat(null, real.bytes(), false);
            return real;
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    /** Takes {@code ..} away where that leads to the same place: not behind a link. */
    private static RwxPath withoutDots(RwxPath absolute) throws ErrnoException {
        RwxPath result = absolute.getFileSystem().root();
        for (int i = 0; i < absolute.getNameCount(); i++) {
            RwxPath element = absolute.getName(i);
            String name = element.toString();
            if (name.equals("..") && !isLink(result)) {
                RwxPath parent = result.getParent();
                result = parent == null ? absolute.getFileSystem().root() : parent;
            } else if (!name.equals(".")) {
                result = result.resolve(element);
            }
        }
        return result;
    }

    private static boolean isLink(RwxPath path) throws ErrnoException {
        return path.getFileSystem().syscalls().stat(null, path.bytes(), false).isLink();
    }
}
