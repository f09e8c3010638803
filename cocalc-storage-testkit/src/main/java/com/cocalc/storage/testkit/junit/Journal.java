package com.cocalc.storage.testkit.junit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.testkit.rwx.Recording;
import com.cocalc.storage.testkit.rwx.RwxVolume;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The claims of a test, and what it did on them. What the extension itself does is left out. */
final class Journal {

    static final int KEPT = 200;

    private final Map<ClaimName, RwxVolume> volumes;
    private final Map<ClaimName, Recording> recordings = new LinkedHashMap<>();

    Journal(Map<ClaimName, RwxVolume> volumes) {
        this.volumes = volumes;
        volumes.forEach((claim, volume) -> recordings.put(claim, volume.recordLast(KEPT)));
    }

    Map<ClaimName, RwxVolume> volumes() {
        return volumes;
    }

    Recording recording(ClaimName claim) {
        return requireNonNull(recordings.get(claim));
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
