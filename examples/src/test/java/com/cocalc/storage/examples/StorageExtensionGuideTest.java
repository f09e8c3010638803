package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.testkit.junit.CocalcStorageExtension;
import com.cocalc.storage.testkit.junit.Licensed;
import com.cocalc.storage.testkit.junit.Mounted;
import com.cocalc.storage.testkit.junit.Project;
import com.cocalc.storage.testkit.junit.RootSquash;
import com.cocalc.storage.testkit.junit.RunningProject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// guide
@ExtendWith(CocalcStorageExtension.class)
class StorageExtensionGuideTest {

    @Test
    void whatOneProjectInstallsAllProjectsRead(
            @Licensed(extRw = true) RunningProject author, @Project(2) RunningProject reader) throws IOException {
        Files.writeString(author.software().resolve("kernel.json"), "{}");

        assertThat(reader.software().resolve("kernel.json")).hasContent("{}");
        assertThatThrownBy(() -> Files.delete(reader.software().resolve("kernel.json")))
                .hasMessage("/ext/kernel.json: Read-only file system");
    }

    @Test
    void aLicenceCountsFromTheNextStartOn(RunningProject project) throws IOException {
        assertThat(Files.isWritable(project.software())).isFalse();

        project.restart(
                ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build())));

        assertThat(Files.isWritable(project.software())).isTrue();
    }

    @Test
    @RootSquash
    void aBackupThatRunsAsRootCannotReadWhatIsPrivate(Path home, @Mounted(as = "0:0", readOnly = true) Path backup)
            throws IOException {
        Files.writeString(home.resolve("notes"), "hello");
        Files.setPosixFilePermissions(home.resolve("notes"), PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> Files.readString(backup.resolve("notes"))).isInstanceOf(AccessDeniedException.class);
    }
}
// end
