package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.rwx.Recording;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeClaim;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The claims of a test, and its operations on them, without those of the extension itself. */
final class Journal {

    static final int KEPT = 200;

    private final FakeCluster cluster;
    private final Map<RwxVolume, Recording> recordings = new LinkedHashMap<>();

    /** Starts recording on the existing volumes. */
    Journal(FakeCluster cluster) {
        this.cluster = cluster;
        claims().forEach(claim -> recordings.computeIfAbsent(claim.volume(), volume -> volume.recordLast(KEPT)));
    }

    /** Returns the claims that have files now. */
    List<FakeClaim> claims() {
        return cluster.claims().stream().filter(FakeClaim::isBound).toList();
    }

    /** Returns the recording of a claim, or null for one that the test itself has created. */
    @Nullable
    Recording recording(FakeClaim claim) {
        return recordings.get(claim.volume());
    }

    <T> T withoutRecording(Supplier<T> preparation) {
        recordings.values().forEach(Recording::pause);
        try {
            return preparation.get();
        } finally {
            recordings.values().forEach(Recording::resume);
        }
    }

    void close() {
        recordings.values().forEach(Recording::close);
    }
}
