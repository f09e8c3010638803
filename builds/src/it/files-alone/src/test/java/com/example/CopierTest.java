package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.FilesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopierTest {

    private static final ProjectId FROM = ProjectId.parse("aaaaaaaa-0000-4000-8000-000000000001");
    private static final ProjectId TO = ProjectId.parse("bbbbbbbb-0000-4000-8000-000000000002");

    @TempDir
    private Path root;

    @Test
    void aFileIsCopiedFromOneProjectToAnother() throws IOException {
        Path home = Files.createDirectories(root.resolve("projects/" + FROM));
        Path other = Files.createDirectories(root.resolve("projects/" + TO));
        Files.writeString(home.resolve("notes"), "hello");

        assertEquals(1, new Copier(root).copy(FROM, "notes", TO).files());

        assertEquals("hello", Files.readString(other.resolve("notes")));
    }

    @Test
    void whatIsNotThereIsRefused() throws IOException {
        Files.createDirectories(root.resolve("projects/" + FROM));
        Files.createDirectories(root.resolve("projects/" + TO));
        Copier copier = new Copier(root);

        assertThrows(FilesException.class, () -> copier.copy(FROM, "notes", TO));
    }

    @Test
    void nothingOfKubernetesIsThere() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("io.fabric8.kubernetes.api.model.Pod"));
        assertThrows(ClassNotFoundException.class, () -> Class.forName("com.fasterxml.jackson.databind.JsonNode"));
    }
}
