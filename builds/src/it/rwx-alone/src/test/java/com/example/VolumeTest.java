package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.File;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeTest {

    @Test
    void anotherUserMayNotReadWhatIsPrivate() throws Exception {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0700 2001:2001 - projects/p1/");

        try (FileSystem owner = volume.mount(Mount.as(2001, 2001).subPath("projects/p1"));
                FileSystem stranger = volume.mount(Mount.as(1000, 1000))) {
            Files.writeString(owner.getPath("/secret"), "42");

            assertEquals("42", Files.readString(owner.getPath("/secret")));
            assertThrows(AccessDeniedException.class, () -> Files.readString(stranger.getPath("/projects/p1/secret")));
        }
    }

    @Test
    void nothingElseIsOnTheClassPath() {
        List<String> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> new File(entry).getName())
                .filter(name -> name.endsWith(".jar"))
                .filter(name -> !name.matches("(junit|surefire|opentest4j|apiguardian|common-java5|jspecify).*"))
                .map(name -> name.replaceAll("-[0-9].*", ""))
                .sorted()
                .toList();

        assertEquals(List.of("cocalc-storage-api", "cocalc-storage-rwx"), jars);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.fabric8.kubernetes.api.model.Pod",
                "com.fasterxml.jackson.databind.JsonNode",
                "com.cocalc.storage.kubernetes.PodStorage"
            })
    void nothingOfKubernetesIsThere(String name) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }
}
