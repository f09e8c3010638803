package com.cocalc.storage.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.call.OpenHandle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A claim as clients beside the cluster's pods use it. */
final class FakeClaimTest {

    private static FakeClaimSource on(BackEnd backEnd) {
        return new FakeClaimSource(
                FakeCluster.builder().storageClass("nfs", backEnd).claimsOf(StorageConfig.defaults(), "nfs"));
    }

    private record FakeClaimSource(FakeClusterBuilder builder) {
        FakeClaim claim() {
            return builder.build().claim("projects-data");
        }
    }

    @Test
    void whoMountsAClaimIsTakenForWhomItsServerTakesThem() throws IOException {
        try (FileSystem root = on(BackEnd.GANESHA).claim().mount(Mount.asRoot());
                FileSystem squashed = on(BackEnd.GANESHA_ROOT_SQUASH).claim().mount(Mount.asRoot());
                FileSystem anybody = on(BackEnd.NFS_ALL_SQUASH).claim().mount(Mount.as(1000, 1000))) {
            Files.createFile(root.getPath("/x"));
            Files.createFile(anybody.getPath("/x"));

            assertThat(Files.getAttribute(anybody.getPath("/x"), "unix:uid")).isEqualTo(2001);
            assertThatThrownBy(() -> Files.createFile(squashed.getPath("/x")))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void handlesAreTracedWhereTheClusterWasAskedTo() throws IOException {
        FakeClusterBuilder builder = on(BackEnd.GANESHA).builder().traceHandles();
        FakeClaim claim = builder.build().claim("projects-data");
        claim.volume().populate("0644 0:0 \"hello\" notes");

        try (FileSystem files = claim.mount(Mount.asRoot());
                InputStream open = Files.newInputStream(files.getPath("/notes"))) {
            assertThat(claim.volume().openHandles())
                    .extracting(OpenHandle::path)
                    .containsExactly("/notes");
            assertThat(open.read()).isEqualTo('h');
        }
        assertThat(claim.volume().openHandles()).isEmpty();
    }

    @Test
    void handlesAreNotTracedOtherwise() {
        FakeClaim claim = on(BackEnd.GANESHA).claim();

        assertThatIllegalStateException()
                .isThrownBy(() -> claim.volume().openHandles())
                .withMessageStartingWith("open handles must be traced to be listed");
    }
}
