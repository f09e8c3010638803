package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job's own command, with the job's own capabilities and no others, on real files. */
class ClaimPreparationRunTest {

    @TempDir
    private Path temp;

    private Path software;
    private Path projects;
    private Path shares;
    private Path bin;

    @BeforeEach
    void makeClaim() throws IOException {
        RealTools.assumeRoot(temp);
        software = Files.createDirectory(temp.resolve("ext"));
        projects = Files.createDirectory(temp.resolve("projects"));
        shares = Files.createDirectory(temp.resolve("shares"));
        bin = Files.createDirectory(temp.resolve("bin"));
        // A claim that root made, as most provisioners do, with software of some other user.
        RealTools.own(Files.createFile(software.resolve("python")), 1234, 1234);
        Files.setPosixFilePermissions(software, PosixFilePermissions.fromString("rwxr-x---"));
        RealTools.own(shares, 1234, 1234);
        Files.setPosixFilePermissions(shares, PosixFilePermissions.fromString("---------"));
    }

    @AfterEach
    void removeTools() throws IOException {
        RealTools.remove(temp.resolve("bin"));
    }

    private Container container() {
        return ClaimPreparation.of(StorageModel.of(StorageConfig.defaults()))
                .job("busybox:1.37")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    /** The job's command, with the directories here in place of its mounts. */
    private List<String> command(Container container) {
        Map<String, String> here =
                Map.of("/ext", software.toString(), "/projects", projects.toString(), "/shares", shares.toString());
        return container.getCommand().stream()
                .map(argument -> here.getOrDefault(argument, argument))
                .toList();
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
                command(container));
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
        assertThat(RealTools.owner(projects)).isEqualTo("2001:2001");
        assertThat(RealTools.owner(shares)).isEqualTo("2001:2001");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(software)))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shares)))
                .isEqualTo("rwxr-xr-x");
        assertThat(RealTools.owner(software.resolve("python"))).isEqualTo("1234:1234");
    }

    @ParameterizedTest
    @EnumSource
    void theJobHasNoOtherCapabilities(RealTools tools) throws Exception {
        tools.install(bin);
        Container container = container();

        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).containsExactly("CHOWN", "FOWNER");
        Files.createSymbolicLink(projects.resolve("link"), software.resolve("python"));
        assertThat(run(container, List.of("CHOWN", "FOWNER"))).isZero();
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
