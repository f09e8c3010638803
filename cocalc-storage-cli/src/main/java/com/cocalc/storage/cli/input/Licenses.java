package com.cocalc.storage.cli.input;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.json.LicensesJson;
import com.fasterxml.jackson.core.JsonProcessingException;
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

    /** How to get the lines out of the hub's database, for help texts. */
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
        return isLines(text) ? lines(file, text) : Map.of(owner(file, project), one(Inputs.nameOf(file), text));
    }

    private static ProjectId owner(String file, Optional<ProjectId> project) {
        return project.orElseThrow(() -> new BadInputException(Inputs.nameOf(file)
                + " must have lines of project_id and site_license, but has the licences of one project; say whose"
                + " with --project"));
    }

    /** A map of licences has ids as keys, and no project_id. */
    private static boolean isLines(String text) {
        try (MappingIterator<JsonNode> values = JSON.readValues(text)) {
            return values.hasNextValue() && values.nextValue().has("project_id");
        } catch (IOException e) {
            return false; // the reader of one project's licences says better what is wrong
        }
    }

    private static Map<ProjectId, ProjectLicenses> lines(String file, String text) {
        Map<ProjectId, ProjectLicenses> byProject = new HashMap<>();
        int line = 0;
        for (String entry : (Iterable<String>) text.lines()::iterator) {
            line++;
            if (!entry.isBlank()) {
                add(byProject, Inputs.nameOf(file) + ", line " + line, entry);
            }
        }
        return byProject;
    }

    private static void add(Map<ProjectId, ProjectLicenses> byProject, String place, String entry) {
        JsonNode node;
        try {
            node = JSON.readTree(entry);
        } catch (JsonProcessingException e) {
            throw new BadInputException(
                    place + ", column " + e.getLocation().getColumnNr()
                            + ", must be a JSON object of project_id and site_license, but does not read as one ("
                            + Table.onTerminal(
                                    e.getOriginalMessage().lines().findFirst().orElse(""))
                            + "); correct it there",
                    e);
        }
        if (!node.path("project_id").isTextual()) {
            throw new BadInputException(place + ", must name its project, but has no project_id; take the lines that"
                    + " the query in audit --help gives");
        }
        ProjectId project = ProjectOptions.projectId(
                place + ", project_id", node.path("project_id").asText());
        JsonNode licenses = node.path("site_license");
        byProject.put(
                project,
                licenses.isMissingNode() || licenses.isNull()
                        ? ProjectLicenses.none()
                        : one(place + ", site_license", licenses.toString()));
    }

    private static ProjectLicenses one(String place, String text) {
        try {
            return LicensesJson.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(place + ": " + e.getMessage(), e);
        }
    }
}
