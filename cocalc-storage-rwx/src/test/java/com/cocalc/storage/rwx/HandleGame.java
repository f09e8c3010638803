package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One player opens files by names that all others rename and remove, and looks whether its handles stay its own. */
final class HandleGame {
    private HandleGame() {}

    /** Returns how many files it made. */
    static long play(Calls calls, long mark, int rounds) throws ErrnoException {
        long opened = 0;
        for (int i = 0; i < rounds; i++) {
            OpenFile file = create(calls, i % 2 == 0 ? "d/f" : "f");
            if (file != null) {
                opened++;
                ByteBuffer written =
                        ByteBuffer.allocate(16).putLong(mark).putLong(i).flip();
                assertThat(file.write(written.duplicate(), 0)).isEqualTo(16);
                calls.rename("d/f", "f");
                calls.rename("f", "d/f");
                calls.unlink("f");
                calls.unlink("d/f");
                ByteBuffer read = ByteBuffer.allocate(17);
                assertThat(file.read(read, 0)).isEqualTo(16);
                assertThat(read.flip()).isEqualTo(written);
                assertThat(file.stat().nlink()).isLessThanOrEqualTo(1);
                file.close();
            }
        }
        calls.unlink("f");
        calls.unlink("d/f");
        return opened;
    }

    private static @Nullable OpenFile create(Calls calls, String path) {
        try {
            return calls.open(path, OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.EXCL);
        } catch (ErrnoException taken) {
            assertThat(taken.errno()).isEqualTo(Errno.EEXIST);
            return null;
        }
    }
}
