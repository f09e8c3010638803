package com.cocalc.storage.files.copy;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.files.tree.OpenLimit;
import java.time.Duration;

/**
 * What a service spends on an operation.
 *
 * @param threads how many threads work on it
 * @param openLimit how long it may take to open a file
 * @param identity to whom what is made shall belong
 */
public record CopyMeans(int threads, OpenLimit openLimit, PosixIdentity identity) {

    private static final int MOST_THREADS = 256;

    public CopyMeans {
        if (threads < 1 || threads > MOST_THREADS) {
            throw InvalidValueException.of(
                    "number of threads",
                    "be from 1 to " + MOST_THREADS,
                    Integer.toString(threads),
                    "use 1 for one file after the other");
        }
    }

    public static CopyMeans of(PosixIdentity identity) {
        return new CopyMeans(4, OpenLimit.of(Duration.ofSeconds(10)), identity);
    }

    public CopyMeans withThreads(int number) {
        return new CopyMeans(number, openLimit, identity);
    }

    public CopyMeans withOpenLimit(Duration limit) {
        return new CopyMeans(threads, openLimit.with(limit), identity);
    }
}
