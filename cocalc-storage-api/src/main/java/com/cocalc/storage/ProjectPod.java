package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

/**
 * The pod in which one project runs.
 *
 * @param project the project that runs in the pod
 */
public record ProjectPod(ProjectId project) implements StorageComponent {

    /**
     * Checks that there is a project.
     *
     * @param project the project that runs in the pod
     * @throws NullPointerException if the project is null
     */
    public ProjectPod {
        requireNonNull(project, "project");
    }

    /** Returns the words for a person. */
    @Override
    public String toString() {
        return "project " + project;
    }
}
