package com.cocalc.storage.rwx;

import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * One system call as it is tried, again and again until nothing it walked through changed before it took effect. Walks
 * take no lock: an operation that changes what a walk sees ({@link #exclude}) makes those beside it start anew. An
 * action calls {@link #validate} while it holds the monitors of all it is going to change; errors are believed only if
 * the walk was valid.
 *
 * <p>Locks are taken in this order: servers by number, monitors of directories by inode number, monitors of the rest by
 * inode number.
 */
final class Transaction {
    private static final int OPTIMISTIC_TRIES = 8;

    private static final long[] NONE = {};

    private final Server[] servers;
    /** Of the first server: hardly a container has more of them. */
    private long stamp;

    private final long[] furtherStamps;
    private @Nullable Server toExclude;

    private Transaction(Server[] servers) {
        this.servers = servers;
        this.furtherStamps = servers.length == 1 ? NONE : new long[servers.length - 1];
    }

    /** What is tried. */
    @FunctionalInterface
    interface Action<R extends @Nullable Object> {
        R attempt(Transaction transaction) throws ErrnoException;
    }

    static <R extends @Nullable Object> R run(Server[] servers, Action<R> action) throws ErrnoException {
        Transaction transaction = new Transaction(servers);
        for (int tries = 0; ; tries++) {
            transaction.begin(tries < OPTIMISTIC_TRIES);
            try {
                return action.attempt(transaction);
            } catch (ErrnoException e) {
                if (transaction.isValid()) {
                    throw e;
                }
            } catch (Retry again) {
                Thread.onSpinWait();
            } finally {
                transaction.end();
            }
        }
    }

    private void begin(boolean optimistic) {
        for (int i = 0; i < servers.length; i++) {
            StampedLock lock = servers[i].structure();
            if (servers[i] == toExclude) {
                setStamp(i, lock.writeLock());
                continue;
            }
            long optimisticStamp = optimistic ? lock.tryOptimisticRead() : 0;
            setStamp(i, optimisticStamp != 0 ? optimisticStamp : lock.readLock());
        }
    }

    private void end() {
        for (int i = 0; i < servers.length; i++) {
            if (StampedLock.isLockStamp(stamp(i))) {
                servers[i].structure().unlock(stamp(i));
            }
        }
    }

    private boolean isValid() {
        for (int i = 0; i < servers.length; i++) {
            if (!servers[i].structure().validate(stamp(i))) {
                return false;
            }
        }
        return true;
    }

    /** Starts anew unless all that was walked through is still as it was found. */
    void validate() {
        if (!isValid()) {
            throw Retry.NOW;
        }
    }

    /** Excludes all walks of this server until the end, and validates. */
    void exclude(Server server) {
        for (int i = 0; i < servers.length; i++) {
            if (servers[i] == server && !StampedLock.isWriteLockStamp(stamp(i))) {
                long exclusive = server.structure().tryConvertToWriteLock(stamp(i));
                if (exclusive == 0) {
                    toExclude = server;
                    throw Retry.NOW;
                }
                setStamp(i, exclusive);
            }
        }
    }

    private long stamp(int server) {
        return server == 0 ? stamp : furtherStamps[server - 1];
    }

    private void setStamp(int server, long given) {
        if (server == 0) {
            stamp = given;
        } else {
            furtherStamps[server - 1] = given;
        }
    }
}
