package com.cocalc.storage.rwx;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The class files of these tests, for a JVM that a test starts. */
final class TestClasses {
    private TestClasses() {}

    static Path directory() {
        try {
            return Path.of(TestClasses.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
