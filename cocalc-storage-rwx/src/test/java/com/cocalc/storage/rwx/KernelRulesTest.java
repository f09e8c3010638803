package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cocalc.storage.rwx.call.Capability;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules that random scripts cannot show: times, capabilities, squashing, locks and extended attributes. */
class KernelRulesTest {
    private final RwxVolume volume = RwxVolume.builder().rootMode(0777).build();
    private final Calls root = Calls.on(volume, Mount.asRoot());
    private final Calls user = Calls.on(volume, Mount.as(2001, 2001));

    // --- times

    @Test
    void aVolumeStartsIn2020AndEachOperationTakesAMicrosecond() {
        user.mkdir("a");
        user.mkdir("b");

        assertThat(user.stat("a").mtimeNs()).isEqualTo(1_577_836_800_000_001_000L);
        assertThat(user.stat("b").mtimeNs()).isEqualTo(1_577_836_800_000_002_000L);
    }

    @Test
    void eachOperationChangesTheTimesOfTheTable() {
        user.mkdir("p");
        user.mkdir("q");
        user.write("p/x", "x");

        assertThat(changed("p/x", () -> user.write("p/x", "y"))).isEqualTo("mc");
        assertThat(changed("p", () -> user.write("p/x", "y"))).isEmpty();
        assertThat(changed("p", () -> user.write("p/new", "y"))).isEqualTo("mc");
        assertThat(changed("p/x", () -> user.read("p/x"))).isEqualTo("a");
        assertThat(changed("p/x", () -> user.read("p/x"))).as("relatime").isEmpty();
        assertThat(changed("p/x", () -> user.chmod("p/x", 0600))).isEqualTo("c");
        assertThat(changed("p/x", () -> user.chown("p/x", -1, -1))).isEqualTo("c");
        assertThat(changed("p/x", () -> user.link("p/x", "q/y"))).isEqualTo("c");
        assertThat(changed("p", () -> user.link("p/x", "q/z"))).isEmpty();
        assertThat(changed("p/x", () -> user.unlink("q/y"))).isEqualTo("c");
        assertThat(changed("q", () -> user.unlink("q/z"))).isEqualTo("mc");
        assertThat(changed("p", () -> user.rename("p/new", "q/new"))).isEqualTo("mc");
        assertThat(changed("q", () -> user.rename("p/x", "q/x"))).isEqualTo("mc");
        assertThat(changed("q/x", () -> user.rename("q/x", "q/x"))).isEmpty();
        assertThat(changed("q", () -> user.mkdir("q/x"))).as("failed").isEmpty();
        assertThat(changed("q/x", () -> Calls.must(() -> user.system().truncate(null, Calls.bytes("q/x"), 1))))
                .as("truncate to the same size")
                .isEqualTo("mc");
        Calls.must(() -> user.system().truncate(null, Calls.bytes("q/x"), 0));
        assertThat(changed("q/x", () -> Calls.must(() -> user.system().truncate(null, Calls.bytes("q/x"), 0))))
                .as("truncate of nothing to nothing")
                .isEmpty();
        assertThat(changed("q/x", () -> Calls.must(() -> truncateByHandle("q/x", 0))))
                .isEqualTo("mc");
    }

    private void truncateByHandle(String path, long size) throws ErrnoException {
        OpenFile file = user.open(path, OpenFlags.WRITE);
        file.truncate(size);
        file.close();
    }

    /** The first letters of the times that an operation changes. */
    private String changed(String path, Runnable operation) {
        Stat before = root.stat(path);
        operation.run();
        Stat after = root.stat(path);
        return (before.atimeNs() == after.atimeNs() ? "" : "a")
                + (before.mtimeNs() == after.mtimeNs() ? "" : "m")
                + (before.ctimeNs() == after.ctimeNs() ? "" : "c");
    }

    // --- who

