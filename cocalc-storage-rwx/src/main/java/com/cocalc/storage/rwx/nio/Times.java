package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Times as the JDK passes them to the kernel. */
final class Times {
    private static final long SECOND = 1_000_000_000L;
    private static final long MICROS_OF_SECOND = 1_000_000;
    /** The first whole second that nanoseconds reach. */
    private static final long EARLIEST = Long.MIN_VALUE / SECOND * SECOND;

    private Times() {}

    static long nanoseconds(@Nullable FileTime time, long otherwise) {
        return time == null ? otherwise : time.to(TimeUnit.NANOSECONDS);
    }

    /**
     * Returns the time in nanoseconds that futimes(3) sets, which has microseconds. Here the JDK does not try again
     * with a time before 1970.
     */
    static long wholeMicroseconds(@Nullable FileTime time, long otherwise) throws ErrnoException {
        long nanoseconds = cut(time, otherwise);
        if (isNegativeFraction(nanoseconds)) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        return nanoseconds;
    }

    /** Returns the time in nanoseconds that a call with microseconds can set. */
    static long cut(@Nullable FileTime time, long otherwise) {
        long micros = time == null ? otherwise / 1000 : time.to(TimeUnit.MICROSECONDS);
        long nanoseconds = TimeUnit.MICROSECONDS.toNanos(micros);
        return micros % MICROS_OF_SECOND == 0 ? Math.max(nanoseconds, EARLIEST) : nanoseconds;
    }

    /**
     * The JDK passes a fraction of a second before 1970 as a negative number, which the kernel refuses (EINVAL), and
     * then tries again with 1970 for every earlier time.
     */
    static long accepted(long time, long other) {
        boolean isRefused = isNegativeFraction(time) || isNegativeFraction(other);
        return isRefused && time < 0 ? 0 : time;
    }

    private static boolean isNegativeFraction(long time) {
        return time < 0 && time % SECOND != 0;
    }
}
