package com.cocalc.storage.files;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads of operations. */
final class WorkerThreads {

    private WorkerThreads() {}

    /** Those that run now; another test may have left some behind that nothing can end. */
    static Set<Thread> running() {
        Thread[] threads = new Thread[Thread.activeCount() + 64];
        int number = Thread.enumerate(threads);
        return Arrays.stream(threads, 0, number)
                .filter(thread -> thread.getName().matches("cocalc-storage-files-[0-9]+"))
                .collect(Collectors.toSet());
    }

    /** Waits for the end of all that have begun since. */
    static void awaitEnd(Set<Thread> before) {
        Set<Thread> left = running();
        left.removeAll(before);
        for (Thread thread : left) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
