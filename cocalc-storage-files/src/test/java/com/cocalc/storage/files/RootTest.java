package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator runs the library as root where the service runs as user 2001. */
class RootTest {

    private static final PosixIdentity USER = PosixIdentity.PROJECT_USER;

    private final RwxVolume volume = RwxVolume.create();

    private Path as(Mount mount) {
        return volume.mount(mount.umask(0077)).getPath("/");
    }

    private Shares shares(Mount mount) {
        return Shares.below(ServiceVolumes.forService(StorageService.MANAGE_SHARE), as(mount));
    }

    private ProjectFiles files(Mount mount) {
        return ProjectFiles.below(ServiceVolumes.forService(StorageService.MANAGE_COPY), as(mount));
    }

    /** What is not the user's, but for the volume itself. */
    private List<String> ofOthers() {
        return volume.tree()
                .lines()
                .filter(line -> !line.contains(" 2001:2001 ") && !line.endsWith(" /"))
                .toList();
    }

    private void populate() {
        volume.populate("""
                0755 2001:2001 - projects/
                0755 2001:2001 - shares/
                0755 2001:2001 - A/
                0755 2001:2001 - A/a/
                0755 2001:2001 - A/a/talks/
                0000 2001:2001 - A/a/talks/closed/
                0644 2001:2001 "x" A/a/talks/closed/x
                0644 2001:2001 "y" A/a/talks/y
                0755 2001:2001 - B/
                """.replace("A/", FakeProjects.A_HOME).replace("B/", FakeProjects.B_HOME));
    }

    @Test
    void theServiceCopiesWhereRootHasCopiedBefore() {
        populate();

        files(Mount.asRoot())
                .copy(CopyRequest.from(Projects.A, FilePath.parse("a/talks/y")).to(Projects.B, FilePath.parse("in/y")));

        assertThat(ofOthers()).isEmpty();
        files(Mount.as(USER))
                .copy(CopyRequest.from(Projects.A, FilePath.parse("a/talks/y"))
                        .to(Projects.B, FilePath.parse("in/y2")));
        files(Mount.as(USER)).recover(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theServicePublishesWhereRootHasPublishedBefore(boolean wholeTree) {
        populate();
        Shares byRoot = wholeTree ? shares(Mount.asRoot()).wholeTree() : shares(Mount.asRoot());
        Shares byUser = wholeTree ? shares(Mount.as(USER)).wholeTree() : shares(Mount.as(USER));
        PublicPath talks = PublicPath.of(Projects.A, FilePath.parse("a/talks"));

        byRoot.publish(talks);
        byRoot.publish(talks);

        assertThat(ofOthers()).isEmpty();
        CopyReport report = byUser.publish(talks);
        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(byUser.published(Projects.A)).containsExactly(talks);
        byUser.recover();
        byUser.unpublish(talks);
        assertThat(volume.tree()).doesNotContain("shares/" + Projects.A).doesNotContain("staging/0");
    }

    /** Only root can read it in the project; the service must be able to read it in the share. */
    @Test
    void aPublishedDirectoryIsOpenToTheService() {
        populate();

        shares(Mount.asRoot()).publish(PublicPath.of(Projects.A, FilePath.parse("a/talks")));

        assertThat(volume.tree()).contains("0500 2001:2001 - shares/" + Projects.A + "/a/talks/closed/");
    }
}
