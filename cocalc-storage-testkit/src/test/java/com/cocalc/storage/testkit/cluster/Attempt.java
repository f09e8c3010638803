package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.testkit.cluster.program.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What happens to somebody who tries, in the words of the system. */
final class Attempt {

    private Attempt() {}

    static String tryToCreate(Path file) {
        try {
            Files.createFile(file);
            return "ok";
        } catch (IOException e) {
            return Reasons.of(e);
        }
    }

    static String tryToWrite(Path file) {
        try {
            Files.writeString(file, "written");
            return "ok";
        } catch (IOException e) {
            return Reasons.of(e);
        }
    }

    /** As the first line of a project's start script. */
    static String cp(Path target) {
        String outcome = tryToCreate(target);
        return outcome.equals("ok") ? "ok" : "cp: cannot create regular file '" + target + "': " + outcome;
    }
}
