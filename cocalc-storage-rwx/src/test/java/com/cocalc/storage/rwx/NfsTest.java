package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.Calls.bytes;
import static com.cocalc.storage.rwx.Calls.errno;
import static com.cocalc.storage.rwx.Calls.must;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What differs on NFS, row by row; each first as one host has it. */
class NfsTest {
    private static final String KEPT = "\\.nfs[0-9a-f]{24}";

    private final RwxVolume nfs = RwxVolume.builder().nfs().rootMode(0777).build();
    private final RwxVolume host = RwxVolume.builder().rootMode(0777).build();
    private final Calls own = Calls.on(nfs, Mount.as(2001, 2001));
    private final Calls other = Calls.on(nfs, Mount.as(2002, 2002));
    private final Calls ownOnHost = Calls.on(host, Mount.as(2001, 2001));
    private final Calls otherOnHost = Calls.on(host, Mount.as(2002, 2002));

    @BeforeEach
    void makeTheFile() {
        assertThat(own.write("f", "hello")).isNull();
        assertThat(own.chmod("f", 0666)).isNull();
        assertThat(ownOnHost.write("f", "hello")).isNull();
        assertThat(ownOnHost.chmod("f", 0666)).isNull();
    }

    @Test
    void theOwnerGoesOnReadingAndWritingAfterAChmodToNothing() throws ErrnoException {
        OpenFile file = own.open("f", OpenFlags.READ | OpenFlags.WRITE);
        assertThat(own.chmod("f", 0)).isNull();

        assertThat(file.read(ByteBuffer.allocate(5), 0)).isEqualTo(5);
        assertThat(file.write(ByteBuffer.wrap(bytes("y")), 0)).isEqualTo(1);
        must(() -> file.truncate(1));
        assertThat(errno(() -> own.open("f", OpenFlags.READ))).isEqualTo(Errno.EACCES);
    }

    @Test
    void anybodyElseLosesAnOpenFileWithItsPermission() throws ErrnoException {
        OpenFile onHost = otherOnHost.open("f", OpenFlags.READ | OpenFlags.WRITE | OpenFlags.APPEND);
        OpenFile file = other.open("f", OpenFlags.READ | OpenFlags.WRITE | OpenFlags.APPEND);
        assertThat(ownOnHost.chmod("f", 0600)).isNull();
        assertThat(own.chmod("f", 0600)).isNull();

        assertThat(onHost.read(ByteBuffer.allocate(5), 0)).isEqualTo(5);
        assertThat(errno(() -> file.read(ByteBuffer.allocate(5), 0))).isEqualTo(Errno.EACCES);
        assertThat(errno(() -> file.write(ByteBuffer.wrap(bytes("y")), 0))).isEqualTo(Errno.EACCES);
        assertThat(errno(() -> file.append(ByteBuffer.wrap(bytes("y"))))).isEqualTo(Errno.EACCES);
        assertThat(errno(() -> file.truncate(0))).isEqualTo(Errno.EACCES);
        assertThat(own.read("f")).isEqualTo("hello");
    }

    @Test
    void aFileRemovedByAnotherMountIsStale() throws ErrnoException {
        OpenFile onHost = ownOnHost.open("f", OpenFlags.READ);
        OpenFile file = own.open("f", OpenFlags.READ);
        assertThat(otherOnHost.unlink("f")).isNull();
        assertThat(other.unlink("f")).isNull();

        assertThat(onHost.read(ByteBuffer.allocate(5), 0)).isEqualTo(5);
        assertThat(errno(() -> file.read(ByteBuffer.allocate(5), 0))).isEqualTo(Errno.ESTALE);
        assertThat(errno(file::stat)).isEqualTo(Errno.ESTALE);
        must(file::close);
    }

    @Test
    void aFileReplacedByAnotherMountIsStale() throws ErrnoException {
        OpenFile file = own.open("f", OpenFlags.READ);
        assertThat(other.write("g", "new")).isNull();
        assertThat(other.rename("g", "f")).isNull();

        assertThat(errno(() -> file.read(ByteBuffer.allocate(5), 0))).isEqualTo(Errno.ESTALE);
        assertThat(own.read("f")).isEqualTo("new");
    }

    @Test
    void aRootOfAMountThatAnotherRemovedIsStale() {
        Calls onHost = Calls.on(host, Mount.asRoot().subPath("part"));
        Calls part = Calls.on(nfs, Mount.asRoot().subPath("part"));
        assertThat(Calls.on(host, Mount.asRoot()).rmdir("part")).isNull();
        assertThat(Calls.on(nfs, Mount.asRoot()).rmdir("part")).isNull();

        assertThat(onHost.mkdir("d")).isEqualTo(Errno.ENOENT);
        assertThat(onHost.stat("/").nlink()).isZero();
        assertThat(part.mkdir("d")).isEqualTo(Errno.ESTALE);
        assertThat(errno(() -> part.system().stat(null, bytes("/"), true))).isEqualTo(Errno.ESTALE);
    }

