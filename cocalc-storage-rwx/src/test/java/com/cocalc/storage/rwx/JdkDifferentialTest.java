package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cocalc.storage.rwx.call.Capability;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the JDK the same of the fake and of the real disk, as the owner, a member of its group, and kinds of root. */
@EnabledOnJre(
        value = JRE.JAVA_17,
        disabledReason = "the fake answers as JDK 17 does; later ones throw otherwise in places")
class JdkDifferentialTest {
    private static final int FIRST = Integer.getInteger("jdk.cases.first", 0);
    private static final boolean IS_DEEP = Boolean.getBoolean("cocalc.deep");
    // 1 is all of them; any other has to be a prime, so that every operation and every object comes up.
    private static final int DISTANCE = Integer.getInteger("jdk.cases.distance", IS_DEEP ? 1 : 13);
    private static final int DISTANCE_OF_OTHERS = IS_DEEP ? 1 : 61;
    private static final int DISTANCE_OF_CAPABILITIES = IS_DEEP ? 5 : 151;
    /** Each starts a JVM of its own. */
    private static final int THREADS = IS_DEEP ? 2 : 1;

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
    void theFakeAnswersItsOwnerAsTheRealDiskDoes() throws Exception {
        compare(Who.of(2001), DISTANCE);
    }

    @Test
    void theFakeAnswersAMemberOfTheGroupAsTheRealDiskDoes() throws Exception {
        compare(new Who(2002, "2001", null, false), DISTANCE_OF_OTHERS);
    }

    @Test
    void theFakeAnswersRootAsTheRealDiskDoes() throws Exception {
        compare(Who.of(0), DISTANCE_OF_OTHERS);
    }

    @Test
    void theFakeAnswersOnAReadOnlyMountAsTheRealDiskDoes() throws Exception {
        compare(new Who(2001, "", null, true), DISTANCE_OF_OTHERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "CHOWN,FOWNER,FSETID"})
    void theFakeAnswersARootWithoutTheOtherCapabilitiesAsTheRealDiskDoes(String kept) throws Exception {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (String name : kept.isEmpty() ? new String[0] : kept.split(",", -1)) {
            capabilities.add(Capability.valueOf(name));
        }
        int first = FIRST + kept.length(); // other cases for other capabilities
        compare(new Who(0, "", capabilities, false), first, DISTANCE_OF_CAPABILITIES);
    }

    /**
     * A user with a group of the same number, and another group or none, and if need be with these capabilities alone.
     */
    private record Who(int uid, String group, @Nullable Set<Capability> capabilities, boolean isReadOnly) {
        static Who of(int uid) {
            return new Who(uid, "", null, false);
        }

        List<String> setpriv() {
            String number = Integer.toString(uid);
            List<String> words = new ArrayList<>(List.of("setpriv", "--reuid", number, "--regid", number));
            words.addAll(group.isEmpty() ? List.of("--clear-groups") : List.of("--groups", group));
            if (capabilities != null) {
                String kept = capabilities.stream()
                        .map(one -> ",+" + one.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
                words.addAll(List.of("--bounding-set", "-all" + kept));
            }
            return words;
        }

        Mount mount() {
            Mount mount = Mount.as(uid, uid);
            mount = group.isEmpty() ? mount : mount.groups(Long.parseLong(group));
            mount = capabilities == null ? mount : mount.capabilities(capabilities.toArray(Capability[]::new));
            return isReadOnly ? mount.readOnly() : mount;
        }

        /** What a shell runs first, with both directories as its arguments, in a mount namespace of its own. */
        String preparation() {
            return isReadOnly
                    ? "for d in $1 $2; do mount --bind $d $d && mount -o remount,bind,ro $d || exit 1; done; "
                    : "";
        }
    }

    /** Every n-th case, shared between threads. */
    private void compare(Who who, int distance) throws Exception {
        compare(who, FIRST, distance);
    }

