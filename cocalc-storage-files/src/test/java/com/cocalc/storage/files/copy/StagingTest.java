package com.cocalc.storage.files.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.tree.MountedTree;
import com.cocalc.storage.files.tree.OpenLimit;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.VirtualTime;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The private directory of an operation beside recoveries of other processes. */
final class StagingTest {

    private static final Duration UNUSED = Duration.ofMinutes(5);

    private final RwxVolume volume = RwxVolume.create();
    private final VirtualTime time = (VirtualTime) volume.clock();
    private final Path root;

    StagingTest() {
        volume.populate("0755 2001:2001 - projects/");
        root = volume.mount(Mount.as(2001, 2001)).getPath("/projects");
    }

    @Test
    void anOperationThatShowsThatItGoesOnIsLeftAlone() throws IOException {
        try (Staging staging = open()) {
            for (int i = 0; i < 4; i++) {
                time.advance(UNUSED.minusSeconds(1));
                staging.stayInUse();
                recover();

                assertThat(volume.tree()).contains("staging/0");
            }
        }
    }

    @Test
    void anOperationThatDoesNothingForTooLongIsCleared() throws IOException {
        try (Staging staging = open()) {
            staging.stayInUse();
            time.advance(UNUSED);
            recover();

            assertThat(volume.tree()).doesNotContain("staging/0");
        }
    }

    /** Each copy may leave one that only root can delete. */
    @Test
    void thousandsThatAreLeftDoNotDelayANewOne() throws IOException {
        open().close();
        for (int i = 0; i < 1000; i++) {
            Files.createDirectory(root.resolve(".cocalc-storage/staging/" + i));
        }
        int[] tried = {0};
        volume.beforeEachOperation(event -> tried[0] += event.operation() == Operation.MKDIR ? 1 : 0);

        open().close();

        assertThat(tried[0]).isLessThan(30);
    }

    private Staging open() throws IOException {
        return Staging.open(
                root, PosixIdentity.PROJECT_USER, ProjectId.parse("aaaaaaaa-0000-4000-8000-000000000001"), new Tally());
    }

    private void recover() {
        Recovery.recover(new MountedTree(root), UNUSED, OpenLimit.of(Duration.ofSeconds(30)));
    }
}