    @Test
    void anOpenFileThatItsMountRemovesStaysUnderAnotherNameUntilTheLastClose() throws ErrnoException {
        assertThat(own.mkdir("d")).isNull();
        assertThat(own.rename("f", "d/f")).isNull();
        OpenFile first = own.open("d/f", OpenFlags.READ);
        OpenFile second = own.open("d/f", OpenFlags.READ);

        assertThat(own.unlink("d/f")).isNull();
        assertThat(nfs.tree())
                .containsPattern("0666 2001:2001 5 d/" + KEPT + "\n")
                .doesNotContain("d/f");
        assertThat(own.rmdir("d")).isEqualTo(Errno.ENOTEMPTY);
        assertThat(first.read(ByteBuffer.allocate(5), 0)).isEqualTo(5);
        must(first::close);
        assertThat(own.rmdir("d")).isEqualTo(Errno.ENOTEMPTY);
        must(second::close);
        assertThat(nfs.tree()).doesNotContain(".nfs");
        assertThat(own.rmdir("d")).isNull();
    }

    @Test
    void anOpenFileThatItsMountReplacesStaysUnderAnotherNameUntilTheLastClose() throws ErrnoException {
        OpenFile file = own.open("f", OpenFlags.READ);
        assertThat(own.write("g", "new")).isNull();

        assertThat(own.rename("g", "f")).isNull();
        assertThat(file.read(ByteBuffer.allocate(5), 0)).isEqualTo(5);
        assertThat(own.read("f")).isEqualTo("new");
        assertThat(nfs.tree()).containsPattern(KEPT);
        must(file::close);
        assertThat(nfs.tree()).doesNotContain(".nfs").contains(" 3 f\n");
    }

    @Test
    void theNameOfARemovedFileIsBusyForItsMountAndCanBeRemovedByAnother() throws ErrnoException {
        OpenFile file = own.open("f", OpenFlags.READ);
        assertThat(own.unlink("f")).isNull();
        String kept = nfs.tree()
                .lines()
                .filter(line -> line.contains(".nfs"))
                .findFirst()
                .orElseThrow();
        String name = kept.substring(kept.indexOf(".nfs"));

        assertThat(own.unlink(name)).isEqualTo(Errno.EBUSY);
        assertThat(other.unlink(name)).isNull();
        assertThat(errno(() -> file.read(ByteBuffer.allocate(5), 0))).isEqualTo(Errno.ESTALE);
        must(file::close);
    }

    @Test
    void anOpenFileWithAnotherNameJustLosesOne() throws ErrnoException {
        OpenFile file = own.open("f", OpenFlags.READ);
        assertThat(own.link("f", "g")).isNull();

        assertThat(own.unlink("f")).isNull();
        assertThat(nfs.tree()).doesNotContain(".nfs");
        assertThat(file.read(ByteBuffer.allocate(5), 0)).isEqualTo(5);
    }

    @Test
    void twoMountsThatAppendInTurnOverwriteEachOther() throws ErrnoException {
        OpenFile first = own.open("f", OpenFlags.WRITE | OpenFlags.APPEND);
        OpenFile second = other.open("f", OpenFlags.WRITE | OpenFlags.APPEND);
        OpenFile firstOnHost = ownOnHost.open("f", OpenFlags.WRITE | OpenFlags.APPEND);
        OpenFile secondOnHost = otherOnHost.open("f", OpenFlags.WRITE | OpenFlags.APPEND);
        for (int i = 0; i < 3; i++) {
            first.append(ByteBuffer.wrap(bytes("a")));
            second.append(ByteBuffer.wrap(bytes("b")));
            firstOnHost.append(ByteBuffer.wrap(bytes("a")));
            secondOnHost.append(ByteBuffer.wrap(bytes("b")));
        }

        assertThat(own.read("f")).isEqualTo("hellobbb");
        assertThat(ownOnHost.read("f")).isEqualTo("helloababab");
    }

    @Test
    void whoOpensAnewAppendsBehindWhatTheOtherClosed() {
        for (int i = 0; i < 3; i++) {
            must(() -> append(own, "a"));
            must(() -> append(other, "b"));
        }

        assertThat(own.read("f")).isEqualTo("helloababab");
    }

    private static void append(Calls client, String text) throws ErrnoException {
        OpenFile file = client.open("f", OpenFlags.WRITE | OpenFlags.APPEND);
        file.append(ByteBuffer.wrap(bytes(text)));
        file.close();
    }

    @Test
    void theSpaceOfARemovedFileIsFreeAfterItsLastClose() throws ErrnoException {
        RwxVolume small = RwxVolume.builder().nfs().capacity(4096).build();
        Calls root = Calls.on(small, Mount.asRoot());
        assertThat(root.write("f", "hello")).isNull();
        OpenFile file = root.open("f", OpenFlags.READ);
        assertThat(root.unlink("f")).isNull();

        assertThat(root.system().statfs(null, bytes("/")).freeBytes()).isZero();
        must(file::close);
        assertThat(root.system().statfs(null, bytes("/")).freeBytes()).isEqualTo(4096);
    }
}
