package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of copying in this process and in others: under another locale, and as the service's user. */
final class ContractTest {

    @TempDir
    private Path directory;

    @Test
    void theContractHoldsHere() throws IOException {
        ContractRun.run(directory);
    }

    /** The same property names the mount for the contract of RWX file systems. */
    @Test
    void theContractHoldsOnTheMountThatIsNamed() throws IOException {
        String mount = System.getProperty("cocalc.storage.mount");
        assumeTrue(mount != null, "-Dcocalc.storage.mount names no directory of a real mount");
        Path own = Files.createTempDirectory(Path.of(mount), "copying");
        try {
            ContractRun.run(own);
        } finally {
            delete(own);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void theContractHoldsOnTheFake() throws IOException {
        ContractRun.run(home(RwxVolume.create()));
    }

    @Test
    void theContractHoldsOnTheFakesNfs() throws IOException {
        ContractRun.run(home(RwxVolume.builder().nfs().build()));
    }

    @Test
    void theContractHoldsForARootThatTheServerSquashes() throws IOException {
        RwxVolume volume = RwxVolume.builder().nfs().build();
        volume.populate("0777 65534:65534 - home/");

        ContractRun.run(volume.mount(Mount.asRoot().rootSquash()).getPath("/home"));
    }

    @Test
    void thatOwnersCannotBeChangedIsSaidOnce() throws IOException {
        RwxVolume volume = RwxVolume.builder().nfs().build();
        volume.populate("0777 65534:65534 - home/");
        Projects projects =
                new Projects(volume.mount(Mount.asRoot().rootSquash()).getPath("/home"));
        projects.file(projects.a, "notes/one", "text");
        projects.file(projects.a, "notes/two", "text");

        assertThat(projects.copy("notes", "in").remarks())
                .containsExactly("what is made belongs to 65534:65534, not to 2001:2001, as changing owners failed: "
                        + "Operation not permitted");
    }

    @Test
    void whatRootMakesBelongsToTheService() throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0755 2001:2001 - home/");
        Projects projects = new Projects(volume.mount(Mount.asRoot()).getPath("/home"));
        projects.file(projects.a, "notes/one", "text");
        Files.createSymbolicLink(
                projects.a.resolve("notes/link"), projects.a.getFileSystem().getPath("one"));

        assertThat(projects.copy("notes", "made/in").remarks()).isEmpty();
        assertThat(volume.tree().lines().filter(line -> line.contains(Projects.B + "/")))
                .hasSize(5)
                .filteredOn(line -> !line.endsWith(Projects.B + "/"))
                .allMatch(line -> line.contains(" 2001:2001 "));
    }

    private static Path home(RwxVolume volume) {
        volume.populate("0755 2001:2001 - home/");
        return volume.mount(Mount.as(2001, 2001)).getPath("/home");
    }

    @Test
    void theContractHoldsUnderTheLocaleC() throws Exception {
        child(List.of("env", "LC_ALL=C"));
    }

    @Test
    void theContractHoldsAsTheServicesUser() throws Exception {
        assumeTrue(isRoot(), "only root can become user 2001");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        Files.setAttribute(directory, "unix:uid", 2001);
        Files.setAttribute(directory, "unix:gid", 2001);
        List<String> become = List.of("setpriv", "--reuid", "2001", "--regid", "2001", "--clear-groups");
        assumeTrue(canRead(become), "user 2001 may not read the compiled classes");

        child(become);
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static boolean canRead(List<String> become) throws Exception {
        List<String> command = new ArrayList<>(become);
        command.addAll(
                List.of("test", "-r", System.getProperty("java.class.path").replaceFirst(":.*", "") + "/com"));
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private void child(List<String> prefix) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ContractRun.class.getName(),
                directory.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("the contract holds");
    }
}
