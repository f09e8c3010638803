package com.cocalc.storage.testkit.law.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.law.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalLawsTest {

    private static RwxVolume volume(boolean nfs) {
        return nfs
                ? RwxVolume.builder().nfs().rootMode(0777).build()
                : RwxVolume.builder().rootMode(0777).build();
    }

    private static Path root(RwxVolume volume, Mount mount) {
        return volume.mount(mount).getPath("/");
    }

    private static List<String> texts(List<Violation> violations) {
        return violations.stream()
                .map(violation ->
                        violation.where() + ": found " + violation.found() + ", expected " + violation.expected())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFakeRefusesWhatItMustAndNothingBesideIt(boolean isNfs) throws IOException {
        RwxVolume volume = volume(isNfs);
        volume.populate("0755 2001:2001 - small/\n");
        volume.quota("small", 65_536, 100);
        String before = volume.tree();
        Path user = root(volume, Mount.as(2001, 2001));

        assertThat(RefusalLaws.checkReadOnly(
                        user, root(volume, Mount.as(2001, 2001).readOnly())))
                .isEmpty();
        assertThat(RefusalLaws.checkRootSquash(user, root(volume, Mount.asRoot().rootSquash())))
                .isEmpty();
        assertThat(RefusalLaws.checkQuota(user.resolve("small"), 65_536)).isEmpty();
        assertThat(volume.tree()).isEqualTo(before);
    }

    @Test
    void aStaleHandleEndsAlone() throws IOException {
        RwxVolume nfs = volume(true);

        assertThat(RefusalLaws.checkStaleHandles(root(nfs, Mount.as(2001, 2001)), root(nfs, Mount.as(2001, 2001))))
                .isEmpty();
    }

    @Test
    void aMountThatIsWritableIsCaught() throws IOException {
        RwxVolume volume = volume(false);
        Path user = root(volume, Mount.as(2001, 2001));

        List<Violation> violations = RefusalLaws.checkReadOnly(user, root(volume, Mount.as(2001, 2001)));

        assertThat(violations)
                .first()
                .hasToString("read-only-refuses-writing at creating: found success, expected Read-only file system; a"
                        + " read-only mount refuses every change with 'Read-only file system', but not reading; set readOnly"
                        + " on the mount");
        assertThat(violations).hasSize(11);
    }

    @Test
    void aMountThatRefusesReadingIsCaught() throws IOException {
        RwxVolume volume = volume(false);
        Path user = root(volume, Mount.as(2001, 2001).umask(077));

        assertThat(texts(RefusalLaws.checkReadOnly(
                        user, root(volume, Mount.as(2002, 2002).readOnly()))))
                .contains("reading: found Permission denied, expected success");
    }

    @Test
    void aRootThatIsNotSquashedIsCaught() throws IOException {
        RwxVolume volume = volume(false);

        assertThat(texts(RefusalLaws.checkRootSquash(root(volume, Mount.as(2001, 2001)), root(volume, Mount.asRoot()))))
                .contains(
                        "chown: found success, expected Operation not permitted",
                        "reading a private file: found success, expected Permission denied",
                        "removing: found success, expected Permission denied");
    }

    @Test
    void aDirectoryWithoutAQuotaIsCaught() throws IOException {
        RwxVolume volume = volume(false);

        assertThat(texts(RefusalLaws.checkQuota(root(volume, Mount.as(2001, 2001)), 65_536)))
                .containsExactly(
                        "writing more than 65536 bytes: found success, expected Disk quota exceeded or No space"
                                + " left on device");
    }

    @Test
    void aHandleThatLivesOnIsCaught() throws IOException {
        RwxVolume volume = volume(false);
        Path user = root(volume, Mount.as(2001, 2001));

        assertThat(texts(RefusalLaws.checkStaleHandles(user, user)))
                .containsExactly("reading the open file: found success, expected Stale file handle");
    }

    @Test
    void theDirectoryIsEmptyAfterwards() throws IOException {
        RwxVolume volume = volume(false);
        Path user = root(volume, Mount.as(2001, 2001));

        RefusalLaws.checkStaleHandles(user, user);

        try (var entries = Files.list(user)) {
            assertThat(entries).isEmpty();
        }
    }
}
