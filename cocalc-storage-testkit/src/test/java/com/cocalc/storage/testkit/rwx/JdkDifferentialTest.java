package com.cocalc.storage.testkit.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cocalc.storage.PosixIdentity;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/** Asks the JDK the same of the fake and of the real disk, as an unprivileged user. */
@EnabledOnJre(
        value = JRE.JAVA_17,
        disabledReason = "the fake answers as JDK 17 does; later ones throw otherwise in places")
class JdkDifferentialTest {
    private static final int FIRST = Integer.getInteger("jdk.cases.first", 0);
    // A prime, so that every operation and every object comes up; 1 is all of them, in a minute and a half.
    private static final int DISTANCE = Integer.getInteger("jdk.cases.distance", 29);
    private static final Path OTHER_DEVICE = Path.of("/dev/shm");

    private Path main;
    private Path other;

    @BeforeEach
    void takeDirectoriesOnTwoDevices() throws IOException {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/setpriv")), "skipped: needs setpriv of util-linux to act as uid 2001");
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "skipped: needs root, to act as uid 2001");
        assumeTrue(Files.isWritable(OTHER_DEVICE), "skipped: needs /dev/shm as a second device");
        main = Files.createTempDirectory("jdk-differential");
        other = Files.createTempDirectory(OTHER_DEVICE, "jdk-differential");
        Files.setAttribute(main, "unix:mode", 0755);
        Files.setAttribute(other, "unix:mode", 0755);
    }

    @AfterEach
    void removeDirectories() throws IOException {
        if (main != null) {
            JdkCase.clear(main);
            JdkCase.clear(other);
        }
    }

    @Test
    void theFakeAnswersAsTheRealDiskDoes() throws Exception {
        List<JdkCase> cases = chosen();
        List<String> real = onTheRealDisk(cases);

        List<String> differences = new ArrayList<>();
        List<String> fake = onTheFake(cases);
        for (int i = 0; i < cases.size(); i++) {
            if (!real.get(i).equals(fake.get(i))) {
                differences.add(cases.get(i) + "\n  real: " + real.get(i) + "\n  fake: " + fake.get(i));
            }
        }

        assertThat(cases).hasSizeGreaterThan(300);
        assertThat(differences)
                .as(differences.size() + " of " + cases.size() + " cases differ:\n" + String.join("\n", differences))
                .isEmpty();
    }

    private static List<JdkCase> chosen() {
        List<JdkCase> all = JdkCase.all();
        List<JdkCase> chosen = new ArrayList<>();
        for (int i = FIRST; i < all.size(); i += DISTANCE) {
            chosen.add(all.get(i));
        }
        return chosen;
    }

    private List<String> onTheRealDisk(List<JdkCase> cases) throws Exception {
        for (JdkCase one : cases) {
            one.prepare(one.arena(main, other));
        }
        List<String> outcomes = runAsUser(cases.size());
        for (int i = 0; i < cases.size(); i++) {
            JdkArena arena = cases.get(i).arena(main, other);
            outcomes.set(i, outcomes.get(i) + "\n" + arena.describe());
        }
        return outcomes;
    }

    private List<String> runAsUser(int count) throws Exception {
        Path classes = Files.createDirectory(main.resolve("classes"));
        copyClasses(classes);
        Path output = main.resolve("outcomes");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask 022; exec setpriv --reuid 2001 --regid 2001 --clear-groups \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        classes.toString(),
                        JdkCase.class.getName(),
                        main.toString(),
                        other.toString(),
                        Integer.toString(FIRST),
                        Integer.toString(DISTANCE))
                .directory(new File("/"))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        List<String> outcomes = new ArrayList<>(Files.readAllLines(output, StandardCharsets.UTF_8));
        assertThat(outcomes).hasSize(count);
        return outcomes;
    }

    /** The user may not be able to read the build's directory. */
    private static void copyClasses(Path to) throws IOException {
        Path source = Path.of("target/test-classes").resolve(packagePath());
        Path target = Files.createDirectories(to.resolve(packagePath()));
        try (var files = Files.newDirectoryStream(source, "Jdk*.class")) {
            for (Path file : files) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String packagePath() {
        return JdkDifferentialTest.class.getPackageName().replace('.', '/');
    }

    private static List<String> onTheFake(List<JdkCase> cases) throws IOException {
        RwxVolume first = RwxVolume.create();
        RwxVolume second = RwxVolume.create();
        FileSystem root = container(first, second, PosixIdentity.ROOT);
        FileSystem user = container(first, second, PosixIdentity.PROJECT_USER);
        Files.createDirectory(root.getPath("/main"));
        List<String> outcomes = new ArrayList<>();
        for (JdkCase one : cases) {
            JdkArena asRoot = one.arena(root.getPath("/main"), root.getPath("/other"));
            one.prepare(asRoot);
            String outcome = one.run(one.arena(user.getPath("/main"), user.getPath("/other")));
            outcomes.add(outcome + "\n" + asRoot.describe());
        }
        return outcomes;
    }

    private static FileSystem container(RwxVolume image, RwxVolume volume, PosixIdentity identity) {
        return ContainerFiles.builder(image, identity)
                .mount("/other", volume, Mount.as(identity))
                .build();
    }
}
