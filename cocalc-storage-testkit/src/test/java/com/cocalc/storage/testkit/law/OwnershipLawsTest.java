package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.cocalc.storage.MountPath;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipLawsTest {

    private static final PosixIdentity USER = PosixIdentity.PROJECT_USER;

    private final RwxVolume volume = RwxVolume.create();

    private Path home() {
        return volume.mount(Mount.asRoot()).getPath("/home");
    }

    private List<String> judge(String tree) throws IOException {
        volume.populate("0755 2001:2001 - home/\n" + tree);
        return texts(OwnershipLaws.check(home(), USER));
    }

    private static List<String> texts(List<Violation> violations) {
        return violations.stream()
                .map(violation -> violation.law().id() + " at " + violation.where() + ": found " + violation.found()
                        + ", expected " + violation.expected())
                .toList();
    }

    @Test
    void aHomeAsItShouldBeObeys() throws IOException {
        assertThat(judge("""
                        2775 2001:2001 - home/set by the kubelet/
                        0644 2001:2001 "x" home/set by the kubelet/file
                        0777 2001:2001 - home/link -> set by the kubelet/file
                        0777 2001:2001 - home/set by the kubelet/up -> ../link
                        0777 2001:2001 - home/absolute -> /home/user/link
                        0777 2001:2001 - home/dangling -> nowhere/at/all
                        0777 2001:2001 - home/circle -> circle
                        0755 2001:2001 "x" home/program
                        """)).isEmpty();
    }

    @Test
    void entriesOfOthersAreCaughtTheHomeItselfIncluded() throws IOException {
        volume.populate("0755 0:0 - home/\n0644 2001:0 0 home/b\n0644 0:2001 0 home/a\n0777 0:0 - home/l -> a\n");

        assertThat(OwnershipLaws.check(home(), USER))
                .first()
                .hasToString(
                        "owned-by-the-user at .: found 0:0, expected 2001:2001; every entry of a home belongs to the"
                                + " project's user and group, by default 2001:2001; change it: chown -h, or homeOwnership"
                                + " fixPermissionsInit");
        assertThat(texts(OwnershipLaws.check(home(), USER)))
                .containsExactly(
                        "owned-by-the-user at .: found 0:0, expected 2001:2001",
                        "owned-by-the-user at a: found 0:2001, expected 2001:2001",
                        "owned-by-the-user at b: found 2001:0, expected 2001:2001",
                        "owned-by-the-user at l: found 0:0, expected 2001:2001");
    }

    @Test
    void aFileIsJudgedByEachOfItsNames() throws IOException {
        assertThat(judge("""
                        0644 0:0 0 home/a
                        0644 0:0 = home/docs/b -> home/a
                        0644 2001:2001 0 home/mine
                        0644 2001:2001 = home/mine too -> home/mine
                        """))
                .containsExactly(
                        "owned-by-the-user at a: found 0:0, expected 2001:2001",
                        "owned-by-the-user at docs: found 0:0, expected 2001:2001",
                        "owned-by-the-user at docs/b: found 0:0, expected 2001:2001");
    }

    @Test
    void whatEverybodyMayWriteIsCaught() throws IOException {
        assertThat(judge("1777 2001:2001 - home/tmp/\n0666 2001:2001 0 home/file\n"))
                .containsExactly(
                        "not-writable-for-all at file: found mode 0666, expected no write permission for others",
                        "not-writable-for-all at tmp: found mode 1777, expected no write permission for others");
    }

    @Test
    void programsWithSomebodysRightsAreCaught() throws IOException {
        assertThat(judge("4755 2001:2001 0 home/u\n2755 2001:2001 0 home/g\n4755 2001:2001 - home/d/\n"))
                .containsExactly(
                        "no-set-uid at d: found mode 4755, expected neither set-uid nor set-gid",
                        "no-set-uid at g: found mode 2755, expected neither set-uid nor set-gid",
                        "no-set-uid at u: found mode 4755, expected neither set-uid nor set-gid");
    }

    @Test
    void aLinkThatLeadsOutIsCaughtByWhateverWay() throws IOException {
        assertThat(judge("""
                        0755 2001:2001 - home/d/
                        0755 2001:2001 - home/deep/
                        0755 2001:2001 - home/deep/er/
                        0777 2001:2001 - home/d/high -> ..
                        0777 2001:2001 - home/d/through -> high/..
                        0777 2001:2001 - home/up -> ../other
                        0777 2001:2001 - home/root -> /etc/passwd
                        0777 2001:2001 - home/almost -> /home/user2/x
                        0777 2001:2001 - home/a -> deep/er/../../..
                        0777 2001:2001 - home/second -> up/x
                        """))
                .containsExactly(
                        "no-link-out at a: found a link to \"deep/er/../../..\", expected a target in the home",
                        "no-link-out at almost: found a link to \"/home/user2/x\", expected a target in the home",
                        "no-link-out at d/through: found a link to \"high/..\", expected a target in the home",
                        "no-link-out at root: found a link to \"/etc/passwd\", expected a target in the home",
                        "no-link-out at second: found a link to \"up/x\", expected a target in the home",
                        "no-link-out at up: found a link to \"../other\", expected a target in the home");
    }

    @Test
    void anAbsoluteLinkIsJudgedAsTheContainerSeesIt() throws IOException {
        volume.populate("0755 2001:2001 - home/\n0777 2001:2001 - home/l -> /data/me/x\n");

        assertThat(OwnershipLaws.check(home(), USER, MountPath.parse("/data/me")))
                .isEmpty();
        assertThat(OwnershipLaws.check(home(), USER)).hasSize(1);
    }

    @Test
    void oddNamesArePrintedOnOneLine() throws IOException {
        volume.populate("0755 2001:2001 - home/\n");
        Files.createFile(home().resolve("-rf\n\u001b[2J"));

        assertThat(OwnershipLaws.check(home(), USER))
                .singleElement()
                .asString()
                .startsWith("owned-by-the-user at -rf\\u000a\\u001b[2J: found 0:0");
    }

    @Test
    void aLinkToADirectoryIsNotFollowed() throws IOException {
        volume.populate("0755 0:0 - other/\n0644 0:0 0 other/file\n");

        assertThat(judge("0777 2001:2001 - home/l -> ../other\n"))
                .containsExactly("no-link-out at l: found a link to \"../other\", expected a target in the home");
    }

    @Test
    void whatCannotBeReadIsNotPassed() throws IOException {
        volume.populate("0755 2001:2001 - home/\n0700 2002:2001 - home/closed/\n");
        Path asUser = volume.mount(Mount.as(USER)).getPath("/home");

        assertThat(texts(OwnershipLaws.check(asUser, USER)))
                .containsExactly(
                        "owned-by-the-user at closed: found 2002:2001, expected 2001:2001",
                        "tree-can-be-judged at closed: found Permission denied, expected an entry to be judged");
    }

    @Test
    void whatIsRemovedMeanwhileIsLeftOut() throws IOException {
        volume.populate("0755 2001:2001 - home/\n0644 0:0 0 home/gone\n0644 0:0 0 home/stays\n");
        Path home = home();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.STAT && event.path().endsWith("gone") && isFirst.getAndSet(false)) {
                delete(home.resolve("gone"));
            }
        });

        assertThat(texts(OwnershipLaws.check(home, USER)))
                .containsExactly("owned-by-the-user at stays: found 0:0, expected 2001:2001");
    }

    @Test
    void whatIsExchangedMeanwhileIsReportedAndNotFollowed() throws IOException {
        volume.populate("""
                0755 2001:2001 - home/
                0755 2001:2001 - home/swapped/
                0755 0:0 - other/
                0644 0:0 0 other/file
                """);
        Path home = home();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        volume.beforeEachOperation(event -> {
            boolean isOpened =
                    event.operation() == Operation.OPEN && event.path().endsWith("swapped");
            if (isOpened && isFirst.getAndSet(false)) {
                delete(home.resolve("swapped"));
                link(home.resolve("swapped"));
            }
        });

        assertThat(texts(OwnershipLaws.check(home, USER)))
                .containsExactly(
                        "tree-can-be-judged at swapped: found Too many levels of symbolic links, expected an entry to be judged");
    }

    private static void link(Path link) {
        try {
            Files.createSymbolicLink(link, link.getFileSystem().getPath("../other"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theDiskOfThisMachineIsJudgedToo(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        int uid = (Integer) Files.getAttribute(file, "unix:uid");
        int gid = (Integer) Files.getAttribute(file, "unix:gid");

        assertThat(OwnershipLaws.check(directory, PosixIdentity.of(uid, gid))).isEmpty();
        assertThat(texts(OwnershipLaws.check(directory, PosixIdentity.of(uid + 1L, gid))))
                .containsExactly(
                        "owned-by-the-user at .: found " + uid + ":" + gid + ", expected " + (uid + 1) + ":" + gid,
                        "owned-by-the-user at file: found " + uid + ":" + gid + ", expected " + (uid + 1) + ":" + gid);
    }

    @Test
    void devicesAreCaught() throws IOException {
        Path terminals = Path.of("/dev/pts");
        assumeThat(terminals.resolve("ptmx")).exists();

        List<Violation> violations = OwnershipLaws.check(terminals, PosixIdentity.ROOT);

        assertThat(texts(violations))
                .contains("no-device at ptmx: found a device, expected a file, a directory or a link");
    }

    @Test
    void aDeepTreeNeedsNoDeepStack() throws Exception {
        volume.populate("0755 2001:2001 - home/\n");
        Files.createDirectories(home().resolve("d/".repeat(1_500)));
        FutureTask<List<Violation>> check = new FutureTask<>(() -> OwnershipLaws.check(home(), USER));

        new Thread(null, check, "small stack", 256 * 1024).start();

        assertThat(texts(check.get())).hasSize(1_500);
    }

    @Test
    void whatIsNoHomeIsRefused(@TempDir Path directory) throws IOException {
        volume.populate("0644 2001:2001 0 home\n");
        Path zip = directory.resolve("a.zip");

        assertThatThrownBy(() -> OwnershipLaws.check(home(), USER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("home must be a directory, but was \"/home\"; name the directory itself, not a link to it");
        try (FileSystem zipped =
                FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of("create", "true"))) {
            assertThatThrownBy(() -> OwnershipLaws.check(zipped.getPath("/"), USER))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "home must lie on a file system with owners and modes, but was \"/\" on one with [");
        }
    }
}
