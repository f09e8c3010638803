package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectId;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** An id and the licences that belong to it. */
final class ProjectOptions {

    @Option(names = "--project", paramLabel = "UUID", required = true, description = "A project's id.")
    private String id = "";

    @Option(
            names = "--licenses",
            paramLabel = "FILE",
            required = true,
            description = "Its licences, as in the hub's column site_license: one --licenses for each --project.")
    private Path licenses = Path.of("");

    ProjectOptions() {}

    Project read() {
        ProjectId project;
        try {
            project = ProjectId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--project: " + e.getMessage(), e);
        }
        return new Project(project, Inputs.licenses(licenses));
    }
}
