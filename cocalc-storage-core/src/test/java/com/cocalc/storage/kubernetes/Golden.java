package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Whole outputs as a person reviews them, in {@code src/test/resources/golden}. */
final class Golden {

    private Golden() {}

    static void assertEqual(String file, String actual) {
        assertThat(actual).as("golden/%s", file).isEqualTo(read(file));
    }

    private static String read(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            assertThat(in).as("golden/%s is a test resource", file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
