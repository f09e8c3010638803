package com.cocalc.storage.cli.input;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.json.LicensesJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The licences of projects: of one, as the hub's column has them, or of many, a line each. */
public final class Licenses {

    /** How to get the licences of one project out of the hub's database, for help texts. */
    public static final String ONE_1 = "The licences of a project are in the hub's database:";

    public static final String ONE_2 =
            "  psql -XAtc \"SELECT site_license FROM projects WHERE project_id = 'UUID'\" \\";

    public static final String ONE_3 = "    > site_license.json";

    /** How to get the lines of many. */
    public static final String QUERY_1 = "  psql -XAtc \"SELECT json_build_object('project_id', project_id,";

    public static final String QUERY_2 = "    'site_license', site_license) FROM projects\" > licenses.jsonl";

    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);

    private final Map<ProjectId, ProjectLicenses> byProject;

    private Licenses(Map<ProjectId, ProjectLicenses> byProject) {
        this.byProject = byProject;
    }

    /** Reads a file, if there is one; licences without a project's id are those of the given project. */
    public static Licenses read(Optional<String> file, Optional<ProjectId> project) {
        return new Licenses(
                file.map(name -> parse(name, Inputs.text(name), project)).orElse(Map.of()));
    }

    /** A project without licences, or that no line is about, has none. */
    public ProjectLicenses of(ProjectId project) {
        return byProject.getOrDefault(project, ProjectLicenses.none());
    }

    private static Map<ProjectId, ProjectLicenses> parse(String file, String text, Optional<ProjectId> project) {
        String name = Inputs.nameOf(file);
        if (isLines(text)) {
            return lines(name, text);
        }
        if (project.isEmpty() && text.isBlank()) {
            throw new BadInputException(name + " must have lines of project_id and site_license, but is empty; take the"
                    + " lines that the query in audit --help gives");
        }
        ProjectLicenses licenses = one(name, text);
        return Map.of(
                project.orElseThrow(() -> new BadInputException(name
                        + " must have lines of project_id and site_license, but has the licences of one project; say"
                        + " whose with --project")),
                licenses);
    }

    /** A map of licences has ids as keys, and no project_id. */
    private static boolean isLines(String text) {
        try (MappingIterator<JsonNode> values = JSON.readValues(text)) {
            return values.hasNextValue() && values.nextValue().has("project_id");
        } catch (IOException e) {
            return false; // the reader of one project's licences says better what is wrong
        }
    }

    /** A value follows the other, mostly in a line of its own. */
    private static Map<ProjectId, ProjectLicenses> lines(String name, String text) {
        Map<ProjectId, ProjectLicenses> byProject = new HashMap<>();
        try (MappingIterator<JsonNode> values = JSON.readValues(text)) {
            while (values.hasNextValue()) {
                int line = values.getParser().currentTokenLocation().getLineNr();
                add(byProject, name + ", line " + line, values.nextValue());
            }
        } catch (IOException e) {
            KubernetesReader.Fault fault = KubernetesReader.Fault.of(e);
            throw new BadInputException(
                    name + fault.place()
                            + ", must be a JSON object of project_id and site_license, but does not read as one ("
                            + fault.problem() + "); correct it there",
                    e);
        }
        return byProject;
    }

    private static void add(Map<ProjectId, ProjectLicenses> byProject, String place, JsonNode entry) {
        if (!entry.path("project_id").isTextual()) {
            throw new BadInputException(place + ", must name its project, but has no project_id; take the lines that"
                    + " the query in audit --help gives");
        }
        ProjectId project = ProjectOptions.projectId(
                place + ", project_id", entry.path("project_id").asText());
        JsonNode licenses = entry.path("site_license");
        ProjectLicenses read = licenses.isMissingNode() || licenses.isNull()
                ? ProjectLicenses.none()
                : one(place + ", site_license", licenses.toString());
        if (byProject.putIfAbsent(project, read) != null) {
            throw new BadInputException(place + ", must have another project than the lines before, but has " + project
                    + " again; leave out the one that is too old");
        }
    }

    private static ProjectLicenses one(String place, String text) {
        try {
            return LicensesJson.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(place + ": " + e.getMessage(), e);
        }
    }
}
