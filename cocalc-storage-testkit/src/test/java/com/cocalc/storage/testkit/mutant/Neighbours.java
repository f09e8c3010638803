package com.cocalc.storage.testkit.mutant;

import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;

/** What lies beside the directory that a program works on, before it ran. */
final class Neighbours {

    private final RwxVolume volume;
    private final String own;
    private final List<String> before;

    private Neighbours(RwxVolume volume, String own) {
        this.volume = volume;
        this.own = own;
        before = lines();
    }

    /** Everything on the volume but a directory and what is in it. */
    static Neighbours of(RwxVolume volume, String own) {
        return new Neighbours(volume, own);
    }

    private List<String> lines() {
        return volume.tree()
                .lines()
                .filter(line -> !line.contains(" " + own + "/"))
                .toList();
    }

    void check(Set<String> caughtBy) {
        if (!lines().equals(before)) {
            caughtBy.add("property: neighbours are as they were");
        }
    }

    /** How the fake volume names a failure that should not have come. */
    static String fake(IOException e) {
        if (e instanceof AtomicMoveNotSupportedException) {
            return "fake volume: Invalid cross-device link";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return "fake volume: " + (reason == null ? e.getClass().getSimpleName() : reason);
    }
}
