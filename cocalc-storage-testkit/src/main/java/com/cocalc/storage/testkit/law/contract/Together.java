package com.cocalc.storage.testkit.law.contract;

import com.cocalc.storage.testkit.law.contract.Bench.Broken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Several threads that use a storage at the same time. */
final class Together {

    private Together() {}

    /** The work of one thread. */
    interface Work<T> {
        T run() throws IOException, Broken;
    }

    /** Runs all works and waits for all of them, and then throws the first failure. */
    static <T> List<T> run(List<Work<T>> works) throws IOException, Broken {
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (Work<T> work : works) {
            FutureTask<T> task = new FutureTask<>(work::run);
            tasks.add(task);
            Thread thread = new Thread(task, "law");
            thread.setDaemon(true);
            thread.start();
        }
        List<T> results = new ArrayList<>();
        ExecutionException failure = null;
        for (FutureTask<T> task : tasks) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                failure = failure == null ? e : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        if (failure != null) {
            throw cause(failure);
        }
        return results;
    }

    private static IOException cause(ExecutionException failure) throws Broken {
        if (failure.getCause() instanceof Broken broken) {
            throw broken;
        }
        return failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
    }
}
