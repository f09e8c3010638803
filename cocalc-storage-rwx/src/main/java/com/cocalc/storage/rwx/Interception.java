package com.cocalc.storage.rwx;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.rwx.call.OperationEvent;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.CallListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The hooks, recordings, faults and latencies that a test set for the operations of a volume. */
final class Interception implements CallListener {
    private final List<Fault.Running> faults = new CopyOnWriteArrayList<>();
    private final List<Recording> recordings = new CopyOnWriteArrayList<>();
    private final Map<Operation, Duration> latencies = new ConcurrentHashMap<>();
    private final ThreadLocal<Boolean> isInHook = ThreadLocal.withInitial(() -> false);
    private final @Nullable VirtualTime time;
    private volatile @Nullable Consumer<OperationEvent> hook;

    Interception(@Nullable VirtualTime time) {
        this.time = time;
    }

    @Override
    public void before(OperationEvent event) throws ErrnoException {
        // What the hook itself does is neither recorded nor made to fail: it stands for another process.
        if (isInHook.get()) {
            return;
        }
        recordings.forEach(recording -> recording.add(event));
        Duration latency = latencies.get(event.operation());
        if (latency != null && time != null) {
            time.advance(latency);
        }
        Consumer<OperationEvent> now = hook;
        if (now != null) {
            isInHook.set(true);
            try {
                now.accept(event);
            } finally {
                isInHook.remove();
            }
        }
        // Each counts the operation, whichever of them makes it fail.
        Errno first = null;
        for (Fault.Running fault : faults) {
            Errno errno = fault.meet(event.operation());
            first = first == null ? errno : first;
        }
        if (first != null) {
            throw ErrnoException.of(first);
        }
    }

    void inject(Fault fault) {
        faults.add(fault.start());
    }

    void heal() {
        faults.clear();
    }

    void setHook(Consumer<OperationEvent> newHook) {
        hook = newHook;
    }

    void setLatency(Operation operation, Duration latency) {
        if (time == null) {
            throw new IllegalStateException(
                    "latency must have a virtual clock to count on, but this volume has another;"
                            + " leave builder().clock(…) out");
        }
        if (latency.isNegative()) {
            throw InvalidValueException.of(
                    "latency", "not be negative", latency.toString(), "a volume's time only moves forward");
        }
        latencies.put(operation, latency);
    }

    Recording record(int longest) {
        Recording recording = new Recording(this, longest);
        recordings.add(recording);
        return recording;
    }

    void stop(Recording recording) {
        recordings.remove(recording);
    }
}