    @Test
    void aRootWithoutCapabilitiesIsAnOrdinaryUserWhoOwnsWhatUid0Owns() {
        user.write("of-user", "x");
        root.write("of-root", "x");
        Calls bare = Calls.on(volume, Mount.asRoot().capabilities());

        assertThat(bare.chmod("of-root", 0600)).isNull();
        assertThat(bare.chmod("of-user", 0600)).isEqualTo(Errno.EPERM);
        assertThat(bare.chown("of-root", 2001, -1)).isEqualTo(Errno.EPERM);
        assertThat(bare.write("of-user", "y")).isEqualTo(Errno.EACCES);
    }

    @Test
    void eachCapabilityAllowsItsOwnPart() {
        user.write("f", "x");
        user.chmod("f", 0);

        assertThat(with(Capability.CHOWN).chown("f", 0, 0)).isNull();
        assertThat(with(Capability.CHOWN).chown("f", 2001, 2001)).isNull();
        assertThat(with(Capability.CHOWN).chmod("f", 0)).isEqualTo(Errno.EPERM);
        assertThat(with(Capability.FOWNER).chmod("f", 0)).isNull();
        assertThat(with(Capability.FOWNER).write("f", "y")).isEqualTo(Errno.EACCES);
        assertThat(with(Capability.DAC_OVERRIDE).write("f", "y")).isNull();
        assertThat(with(Capability.DAC_OVERRIDE).access("f", Syscalls.WANT_EXECUTE))
                .isEqualTo(Errno.EACCES);
        assertThat(with(Capability.DAC_READ_SEARCH).access("f", Syscalls.WANT_READ))
                .isNull();
        assertThat(with(Capability.DAC_READ_SEARCH).access("f", Syscalls.WANT_WRITE))
                .isEqualTo(Errno.EACCES);
    }

    @Test
    void withoutFsetidEvenRootClearsSetIdBitsByWriting() {
        root.write("f", "x");
        root.chmod("f", 06777);
        root.write("f", "y");
        assertThat(root.stat("f").permissions()).isEqualTo(06777);

        with(Capability.DAC_OVERRIDE).write("f", "z");

        assertThat(root.stat("f").permissions()).isEqualTo(0777);
    }

    private Calls with(Capability capability) {
        return Calls.on(volume, Mount.asRoot().capabilities(capability));
    }

