package com.cocalc.storage.cli.input;

import com.cocalc.storage.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for a project and its licences. */
public final class ProjectOptions {

    @Option(names = "--project", paramLabel = "UUID", required = true, description = "A project's id.")
    private String id = "";

    @Option(
            names = "--licenses",
            paramLabel = "FILE",
            description = "Its licences, as in the hub's column site_license, or lines of many projects; - for "
                    + "standard input. Without it the project has none.")
    private @Nullable String licenses;

    public ProjectOptions() {}

    /** The file of the licences as the user names it. */
    public @Nullable String licenses() {
        return licenses;
    }

    public Project read() {
        ProjectId project = projectId("--project", id);
        return new Project(
                project,
                Licenses.read(Optional.ofNullable(licenses), Optional.of(project))
                        .of(project));
    }

    public static ProjectId projectId(String name, String text) {
        try {
            return ProjectId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(name + ": " + e.getMessage(), e);
        }
    }
}