    private void compare(Who who, int start, int distance) throws Exception {
        Path classes = Files.createDirectory(main.resolve("classes"));
        copyClasses(classes);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<List<String>>> parts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = start + i * distance;
            parts.add(threads.submit(() -> differences(who, first, distance * THREADS)));
        }
        List<String> differences = new ArrayList<>();
        for (Future<List<String>> part : parts) {
            differences.addAll(part.get());
        }
        threads.shutdown();

        assertThat(differences)
                .as(differences.size() + " cases differ:\n" + String.join("\n", differences))
                .isEmpty();
    }

    private List<String> differences(Who who, int first, int distance) throws Exception {
        List<JdkCase> cases = JdkCase.every(first, distance);
        assertThat(cases.size()).isGreaterThan(10);
        List<String> real = onTheRealDisk(cases, who, first, distance);
        List<String> fake = onTheFake(cases, who);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            if (!real.get(i).equals(fake.get(i))) {
                differences.add(cases.get(i) + "\n  real: " + real.get(i) + "\n  fake: " + fake.get(i));
            }
        }
        return differences;
    }

    private List<String> onTheRealDisk(List<JdkCase> cases, Who who, int first, int distance) throws Exception {
        for (JdkCase one : cases) {
            one.prepare(one.arena(main, other));
        }
        List<String> outcomes = runAs(who, first, distance);
        assertThat(outcomes).hasSize(cases.size());
        for (int i = 0; i < cases.size(); i++) {
            JdkArena arena = cases.get(i).arena(main, other);
            outcomes.set(i, outcomes.get(i) + "\n" + arena.describe());
        }
        return outcomes;
    }

    private List<String> runAs(Who who, int first, int distance) throws Exception {
        Path output = main.resolve("outcomes" + first);
        List<String> command = new ArrayList<>(who.isReadOnly ? List.of("unshare", "-m") : List.of());
        command.addAll(List.of("sh", "-c", "umask 022; " + who.preparation() + "shift 2; exec \"$@\"", "sh"));
        command.addAll(List.of(main.toString(), other.toString()));
        command.addAll(who.setpriv());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                main.resolve("classes").toString(),
                JdkCase.class.getName(),
                main.toString(),
                other.toString(),
                Integer.toString(first),
                Integer.toString(distance)));
        Process process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return new ArrayList<>(Files.readAllLines(output, StandardCharsets.UTF_8));
    }

    /** The user may not be able to read the build's directory. */
    private static void copyClasses(Path to) throws IOException {
        Path source = TestClasses.directory().resolve(packagePath());
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

    private static List<String> onTheFake(List<JdkCase> cases, Who who) throws IOException {
        RwxVolume first = withNamesOfThisMachine();
        RwxVolume second = withNamesOfThisMachine();
        FileSystem root = container(first, second, Mount.asRoot());
        FileSystem user = container(first, second, who.mount());
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

    /** The real disk shows owners by the names that this machine has for them. */
    private static RwxVolume withNamesOfThisMachine() throws IOException {
        RwxVolumeBuilder builder = RwxVolume.builder();
        Path file = Files.createTempFile("owner", "");
        try {
            for (int id : new int[] {2001, 2002, 65534}) {
                Files.setAttribute(file, "unix:uid", id);
                Files.setAttribute(file, "unix:gid", id);
                PosixFileAttributes named = Files.readAttributes(file, PosixFileAttributes.class);
                if (!named.owner().getName().equals(Integer.toString(id))) {
                    builder.user(named.owner().getName(), id);
                }
                if (!named.group().getName().equals(Integer.toString(id))) {
                    builder.group(named.group().getName(), id);
                }
            }
            return builder.build();
        } finally {
            Files.delete(file);
        }
    }

    private static FileSystem container(RwxVolume image, RwxVolume volume, Mount user) {
        return ContainerFiles.builder(image, user).mount("/other", volume, user).build();
    }
}
