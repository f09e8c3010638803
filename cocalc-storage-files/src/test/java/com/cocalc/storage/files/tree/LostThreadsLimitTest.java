package com.cocalc.storage.files.tree;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ProjectId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LostThreadsLimitTest {

    private final LostThreads lost = new LostThreads();

    private static ProjectId project(int number) {
        return ProjectId.of(new UUID(1, number));
    }

    private void lose(ProjectId project, int threads) {
        for (int i = 0; i < threads; i++) {
            lost.lose(project);
        }
    }

    @Test
    void aProjectIsRefusedAtItsShareAndNotBefore() {
        lose(project(1), 7);
        assertThatCode(() -> lost.requireFew(List.of(project(1), project(2)))).doesNotThrowAnyException();

        lost.lose(project(1));
        assertThatThrownBy(() -> lost.requireFew(List.of(project(2), project(1))))
                .hasMessageContaining("of project " + project(1));
        assertThatCode(() -> lost.requireFew(List.of(project(2)))).doesNotThrowAnyException();

        lost.find(project(1));
        assertThatCode(() -> lost.requireFew(List.of(project(1)))).doesNotThrowAnyException();
    }

    @Test
    void oneProjectAloneNeverStopsOthersWhateverItLoses() {
        lose(project(1), 1000);

        assertThatCode(() -> lost.requireFew(List.of(project(2)))).doesNotThrowAnyException();
    }

    @Test
    void manyProjectsStopEverybody() {
        for (int i = 0; i < 8; i++) {
            assertThatCode(() -> lost.requireFew(List.of())).doesNotThrowAnyException();
            lose(project(i), 8);
        }

        assertThatThrownBy(() -> lost.requireFew(List.of())).hasMessageStartingWith("at most 64 threads may wait");
    }

    @Test
    void threadsOfUnknownOwnersCountForEverybody() {
        for (int i = 0; i < 64; i++) {
            assertThatCode(() -> lost.requireFew(List.of(project(1)))).doesNotThrowAnyException();
            lost.lose(null);
        }

        assertThatThrownBy(() -> lost.requireFew(List.of(project(1)))).hasMessageStartingWith("at most 64 threads");
    }
}
