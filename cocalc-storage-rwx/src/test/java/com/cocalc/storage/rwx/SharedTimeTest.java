package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedTimeTest {
    private static final long START = 5_000_000;
    private static final int STEP = 1_000;
    private static final int THREADS = 4;
    private static final int EACH = 200_000;
    /** More than a thread does before it counts the others as a crowd. */
    private static final int LONG = 1_000;
    /** More than a thread does before it finds out that the crowd has gone. */
    private static final int WINDOWS = 256;

    private final SharedTime time = new SharedTime(START);
    private final List<ExecutorService> threads = new ArrayList<>();

    @AfterEach
    void stop() {
        threads.forEach(ExecutorService::shutdownNow);
    }

    @Test
    void aThreadAloneIsGivenEachTimeOnce() {
        for (int i = 1; i <= 100_000; i++) {
            assertThat(time.work(STEP)).isEqualTo(START + i * (long) STEP);
        }
    }

    @Test
    void threadsThatWaitForEachOtherAreGivenEachTimeOnce() throws Exception {
        ExecutorService other = inAnotherLane();

        for (int i = 1; i <= LONG / 10; i++) {
            assertThat(time.work(STEP)).isEqualTo(START + (2L * i - 1) * STEP);
            assertThat(workIn(other)).isEqualTo(START + 2L * i * STEP);
        }
    }

    @Test
    void timeThatAThreadLetsPassMakesNoCrowd() {
        for (int i = 1; i <= LONG; i++) {
            time.advance(7 * STEP);
            assertThat(time.work(STEP)).isEqualTo(START + i * 8L * STEP);
        }
    }

    @Test
    void inACrowdAllWorkCountsThoughTimesAreGivenTwice() throws Exception {
        ExecutorService other = inAnotherLane();
        crowd(other);
        List<Long> given = new ArrayList<>();

        for (int i = 0; i < WINDOWS; i++) {
            given.add(time.work(STEP));
            given.add(workIn(other));
        }

        assertThat(given).isSorted();
        assertThat(given.stream().distinct().count()).isBetween(2L * WINDOWS / 64, (long) WINDOWS);
        assertThat(time.now()).isEqualTo(START + 2L * (LONG + WINDOWS) * STEP);
    }

    @Test
    void whoAsksForTheTimeIsGivenAnEarlierOneByNobody() throws Exception {
        ExecutorService other = inAnotherLane();
        crowd(other);

        for (int i = 1; i <= WINDOWS; i++) {
            workIn(other);
            long now = time.now();
            assertThat(now).isEqualTo(START + 2L * LONG * STEP + (2L * i - 1) * STEP);
            assertThat(time.work(STEP)).isGreaterThanOrEqualTo(now);
        }
    }

    @Test
    void whenTheCrowdHasGoneEachTimeIsGivenOnceAgain() throws Exception {
        crowd(inAnotherLane());
        LongStream.range(0, WINDOWS).forEach(i -> time.work(STEP));

        long now = time.now();

        for (int i = 1; i <= LONG; i++) {
            assertThat(time.work(STEP)).isEqualTo(now + i * (long) STEP);
        }
    }

    @Test
    void whoWasNotInTheCrowdIsGivenEachTimeOnce() throws Exception {
        crowd(inAnotherLane());
        ExecutorService third = inAnotherLane();
        long before = workIn(third);

        for (int i = 1; i <= LONG; i++) {
            assertThat(workIn(third)).isEqualTo(before + i * (long) STEP);
        }
    }

    @Test
    void sideBySideAllWorkCountsAndNoTimeIsEarlierThanOneGivenBefore() throws Exception {
        AtomicLong latest = new AtomicLong();
        Callable<Integer> worker = () -> {
            int backwards = 0;
            for (int i = 0; i < EACH; i++) {
                long before = latest.get();
                long now = time.work(STEP);
                backwards += now < before ? 1 : 0;
                if (i % 64 == 0) {
                    latest.accumulateAndGet(i % 128 == 0 ? now : time.now(), Math::max);
                }
            }
            return backwards;
        };

        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        threads.add(pool);
        for (Future<Integer> backwards : pool.invokeAll(List.of(worker, worker, worker, worker))) {
            assertThat(backwards.get()).isZero();
        }

        assertThat(time.now()).isEqualTo(START + (long) THREADS * EACH * STEP);
    }

    @Test
    void withoutACrowdTwoThreadsAreNeverGivenOneTime() throws Exception {
        Callable<List<Long>> worker = () -> {
            List<Long> given = new ArrayList<>();
            for (int i = 0; i < 64 * 7; i++) {
                given.add(time.work(STEP));
            }
            return given;
        };

        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        threads.add(pool);
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> given : pool.invokeAll(List.of(worker, worker, worker, worker))) {
            all.addAll(given.get());
        }

        assertThat(all).doesNotHaveDuplicates();
    }

    /** Lets this thread and another one take turns for so long that they count as a crowd. */
    private void crowd(ExecutorService other) throws Exception {
        for (int i = 0; i < LONG; i++) {
            time.work(STEP);
            workIn(other);
        }
    }

    private long workIn(ExecutorService thread) throws Exception {
        return thread.submit(() -> time.work(STEP)).get();
    }

    /** A thread that shares its lane with none of those before. */
    private ExecutorService inAnotherLane() throws Exception {
        List<Integer> taken = new ArrayList<>(List.of(Lane.ofThisThread()));
        for (ExecutorService thread : threads) {
            taken.add(thread.submit(Lane::ofThisThread).get());
        }
        while (true) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            int lane = thread.submit(Lane::ofThisThread).get();
            if (!taken.contains(lane)) {
                threads.add(thread);
                return thread;
            }
            thread.shutdown();
        }
    }
}
