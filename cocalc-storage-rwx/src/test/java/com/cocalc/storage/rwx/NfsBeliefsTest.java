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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client of NFS believes for three seconds what it was told, and nobody waits for them. */
class NfsBeliefsTest {
    private final VirtualTime time = new VirtualTime();
    private final RwxVolume volume = RwxVolume.builder().nfs().clock(time).build();
    private final Calls own = Calls.on(volume, Mount.asRoot());
    private final Calls other = Calls.on(volume, Mount.asRoot());

    @Test
    void aChangeOfAnotherMountShowsAfterThreeSeconds() {
        assertThat(own.write("f", "hello")).isNull();
        assertThat(own.stat("f").size()).isEqualTo(5);

        assertThat(other.write("f", "longer text")).isNull();
        assertThat(other.stat("f").size()).isEqualTo(11);
        assertThat(own.stat("f").size()).isEqualTo(5);
        time.advance(Duration.ofSeconds(3));
        assertThat(own.stat("f").size()).isEqualTo(11);
    }

    @Test
    void onOneHostItShowsAtOnce() {
        RwxVolume host = RwxVolume.create();
        Calls here = Calls.on(host, Mount.asRoot());
        assertThat(here.write("f", "hello")).isNull();
        assertThat(here.stat("f").size()).isEqualTo(5);

        assertThat(Calls.on(host, Mount.asRoot()).write("f", "longer text")).isNull();
        assertThat(here.stat("f").size()).isEqualTo(11);
    }

    @Test
    void whoOpensAFileSeesWhatWasClosedBefore() throws ErrnoException {
        assertThat(own.write("f", "hello")).isNull();
        assertThat(own.stat("f").size()).isEqualTo(5);
        assertThat(other.write("f", "longer text")).isNull();

        OpenFile file = own.open("f", OpenFlags.READ);
        assertThat(file.stat().size()).isEqualTo(11);
        assertThat(own.stat("f").size()).isEqualTo(11);
        must(file::close);
    }

    @Test
    void ownChangesShowAtOnce() throws ErrnoException {
        OpenFile file = own.open("f", OpenFlags.WRITE | OpenFlags.CREAT);
        assertThat(own.stat("f").size()).isZero();
        must(() -> file.write(ByteBuffer.wrap(bytes("abc")), 0));
        assertThat(own.stat("f").size()).isEqualTo(3);
        must(() -> file.truncate(1));
        assertThat(file.size()).isEqualTo(1);
        assertThat(own.chmod("f", 0600)).isNull();
        assertThat(own.stat("f").permissions()).isEqualTo(0600);
        must(() -> file.chmod(0640));
        assertThat(own.stat("f").permissions()).isEqualTo(0640);
        assertThat(own.link("f", "g")).isNull();
        assertThat(own.stat("f").nlink()).isEqualTo(2);
        assertThat(own.unlink("g")).isNull();
        assertThat(own.stat("f").nlink()).isEqualTo(1);
        assertThat(own.access("g", 0)).isEqualTo(Errno.ENOENT);
        assertThat(own.rename("f", "g")).isNull();
        assertThat(own.access("g", 0)).isNull();
        assertThat(own.mkdir("d")).isNull();
        assertThat(own.access("d", 0)).isNull();
        assertThat(own.rmdir("d")).isNull();
        assertThat(own.access("d", 0)).isEqualTo(Errno.ENOENT);
    }

    @Test
    void aNameThatWasMissingIsMissedForThirtySecondsThoughAnotherMountMadeIt() {
        Path file = volume.mount(Mount.asRoot()).getPath("f");
        assertThat(Files.exists(file)).isFalse();
        assertThat(own.access("f", 0)).isEqualTo(Errno.ENOENT);

        assertThat(other.write("f", "hello")).isNull();
        assertThat(Files.exists(file)).isFalse();
        assertThat(errno(() -> own.open("f", OpenFlags.READ))).isEqualTo(Errno.ENOENT);
        time.advance(Duration.ofSeconds(29));
        assertThat(Files.exists(file)).isFalse();
        assertThat(own.mkdir("f")).isEqualTo(Errno.EEXIST);
        time.advance(Duration.ofSeconds(1));
        assertThat(Files.exists(file)).isTrue();
        assertThat(own.read("f")).isEqualTo("hello");
    }

    @Test
    void whoTriesToMakeAMissingNameLearnsOfIt() {
        assertThat(own.access("f", 0)).isEqualTo(Errno.ENOENT);
        assertThat(other.write("f", "hello")).isNull();

        assertThat(errno(() -> own.open("f", OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.EXCL)))
                .isEqualTo(Errno.EEXIST);
        assertThat(own.access("f", 0)).isNull();
        assertThat(own.read("f")).isEqualTo("hello");
    }

    @Test
    void whoListsADirectorySeesTheNamesInIt() throws ErrnoException {
        assertThat(own.mkdir("d")).isNull();
        assertThat(own.access("d/f", 0)).isEqualTo(Errno.ENOENT);
        assertThat(other.write("d/f", "hello")).isNull();
        assertThat(own.access("d/f", 0)).isEqualTo(Errno.ENOENT);

        OpenFile directory = own.open("d", OpenFlags.READ);
        assertThat(directory.readdir()).hasSize(1);
        must(directory::close);
        assertThat(own.access("d/f", 0)).isNull();
    }

    @Test
    void aFileThatAnotherMountMovedAwayIsOpenedByItsOldNameForThirtySeconds() {
        assertThat(own.write("f", "old")).isNull();
        assertThat(other.rename("f", "f.1")).isNull();
        assertThat(other.write("f", "new")).isNull();

        assertThat(other.read("f")).isEqualTo("new");
        assertThat(own.read("f")).isEqualTo("old");
        assertThat(own.write("f", "late")).isNull();
        assertThat(other.read("f.1")).isEqualTo("late");
        time.advance(Duration.ofSeconds(30));
        assertThat(own.read("f")).isEqualTo("new");
    }

    @Test
    void aNameThatAnotherMountRemovedIsSeenForThreeSecondsButCannotBeOpened() {
        assertThat(own.write("f", "hello")).isNull();
        assertThat(own.stat("f").size()).isEqualTo(5);

        assertThat(other.unlink("f")).isNull();
        assertThat(own.stat("f").size()).isEqualTo(5);
        assertThat(errno(() -> own.open("f", OpenFlags.READ))).isEqualTo(Errno.ENOENT);
        time.advance(Duration.ofSeconds(3));
        assertThat(own.access("f", 0)).isEqualTo(Errno.ENOENT);
    }
}
