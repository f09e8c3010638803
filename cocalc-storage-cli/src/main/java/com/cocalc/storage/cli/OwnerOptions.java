package com.cocalc.storage.cli;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Licenses;
import com.cocalc.storage.cli.input.ProjectOptions;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.cli.repair.Wanted;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say to which project or service the judged pods belong. */
final class OwnerOptions {

    @ArgGroup
    private One one = new One();

    @Option(
            names = "--project-label",
            paramLabel = "KEY",
            description = "The label that has the project's id (default: ${DEFAULT-VALUE}). A pod without it is "
                    + "judged as the project whose directory it has as its home.")
    private String label = "project_id";

    @Option(
            names = "--licenses",
            paramLabel = "FILE",
            description = "The licences: lines of project_id and site_license, or with --project what the hub's "
                    + "column site_license has. Without it projects have none.")
    private @Nullable String licenses;

    private @Nullable Licenses read;
    private int byHome;

    OwnerOptions() {}

    /** The owner of all pods. */
    static final class One {

        @Option(names = "--project", paramLabel = "UUID", description = "Judge all pods as this project's.")
        private @Nullable String project;

        @Option(
                names = "--service",
                paramLabel = "NAME",
                description = "Judge all pods as this service's: hub-next, manage-share, manage-copy or hub-proxy.")
        private @Nullable String service;

        One() {}
    }

    /** The file of the licences as the user names it. */
    @Nullable
    String licenses() {
        return licenses;
    }

    /** Refuses what can be refused before an input is read. */
    void check() {
        if (label.isBlank()) {
            throw new BadInputException("--project-label must be the key of a label, but was \""
                    + Table.onTerminal(label) + "\"; leave it out for project_id");
        }
        given();
        if (one.service != null) {
            service(one.service);
        }
        read();
    }

    private Optional<ProjectId> given() {
        return Optional.ofNullable(one.project).map(id -> ProjectOptions.projectId("--project", id));
    }

    private Licenses read() {
        Licenses known = read;
        if (known == null) {
            known = Licenses.read(Optional.ofNullable(licenses), given());
            read = known;
        }
        return known;
    }

    /** What the pod at a place of an object is to be; nothing where nobody can tell whose it is. */
    Optional<Wanted> wanted(JsonNode object, JsonNode pod, StorageConfig config) {
        if (one.service != null) {
            return Optional.of(Wanted.of(ServiceVolumes.forService(service(one.service), config), "--service"));
        }
        Optional<ProjectId> given = given();
        if (given.isPresent()) {
            return given.map(id -> project(id, "--project", config));
        }
        for (JsonNode labelled : new JsonNode[] {pod, object}) {
            JsonNode value = labelled.path("metadata").path("labels").path(label);
            if (value.isTextual()) {
                try {
                    return Optional.of(project(ProjectId.parse(value.asText()), "label " + label, config));
                } catch (InvalidValueException e) {
                    break; // the label means something else
                }
            }
        }
        Optional<ProjectId> owner = home(pod, config);
        byHome += owner.isPresent() ? 1 : 0;
        return owner.map(id -> project(id, "sub-path at " + config.homePath(), config));
    }

    /** Tells what cannot be found in pods that were judged by what they mount. */
    void end(Screen screen, StorageConfig config) {
        if (byHome > 0) {
            screen.note(FindingsReport.counted(byHome, "pod") + " without a project's id in the label "
                    + Table.onTerminal(label) + (byHome == 1 ? " was" : " were") + " judged by the sub-path at "
                    + config.homePath() + ", so the home of another project is not found; name the label with"
                    + " --project-label");
        }
    }

    private Wanted project(ProjectId id, String from, StorageConfig config) {
        return Wanted.of(ProjectVolumes.forProject(id, read().of(id), config), from);
    }

    /** The project whose directory a container has at the place of the home. */
    private static Optional<ProjectId> home(JsonNode pod, StorageConfig config) {
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode mount : container.path("volumeMounts")) {
                Optional<ProjectId> owner =
                        isHome(mount, config) ? owner(mount.path("subPath").asText(), config) : Optional.empty();
                if (owner.isPresent()) {
                    return owner;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isHome(JsonNode mount, StorageConfig config) {
        return CleanedPath.absolute(mount.path("mountPath").asText())
                .equals(config.homePath().toString());
    }

    private static Optional<ProjectId> owner(String subPath, StorageConfig config) {
        try {
            return config.projectsSchema().match(SubPath.parse(subPath));
        } catch (InvalidValueException e) {
            return Optional.empty(); // no directory of a project
        }
    }

    static StorageService service(String name) {
        return Arrays.stream(StorageService.values())
                .filter(candidate -> candidate.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("--service must be one of "
                        + Arrays.stream(StorageService.values())
                                .map(StorageService::toString)
                                .collect(Collectors.joining(", "))
                        + ", but was \"" + Table.onTerminal(name) + "\"; correct the name"));
    }
}
