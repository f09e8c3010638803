package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreePagesTest {
    private final FreePages free = new FreePages();

    @ParameterizedTest
    @ValueSource(ints = {4096, 8192, 16384, 32768, 65536})
    void whatIsGivenIsTakenAgain(int length) {
        byte[] given = used(length);
        free.give(given);

        assertThat(free.arrayOf(source(length), 0, length)).isSameAs(given).containsOnly(1);
        assertThat(free.arrayOf(source(length), 0, length)).isNotSameAs(given);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 4095, 4097, 12288, 131072, 1 << 30})
    void whatIsNoArrayOfPagesHasNoSize(int length) {
        assertThat(Magazine.sizeOf(length)).isEqualTo(-1);
    }

    @Test
    void anotherSizeIsMadeAnew() {
        free.give(used(8192));

        assertThat(free.arrayOf(source(4096), 0, 4096)).hasSize(4096);
    }

    @Test
    void whatIsLeftOfOthersIsZero() {
        free.give(used(4096));

        byte[] taken = free.arrayOf(source(100), 7, 4096);

        byte[] expected = new byte[4096];
        Arrays.fill(expected, 7, 107, (byte) 1);
        assertThat(taken).isEqualTo(expected);
    }

    @Test
    void whatFillsManyMagazinesIsTakenAgainEachOnce() {
        Set<byte[]> given = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1000; i++) {
            given.add(used(4096));
        }
        given.forEach(free::give);

        Set<byte[]> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1000; i++) {
            taken.add(free.arrayOf(source(4096), 0, 4096));
        }

        assertThat(taken).hasSize(1000).allMatch(given::contains);
    }

    @Test
    void threadsNeverTakeOneArrayTwice() throws Exception {
        Callable<Integer> worker = () -> {
            List<byte[]> mine = new ArrayList<>();
            int doubled = 0;
            for (int round = 0; round < 200; round++) {
                for (int i = 0; i < 400; i++) {
                    byte[] taken = free.arrayOf(source(4096), 0, 4096);
                    // Nobody else writes to it as long as it is here.
                    doubled += taken[0] == 1 ? 0 : 1;
                    taken[0] = 2;
                    mine.add(taken);
                }
                for (byte[] array : mine) {
                    doubled += array[0] == 2 ? 0 : 1;
                    free.give(array);
                }
                mine.clear();
            }
            return doubled;
        };

        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (Future<Integer> doubled : threads.invokeAll(List.of(worker, worker, worker, worker))) {
            assertThat(doubled.get()).isZero();
        }
        threads.shutdown();
    }

    @Test
    void aLargeFileIsWrittenAgainToTheMemoryOfTheLast() throws Exception {
        Space space = new Space(Budget.UNLIMITED, Budget.UNLIMITED);
        FileNode file = new FileNode(1, 0, 0, 0, 0);
        file.write(source(8 << 20), 0, space);
        file.resize(0, space);
        long before = allocated();

        file.write(source(8 << 20), 0, space);

        // The source is 8 MiB itself.
        assertThat(allocated() - before).isLessThan(9 << 20);
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static byte[] used(int length) {
        byte[] array = new byte[length];
        Arrays.fill(array, (byte) 9);
        return array;
    }

    private static ByteBuffer source(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 1);
        return ByteBuffer.wrap(bytes);
    }
}
