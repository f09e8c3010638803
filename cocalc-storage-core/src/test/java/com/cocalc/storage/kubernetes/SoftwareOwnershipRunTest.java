package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job's own command, with the job's own capabilities and no others, on real files. */
class SoftwareOwnershipRunTest {

    @TempDir
    private Path temp;

    private Path software;
    private Path bin;

    @BeforeEach
    void makeClaim() throws IOException {
        RealTools.assumeRoot(temp);
        software = Files.createDirectory(temp.resolve("ext"));
        bin = Files.createDirectory(temp.resolve("bin"));
        // A claim that root made, as most provisioners do, with software of some other user.
        RealTools.own(Files.createFile(software.resolve("python")), 1234, 1234);
        Files.setPosixFilePermissions(software, PosixFilePermissions.fromString("rwxr-x---"));
    }

    @AfterEach
    void removeTools() throws IOException {
        RealTools.remove(temp.resolve("bin"));
    }

    private Container container() {
        StorageConfig config =
                StorageConfig.builder().softwarePath(software.toString()).build();
        return SoftwareOwnership.of(config)
                .job("busybox:1.37")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    private int run(Container container, List<String> capabilities) throws Exception {
        String kept = capabilities.stream()
                .map(capability -> ",+" + capability.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return RealTools.run(
                List.of(
                        RealTools.program("setpriv").toString(),
                        "--no-new-privs",
                        "--inh-caps=-all",
                        "--bounding-set=-all" + kept),
                bin,
                container.getCommand());
    }

    @ParameterizedTest
    @EnumSource
    void theJobsCapabilitiesAreEnough(RealTools tools) throws Exception {
        tools.install(bin);
        Container container = container();

        int status =
                run(container, container.getSecurityContext().getCapabilities().getAdd());

        assertThat(status).isZero();
        assertThat(RealTools.owner(software)).isEqualTo("2001:2001");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(software)))
                .isEqualTo("rwxr-xr-x");
        assertThat(RealTools.owner(software.resolve("python"))).isEqualTo("1234:1234");
    }

    @ParameterizedTest
    @EnumSource
    void runningItAgainChangesNothing(RealTools tools) throws Exception {
        tools.install(bin);
        Container container = container();
        List<String> capabilities =
                container.getSecurityContext().getCapabilities().getAdd();

        assertThat(run(container, capabilities)).isZero();
        assertThat(run(container, capabilities)).isZero();

        assertThat(RealTools.owner(software)).isEqualTo("2001:2001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHOWN", "FOWNER"})
    void withoutOneOfThemTheJobFails(String missing) throws Exception {
        RealTools.GNU.install(bin);
        Container container = container();
        List<String> capabilities = container.getSecurityContext().getCapabilities().getAdd().stream()
                .filter(capability -> !capability.equals(missing))
                .toList();

        assertThat(run(container, capabilities)).isNotZero();
    }
}
