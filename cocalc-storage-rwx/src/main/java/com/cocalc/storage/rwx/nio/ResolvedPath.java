package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.Syscalls;
import com.cocalc.storage.rwx.nio.path.PathAlgebra;
import com.cocalc.storage.rwx.nio.path.PathBytes;
import java.io.IOException;
import java.util.Arrays;

/**
 * The result of {@code toRealPath}. With links followed, it works as realpath(3) of glibc, which walks by text and
 * reads only names.
 */
final class ResolvedPath {
    private static final int MAX_LINKS = 40;

    private final Syscalls syscalls;
    private byte[] real = PathBytes.EMPTY;
    private byte[] rest;
    private int at;
    private int links;

    private ResolvedPath(Syscalls syscalls, byte[] absolute) {
        this.syscalls = syscalls;
        this.rest = absolute;
    }

    static RwxPath of(RwxPath path, boolean follow) throws IOException {
        RwxFileSystem fileSystem = path.getFileSystem();
        RwxPath absolute = path.toAbsolutePath();
        if (!follow) {
            return ofLink(absolute);
        }
        try {
            return new RwxPath(fileSystem, new ResolvedPath(fileSystem.syscalls(), absolute.bytes()).resolve());
        } catch (ErrnoException e) {
            throw Failures.of(e, path);
        }
    }

    /** Resolves a link; a failure names the resolved path and not the given one. */
    private static RwxPath ofLink(RwxPath absolute) throws IOException {
        RwxPath real = withoutDots(absolute);
        try {
            real.getFileSystem().syscalls().stat(null, real.bytes(), false);
            return real;
        } catch (ErrnoException e) {
            throw Failures.of(e, real);
        }
    }

    private byte[] resolve() throws ErrnoException {
        for (int start = skipSlashes(0); start < rest.length; start = skipSlashes(at)) {
            at = start;
            while (at < rest.length && rest[at] != '/') {
                at++;
            }
            int size = at - start;
            if (size == 2 && rest[start] == '.' && rest[start + 1] == '.') {
                real = Arrays.copyOf(real, Math.max(0, lastSlash()));
            } else if (size != 1 || rest[start] != '.') {
                enter(PathAlgebra.resolve(
                        real.length == 0 ? new byte[] {'/'} : real, Arrays.copyOfRange(rest, start, at)));
            }
        }
        return real.length == 0 ? new byte[] {'/'} : real;
    }

    private void enter(byte[] name) throws ErrnoException {
        try {
            byte[] target = syscalls.readlink(null, name);
            if (++links > MAX_LINKS) {
                throw ErrnoException.of(Errno.ELOOP);
            }
            byte[] after = Arrays.copyOfRange(rest, at, rest.length);
            rest = after.length == 0 ? target : PathAlgebra.resolve(target, after);
            at = 0;
            if (target[0] == '/') {
                real = PathBytes.EMPTY;
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            if (isDirectoryDemanded()) {
                syscalls.access(null, PathAlgebra.resolve(name, PathBytes.EMPTY), 0);
            }
            real = name;
        }
    }

    /** Returns whether a slash, or only dots, come next, so that nothing else checks whether this is a directory. */
    private boolean isDirectoryDemanded() {
        int next = at;
        while (next < rest.length && rest[next] == '/') {
            next = skipSlashes(next);
            if (next == rest.length) {
                return true;
            }
            if (rest[next] != '.') {
                return false;
            }
            next++;
            if (next < rest.length && rest[next] == '.') {
                return next + 1 == rest.length || rest[next + 1] == '/';
            }
        }
        return next == rest.length && next > at;
    }

    private int skipSlashes(int from) {
        int next = from;
        while (next < rest.length && rest[next] == '/') {
            next++;
        }
        return next;
    }

    private int lastSlash() {
        int last = real.length - 1;
        while (last > 0 && real[last] != '/') {
            last--;
        }
        return last;
    }

    /** Removes {@code ..} if the path then leads to the same place, which it does not after a link. */
    private static RwxPath withoutDots(RwxPath absolute) throws IOException {
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

    /** Returns whether the path is a link; a failure names this part of the path, as in the JDK. */
    private static boolean isLink(RwxPath path) throws IOException {
        return new PathTarget(path, false).stat().isLink();
    }
}
