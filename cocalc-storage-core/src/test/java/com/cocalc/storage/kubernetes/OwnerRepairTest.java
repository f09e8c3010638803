package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cocalc.storage.HomeOwnership.Walk;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PosixIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands on real files, as root. */
class OwnerRepairTest {

    private static final String USER = "2001:2001";
    private static final String ROOT = "0:0";

    @TempDir
    private Path temp;

    private Path home;
    private Path bin;

    @BeforeEach
    void makeHome() throws IOException {
        RealTools.assumeRoot(temp);
        home = Files.createDirectory(temp.resolve("ho me[x]*$(id)"));
        bin = Files.createDirectory(temp.resolve("bin"));
    }

    @AfterEach
    void removeTools() throws IOException {
        RealTools.remove(temp.resolve("bin"));
    }

    private int repair() throws Exception {
        return RealTools.run(bin, argv(Walk.WHEN_HOME_DIFFERS));
    }

    private List<String> argv(Walk walk) {
        return OwnerRepair.argv(MountPath.parse(home.toString()), PosixIdentity.PROJECT_USER, walk);
    }

    private List<String> owners() throws IOException {
        List<String> owners = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(home)) {
            for (Path path : walk.toList()) {
                owners.add(RealTools.owner(path));
            }
        }
        return owners;
    }

    @ParameterizedTest
    @EnumSource
    void everythingBelowAHomeOfRootIsHandedOverWhateverItsName(RealTools tools) throws Exception {
        tools.install(bin);
        Path deep = Files.createDirectories(home.resolve("a/b"));
        for (String name : List.of("-rf", "new\nline", ".hidden", "$(reboot)", "a;b", "ü", "{}", "+")) {
            Files.createFile(deep.resolve(name));
        }
        Files.createFile(home.resolve("--help"));
        RealTools.own(Files.createFile(home.resolve("user")), 2001, 2001);
        RealTools.own(Files.createFile(home.resolve("group-only-differs")), 2001, 100);

        assertThat(repair()).isZero();

        assertThat(owners()).hasSize(14).containsOnly(USER);
    }

    @ParameterizedTest
    @EnumSource
    void symbolicLinksAreHandedOverThemselvesAndNeverFollowed(RealTools tools) throws Exception {
        tools.install(bin);
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Path secret = Files.createFile(outside.resolve("secret"));
        Files.createSymbolicLink(home.resolve("directory"), outside);
        Files.createSymbolicLink(home.resolve("file"), secret);
        Files.createSymbolicLink(home.resolve("dangling"), temp.resolve("nowhere"));

        assertThat(repair()).isZero();

        assertThat(owners()).hasSize(4).containsOnly(USER);
        assertThat(RealTools.owner(outside)).isEqualTo(ROOT);
        assertThat(RealTools.owner(secret)).isEqualTo(ROOT);
    }

    @ParameterizedTest
    @EnumSource
    void aHomeThatIsRightIsNotEnteredHoweverLargeItIs(RealTools tools) throws Exception {
        tools.install(bin);
        for (int i = 0; i < 300; i++) {
            Files.createFile(home.resolve("file-" + i));
        }
        RealTools.own(home, 2001, 2001);
        Path trace = temp.resolve("trace");

        int status = RealTools.run(
                List.of(
                        RealTools.program("strace").toString(),
                        "-f",
                        "-s",
                        "1000",
                        "-e",
                        "trace=file,desc",
                        "-o",
                        trace.toString()),
                bin,
                argv(Walk.WHEN_HOME_DIFFERS));

        assumeTrue(Files.size(trace) > 0, "strace may not trace here");
        assertThat(status).isZero();
        assertThat(owners()).hasSize(301).containsOnlyOnce(USER).contains(ROOT);
        List<String> looks = Files.readAllLines(trace).stream()
                .filter(line -> line.contains("/ho me[x]*") && !line.contains("execve("))
                .toList();
        // busybox also asks for the device of each start; none of them grows with the home.
        assertThat(looks).hasSize(tools == RealTools.GNU ? 1 : 3).allMatch(line -> line.contains("stat"));
    }

    @ParameterizedTest
    @EnumSource
    void aRepairThatWasCutOffIsRepeatedByTheNextStart(RealTools tools) throws Exception {
        tools.install(bin);
        RealTools.assumeRunsWhatIsLinked(bin);
        for (int i = 0; i < 100; i++) {
            Files.createFile(home.resolve("file-" + i));
        }
        Path chown = Files.readSymbolicLink(bin.resolve("chown"));
        Files.delete(bin.resolve("chown"));
        String applet = tools == RealTools.BUSYBOX ? " chown" : "";
        // Changes the first two files, then takes find along.
        Files.writeString(
                bin.resolve("chown"), "#!/bin/sh\n%s%s $1 $2 \"$3\" \"$4\"\nkill -9 $PPID\n".formatted(chown, applet));
        Files.setPosixFilePermissions(bin.resolve("chown"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(repair()).isNotZero();

        assertThat(owners()).filteredOn(USER::equals).hasSize(2);
        assertThat(RealTools.owner(home)).isEqualTo(ROOT);

        Files.delete(bin.resolve("chown"));
        Files.createSymbolicLink(bin.resolve("chown"), chown);
        assertThat(repair()).isZero();
        assertThat(owners()).hasSize(101).containsOnly(USER);
    }

    @ParameterizedTest
    @EnumSource
    void alwaysRepairsBelowAHomeThatIsRight(RealTools tools) throws Exception {
        tools.install(bin);
        Files.createFile(Files.createDirectory(home.resolve("d")).resolve("f"));
        RealTools.own(home, 2001, 2001);

        assertThat(RealTools.run(bin, argv(Walk.ALWAYS))).isZero();

        assertThat(owners()).hasSize(3).containsOnly(USER);
    }

    @ParameterizedTest
    @EnumSource
    void aHomeWithTheRightUserAndTheWrongGroupIsRepaired(RealTools tools) throws Exception {
        tools.install(bin);
        Files.createFile(home.resolve("f"));
        RealTools.own(home, 2001, 0);

        assertThat(repair()).isZero();

        assertThat(owners()).containsOnly(USER);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatRefusesMakesTheInitContainerFail(RealTools tools) throws Exception {
        tools.install(bin);
        RealTools.assumeRunsWhatIsLinked(bin);
        Files.delete(bin.resolve("chown"));
        Files.createSymbolicLink(bin.resolve("chown"), RealTools.program("false"));

        assertThat(repair()).isNotZero();
        assertThat(RealTools.run(bin, argv(Walk.ALWAYS))).isNotZero();
        assertThat(RealTools.owner(home)).isEqualTo(ROOT);
    }

    @ParameterizedTest
    @EnumSource
    void otherFileSystemsAreNotEntered(RealTools tools) throws Exception {
        tools.install(bin);
        Path mounted = Files.createDirectory(home.resolve("mounted"));
        int status = RealTools.run(
                Path.of("/usr/bin"),
                List.of(RealTools.program("mount").toString(), "-t", "tmpfs", "tmpfs", mounted.toString()));
        assumeTrue(status == 0, "nothing can be mounted here");
        try {
            Path inside = Files.createFile(mounted.resolve("inside"));

            assertThat(repair()).isZero();
            assertThat(RealTools.run(bin, argv(Walk.ALWAYS))).isZero();

            assertThat(RealTools.owner(home)).isEqualTo(USER);
            assertThat(RealTools.owner(inside)).isEqualTo(ROOT);
        } finally {
            RealTools.run(
                    Path.of("/usr/bin"), List.of(RealTools.program("umount").toString(), mounted.toString()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePowersOfTheContainerAreEnough(RealTools tools) throws Exception {
        tools.install(bin);
        Path locked = Files.createDirectory(home.resolve("locked"));
        RealTools.own(Files.createFile(locked.resolve("f")), 1234, 1234);
        RealTools.own(locked, 1234, 1234);
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
        // Giving a set-uid file away takes the bit from it, which only its owner or FOWNER may do: it is left.
        Path setUid = Files.createFile(home.resolve("set-uid"));
        RealTools.own(setUid, 1234, 1234);
        Files.setAttribute(setUid, "unix:mode", 04755);
        RealTools.own(temp, 0, 0);
        String powers = HomeRepair.rootWithoutPowers().getCapabilities().getAdd().stream()
                .map(capability -> ",+" + capability.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());

        int status = RealTools.run(
                List.of(
                        RealTools.program("setpriv").toString(),
                        "--no-new-privs",
                        "--inh-caps=-all",
                        "--bounding-set=-all" + powers),
                bin,
                argv(Walk.WHEN_HOME_DIFFERS));

        assertThat(status).isZero();
        assertThat(owners()).hasSize(4).containsOnly(USER, "1234:1234");
        assertThat(Files.getAttribute(setUid, "unix:uid")).isEqualTo(1234);
        assertThat(Files.getAttribute(setUid, "unix:mode")).isEqualTo(0104755);
        assertThat(Files.getAttribute(home, "unix:uid")).isEqualTo(2001);
    }

    @ParameterizedTest
    @EnumSource
    void ofTheSoftwareOnlyTheRootChangesAndNoPermissionIsTakenAway(RealTools tools) throws Exception {
        tools.install(bin);
        Path inside = Files.createFile(home.resolve("python"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-x---rw-"));

        assertThat(RealTools.run(
                        bin,
                        OwnerRepair.themselves(List.of(MountPath.parse(home.toString())), PosixIdentity.PROJECT_USER)))
                .isZero();

        assertThat(RealTools.owner(home)).isEqualTo(USER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwxr-xrwx");
        assertThat(RealTools.owner(inside)).isEqualTo(ROOT);
    }

    @ParameterizedTest
    @EnumSource
    void aSoftwareClaimOfAServerThatRefusesFailsTheJob(RealTools tools) throws Exception {
        tools.install(bin);
        RealTools.assumeRunsWhatIsLinked(bin);
        Files.delete(bin.resolve("chown"));
        Files.createSymbolicLink(bin.resolve("chown"), RealTools.program("false"));

        assertThat(RealTools.run(
                        bin,
                        OwnerRepair.themselves(List.of(MountPath.parse(home.toString())), PosixIdentity.PROJECT_USER)))
                .isNotZero();
    }
}
