package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import org.junit.jupiter.api.Test;

class PublicPathTest {

    private static final ProjectId PROJECT = ProjectId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");

    /** Computed with {@code printf 3f5ea6cb-d334-4dfe-a43f-2072073c2b13talks/2024 | sha1sum}. */
    @Test
    void theIdIsTheHashOfProjectAndPathWithoutASeparator() {
        assertThat(PublicPath.of(PROJECT, FilePath.parse("talks/2024")).id())
                .isEqualTo("89a27ab124c5103d9a7890f8df4e88c5ef4ea8ec");
        assertThat(PublicPath.of(PROJECT, FilePath.parse("ü")).id())
                .isEqualTo("9681527ec0e644c73bcc82875261a84a6d5f024a");
        assertThat(PublicPath.of(PROJECT, FilePath.home()).id()).isEqualTo("993383730389bcff363b94a100cb5d85be20ad53");
    }

    @Test
    void disablingKeepsTheId() {
        PublicPath path = PublicPath.of(PROJECT, FilePath.parse("talks"));

        assertThat(path.isDisabled()).isFalse();
        assertThat(path.disabled().isDisabled()).isTrue();
        assertThat(path.disabled().id()).isEqualTo(path.id());
        assertThat(path.disabled()).isNotEqualTo(path);
    }

    @Test
    void theTextNamesProjectAndPath() {
        assertThat(PublicPath.of(PROJECT, FilePath.parse("talks")))
                .hasToString("3f5ea6cb-d334-4dfe-a43f-2072073c2b13:talks");
        assertThat(PublicPath.of(PROJECT, FilePath.parse("talks")).disabled())
                .hasToString("3f5ea6cb-d334-4dfe-a43f-2072073c2b13:talks (disabled)");
    }
}