    @Test
    void capabilitiesAreForRootAlone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Mount.as(2001, 2001).capabilities(Capability.CHOWN))
                .withMessage(
                        "capabilities must be given to uid 0 alone, but the user is 2001; start from Mount.asRoot()");
    }

    @Test
    void squashingMakesNobodyOfRootAndTheSameUserOfAll() {
        Calls squashed = Calls.on(volume, Mount.asRoot().groups(100).rootSquash());
        Calls all = Calls.on(volume, Mount.as(2001, 2001).allSquash(99, 98));
        squashed.mkdir("by-root");
        all.mkdir("by-all");

        assertThat(volume.tree()).contains("0755 65534:65534 - by-root/", "0755 99:98 - by-all/");
        assertThat(squashed.chown("by-root", 0, 0)).isEqualTo(Errno.EPERM);
        assertThat(all.chmod("by-all", 0700)).isNull();
    }

    @Test
    void settingsOfAMountOutsideTheirRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mount.as(-1, 0))
                .withMessage("uid must be 0 to 4294967294, but was -1; use the number of a Unix account, 2001 for a"
                        + " project");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mount.asRoot().umask(01000))
                .withMessage("umask must be 0 to 0777 (octal), but was 01000; Java writes octal with a leading 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RwxVolume.builder().rootMode(0100755))
                .withMessage(
                        "rootMode must be 0 to 07777 (octal), but was 0100755; Java writes octal with a leading 0");
    }

    // --- handles

    @Test
    void aHandleOutlivesNamePermissionAndRename() throws ErrnoException {
        OpenFile file = user.open("f", OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREAT);
        user.chmod("f", 0);
        user.rename("f", "g");
        user.unlink("g");

        assertThat(file.write(ByteBuffer.wrap(Calls.bytes("still")), 0)).isEqualTo(5);
        assertThat(file.read(ByteBuffer.allocate(9), 0)).isEqualTo(5);
        assertThat(file.stat().nlink()).isZero();
    }

    @Test
    void theSpaceOfADeletedFileIsFreeWhenItsLastHandleCloses() throws ErrnoException {
        OpenFile file = user.open("f", OpenFlags.WRITE | OpenFlags.CREAT);
        file.write(ByteBuffer.allocate(10_000), 0);
        user.unlink("f");
        assertThat(volume.server().tree().space().pages().used()).isEqualTo(3);

        file.close();

        assertThat(volume.server().tree().space().pages().used()).isZero();
        assertThat(volume.server().tree().space().inodes().used()).isEqualTo(1);
    }

    @Test
    void aClosedHandleIsEbadfForEverything() throws ErrnoException {
        OpenFile file = user.open("f", OpenFlags.WRITE | OpenFlags.CREAT);
        file.close();
        file.close();

        assertThat(Calls.errno(file::stat)).isEqualTo(Errno.EBADF);
        assertThat(Calls.errno(() -> user.system().mkdir(file, Calls.bytes("d"), 0755)))
                .isEqualTo(Errno.EBADF);
        assertThat(Calls.errno(() -> file.append(ByteBuffer.allocate(1)))).isEqualTo(Errno.EBADF);
    }

    @Test
    void aSparseFileCostsItsDataOnly() throws ErrnoException {
        OpenFile file = user.open("f", OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREAT);
        file.write(ByteBuffer.wrap(Calls.bytes("end")), 1L << 50);
        file.truncate(Long.MAX_VALUE);

        assertThat(volume.server().tree().space().pages().used()).isEqualTo(1);
        ByteBuffer read = ByteBuffer.allocate(3);
        assertThat(file.read(read, 1L << 50)).isEqualTo(3);
        assertThat(read.array()).isEqualTo(Calls.bytes("end"));
        file.truncate(0);
        assertThat(volume.server().tree().space().pages().used()).isZero();
    }

    @Test
    void truncatingAndGrowingAgainShowsZeros() throws ErrnoException {
        for (int size : new int[] {10, 5000}) {
            OpenFile file = user.open("f" + size, OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREAT);
            byte[] content = new byte[size];
            Arrays.fill(content, (byte) 1);
            file.write(ByteBuffer.wrap(content), 0);
            file.truncate(3);
            file.truncate(size);
            ByteBuffer read = ByteBuffer.allocate(size);
            file.read(read, 0);

            assertThat(read.array()).startsWith(1, 1, 1, 0).endsWith(0, 0);
        }
    }

    // --- directories

    @Test
    void aLargeDirectoryListsInOrderOfInsertionAndShrinks() throws ErrnoException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            user.mkdir("d" + i);
        }
        for (int i = 0; i < 2_000; i++) {
            if (i % 100 == 7) {
                expected.add("d" + i);
            } else {
                assertThat(user.rmdir("d" + i)).isNull();
            }
        }
        user.rename("d7", "renamed");
        expected.remove("d7");
        expected.add("renamed");

        OpenFile directory = user.open("/", OpenFlags.READ);
        assertThat(directory.readdir())
                .extracting(name -> new String(name, StandardCharsets.UTF_8))
                .containsExactlyElementsOf(expected);
        assertThat(user.stat("/").nlink()).isEqualTo(22);
    }

    // --- locks

    @Test
    void locksOfOneOwnerKeepOthersOutUntilUnlockedOrClosed() throws ErrnoException {
        OpenFile mine = user.open("f", OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREAT);
        OpenFile other = Calls.on(volume, Mount.asRoot()).open("f", OpenFlags.READ | OpenFlags.WRITE);

        assertThat(mine.tryLock(0, 10, false)).isTrue();
        assertThat(other.tryLock(5, 1, true)).isFalse();
        assertThat(other.tryLock(10, 0, false)).isTrue();
        mine.unlock(0, 5);
        assertThat(other.tryLock(0, 5, true)).isTrue();
        assertThat(mine.tryLock(0, 5, true)).isTrue();
        assertThat(mine.tryLock(0, 5, false)).isFalse();
        assertThat(other.tryLock(5, 1, false)).isFalse();
        root.open("f", OpenFlags.READ).close();
        assertThat(other.tryLock(5, 1, false)).as("a third owner closes").isFalse();
        user.open("f", OpenFlags.READ).close();
        assertThat(other.tryLock(5, 1, false))
                .as("the owner closes any handle of the file")
                .isTrue();
    }

    @Test
    void aWaiterGetsTheLockWhenTheHolderLetsGo() throws Exception {
        OpenFile mine = user.open("f", OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREAT);
        OpenFile other = root.open("f", OpenFlags.READ | OpenFlags.WRITE);
        mine.lock(0, 0, false);
        Thread waiter = new Thread(() -> {
            try {
                other.lock(0, 0, false);
            } catch (ErrnoException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        waiter.start();
        mine.unlock(0, 0);
        waiter.join();

        assertThat(mine.tryLock(3, 1, true)).isFalse();
    }

    @Test
    void aLockNeedsTheDirectionOfItsHandle() throws ErrnoException {
        user.write("f", "x");
        OpenFile reader = user.open("f", OpenFlags.READ);

        assertThat(Calls.errno(() -> reader.tryLock(0, 1, false))).isEqualTo(Errno.EBADF);
        assertThat(reader.tryLock(0, 1, true)).isTrue();
        assertThat(Calls.errno(() -> reader.tryLock(-1, 1, true))).isEqualTo(Errno.EINVAL);
    }

    // --- extended attributes

    @Test
    void extendedAttributesFollowThePermissionsOfContents() throws ErrnoException {
        byte[] name = Calls.bytes("user.colour");
        byte[] path = Calls.bytes("f");
        user.write("f", "x");
        user.system().setxattr(null, path, name, Calls.bytes("red"), true);
        Calls stranger = Calls.on(volume, Mount.as(3001, 3001));

        assertThat(stranger.system().getxattr(null, path, name, true)).isEqualTo(Calls.bytes("red"));
        assertThat(Calls.errno(() -> stranger.system().setxattr(null, path, name, name, true)))
                .isEqualTo(Errno.EACCES);
        user.chmod("f", 0600);
        assertThat(Calls.errno(() -> stranger.system().getxattr(null, path, name, true)))
                .isEqualTo(Errno.EACCES);
        assertThat(stranger.system().listxattr(null, path, true)).containsExactly(name);
        user.system().removexattr(null, path, name, true);
        assertThat(Calls.errno(() -> user.system().removexattr(null, path, name, true)))
                .isEqualTo(Errno.ENODATA);
        assertThat(Calls.errno(() -> user.system().getxattr(null, path, name, true)))
                .isEqualTo(Errno.ENODATA);
    }

    @Test
    void extendedAttributesOutsideTheUsersSpaceOrOnLinksAreRefused() {
        user.symlink("f", "l");
        user.write("f", "x");

        assertThat(set("l", "user.a", 1)).isEqualTo(Errno.EPERM);
        assertThat(set("f", "trusted.a", 1)).isEqualTo(Errno.EOPNOTSUPP);
        assertThat(set("f", "", 1)).isEqualTo(Errno.ERANGE);
        assertThat(set("f", "user.", 1)).isEqualTo(Errno.EINVAL);
        assertThat(set("f", "user." + "n".repeat(251), 1)).isEqualTo(Errno.ERANGE);
        assertThat(set("f", "user.a", 65_537)).isEqualTo(Errno.E2BIG);
        assertThat(set("f", "user.a", 65_536)).isNull();
    }

    private @Nullable Errno set(String path, String name, int size) {
        return Calls.errno(
                () -> user.system().setxattr(null, Calls.bytes(path), Calls.bytes(name), new byte[size], false));
    }
}
