package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.Fault;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** The code of docs/fake-file-system.md: what stands between the markers is shown there. */
class FakeFileSystemGuideTest {

    // guide
    @Test
    void aVolumeIsEnoughWhereNoPodIsInvolved() throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0700 2001:2001 - projects/p1/");

        try (FileSystem owner = volume.mount(Mount.as(2001, 2001).subPath("projects/p1"));
                FileSystem stranger = volume.mount(Mount.as(1000, 1000))) {
            Files.writeString(owner.getPath("/secret"), "42");

            assertThatThrownBy(() -> Files.readString(stranger.getPath("/projects/p1/secret")))
                    .hasToString("java.nio.file.AccessDeniedException: /projects/p1/secret");
        }
    }
    // end

    // guide
    /** The code under test: replaces a file, so that readers see the old or the new one. */
    static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    @Test
    void aFullVolumeLeavesTheFileAsItWas() throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0777 0:0 - ./\n0644 2001:2001 \"as it was\" notes");
        volume.inject(Fault.every(Operation.WRITE, Errno.ENOSPC));
        Path notes = volume.mount(Mount.as(2001, 2001)).getPath("/notes");

        assertThatThrownBy(() -> replace(notes, "new")).hasMessageContaining("No space left on device");

        assertThat(notes).hasContent("as it was");
    }

    @Test
    void whoeverReadsMeanwhileSeesTheOldFileOrTheNewOne() throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0777 0:0 - ./\n0644 2001:2001 \"old\" notes");
        Path notes = volume.mount(Mount.as(2001, 2001)).getPath("/notes");
        Path reader = volume.mount(Mount.as(1000, 1000)).getPath("/notes");
        volume.beforeEachOperation(operation -> assertThat(reader).content().isIn("old", "new"));

        replace(notes, "new");

        assertThat(reader).hasContent("new");
    }
    // end

    @Test
    void thePageShowsTheCodeThatRunsHere() throws IOException {
        assertThat(GuidePage.of("fake-file-system.md").blocks("java"))
                .containsAll(GuidePage.regionsWithImports("FakeFileSystemGuideTest"));
    }
}
