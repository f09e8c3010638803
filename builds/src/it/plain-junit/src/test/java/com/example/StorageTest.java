package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.testkit.junit.CocalcStorageExtension;
import com.cocalc.storage.testkit.junit.Licensed;
import com.cocalc.storage.testkit.junit.Project;
import com.cocalc.storage.testkit.junit.RunningProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CocalcStorageExtension.class)
class StorageTest {

    @Test
    void aHomeBelongsToItsProject(Path home, @Project(2) RunningProject other) throws IOException {
        Files.writeString(home.resolve("notes"), "mine");

        assertThat(other.home().resolve("notes")).doesNotExist();
    }

    @Test
    void whatOneProjectInstallsAnotherOneReads(
            @Licensed(extRw = true) RunningProject author, @Project(2) RunningProject reader) throws IOException {
        Files.writeString(author.software().resolve("kernel.json"), "{}");

        assertThat(reader.software().resolve("kernel.json")).hasContent("{}");
        assertThatThrownBy(() -> Files.delete(reader.software().resolve("kernel.json")))
                .hasMessage("/ext/kernel.json: Read-only file system");
    }
}
