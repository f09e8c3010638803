package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InodeNumbersTest {
    private static final int THREADS = 4;
    private static final int EACH = 10_000;

    @Test
    void oneThreadCountsFromOneOn() {
        InodeNumbers numbers = new InodeNumbers(0);

        for (long expected = 1; expected <= 200; expected++) {
            assertThat(numbers.next()).isEqualTo(expected);
        }
    }

    @Test
    void noNumberIsGivenTwiceToAnyThread() throws Exception {
        InodeNumbers numbers = new InodeNumbers(0);
        Callable<List<Long>> taker = () -> {
            List<Long> taken = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                taken.add(numbers.next());
            }
            return taken;
        };

        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Set<Long> all = new HashSet<>();
        for (Future<List<Long>> taken : threads.invokeAll(List.of(taker, taker, taker, taker))) {
            all.addAll(taken.get());
        }
        threads.shutdown();

        assertThat(all).hasSize(THREADS * EACH);
    }

    @Test
    void whoStartsBehindTheLastOneGivesOthers() {
        InodeNumbers before = new InodeNumbers(0);
        before.next();
        InodeNumbers after = new InodeNumbers(before.last());

        long first = after.next();

        for (int i = 0; i < 63; i++) {
            assertThat(before.next()).isLessThan(first);
        }
    }
}
