package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** System calls with paths as text, and the error of those that fail. */
record Calls(Syscalls system) {

    /** A call that may fail. */
    @FunctionalInterface
    interface Call {
        void run() throws ErrnoException;
    }

    static Calls on(RwxVolume volume, Mount mount) {
        return new Calls(volume.syscalls(mount));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** The error of a call, null if it worked. */
    static @Nullable Errno errno(Call call) {
        try {
            call.run();
            return null;
        } catch (ErrnoException e) {
            return e.errno();
        }
    }

    /** Runs what must work. */
    static void must(Call call) {
        assertThat(errno(call)).isNull();
    }

    @Nullable
    Errno mkdir(String path) {
        return errno(() -> system.mkdir(null, bytes(path), 0777));
    }

    @Nullable
    Errno rmdir(String path) {
        return errno(() -> system.rmdir(null, bytes(path)));
    }

    @Nullable
    Errno unlink(String path) {
        return errno(() -> system.unlink(null, bytes(path)));
    }

    @Nullable
    Errno rename(String from, String to) {
        return errno(() -> system.rename(null, bytes(from), null, bytes(to)));
    }

    @Nullable
    Errno link(String from, String to) {
        return errno(() -> system.link(null, bytes(from), null, bytes(to)));
    }

    @Nullable
    Errno symlink(String target, String path) {
        return errno(() -> system.symlink(bytes(target), null, bytes(path)));
    }

    @Nullable
    Errno chmod(String path, int mode) {
        return errno(() -> system.chmod(null, bytes(path), mode, true));
    }

    @Nullable
    Errno chown(String path, long uid, long gid) {
        return errno(() -> system.chown(null, bytes(path), uid, gid, false));
    }

    @Nullable
    Errno access(String path, int want) {
        return errno(() -> system.access(null, bytes(path), want));
    }

    @Nullable
    Errno write(String path, String content) {
        return errno(() -> {
            OpenFile file = open(path, OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.TRUNC);
            try {
                file.write(ByteBuffer.wrap(bytes(content)), 0);
            } finally {
                file.close();
            }
        });
    }

    OpenFile open(String path, int flags) throws ErrnoException {
        return system.open(null, bytes(path), flags, 0666);
    }

    String read(String path) {
        StringBuilder content = new StringBuilder();
        must(() -> {
            OpenFile file = open(path, OpenFlags.READ);
            ByteBuffer buffer = ByteBuffer.allocate(10_000);
            file.read(buffer, 0);
            file.close();
            content.append(new String(buffer.array(), 0, buffer.position(), UTF_8));
        });
        return content.toString();
    }

    Stat stat(String path) {
        try {
            return system.stat(null, bytes(path), false);
        } catch (ErrnoException e) {
            throw new AssertionError(path, e);
        }
    }
}
