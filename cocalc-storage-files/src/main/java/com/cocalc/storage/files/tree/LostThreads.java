package com.cocalc.storage.files.tree;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.outcome.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The threads that the operations of one service have left behind, counted by the project that keeps them waiting.
 *
 * <p>A project has a small share, and no more than this share counts for the limit of all: one project alone can stop
 * its own operations, but not those of others.
 */
final class LostThreads {

    static final int MOST = 64;
    static final int MOST_OF_ONE_PROJECT = 8;

    private final Map<@Nullable ProjectId, Integer> lost = new HashMap<>();

    synchronized void lose(@Nullable ProjectId owner) {
        lost.merge(owner, 1, Integer::sum);
    }

    synchronized void find(@Nullable ProjectId owner) {
        lost.computeIfPresent(owner, (project, number) -> number == 1 ? null : number - 1);
    }

    /** Refuses an operation that concerns these projects, if they or all have too many. */
    synchronized void requireFew(List<ProjectId> projects) {
        for (ProjectId project : projects) {
            if (lost.getOrDefault(project, 0) >= MOST_OF_ONE_PROJECT) {
                throw new OperationException(
                        Problem.BLOCKED,
                        "at most " + MOST_OF_ONE_PROJECT + " threads may wait to open FIFOs of project " + project
                                + " whose names are gone, but so many do; see what runs in that project, and restart "
                                + "the service");
            }
        }
        int all = 0;
        for (Map.Entry<@Nullable ProjectId, Integer> some : lost.entrySet()) {
            all += some.getKey() == null ? some.getValue() : Math.min(some.getValue(), MOST_OF_ONE_PROJECT);
        }
        if (all >= MOST) {
            throw new OperationException(
                    Problem.BLOCKED,
                    "at most " + MOST + " threads may wait to open FIFOs whose names are gone, but so many do; "
                            + "restart the service, and see whose projects earlier operations named as blocked");
        }
    }
}
