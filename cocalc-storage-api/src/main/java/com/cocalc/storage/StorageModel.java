package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.FilePlace.Sight;
import com.cocalc.storage.text.FlowChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model of all of CoCalc's storage: which component mounts what, where a project's files are, and which components
 * see them.
 *
 * <p>Its answers about a file are computed from the mounts that become the pods' mounts, so they cannot differ from
 * them.
 *
 * <pre>{@code
 * StorageModel model = StorageModel.of(StorageConfig.defaults());
 * FilePlace place = model.file(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), SubPath.parse("notes.txt"));
 * System.out.println(place); // the claim, the path on it, and who else sees the file
 * }</pre>
 */
public final class StorageModel {

    private final StorageConfig config;
    private final List<ServiceVolumes> services;

    private StorageModel(StorageConfig config) {
        this.config = requireNonNull(config, "config");
        services = Arrays.stream(StorageService.values())
                .map(service -> ServiceVolumes.forService(service, config))
                .toList();
    }

    /**
     * Returns the model of an installation.
     *
     * @param config the installation
     * @return its model
     */
    public static StorageModel of(StorageConfig config) {
        return new StorageModel(config);
    }

    /** {@return the configuration of the installation} */
    public StorageConfig config() {
        return config;
    }

    /**
     * {@return the claims that pods mount: the data claim, the software claim and, if it is a separate claim, the
     * shares claim}
     */
    public List<ClaimName> claims() {
        return config.claims();
    }

    /** {@return the views of all services, in the order of {@link StorageService}} */
    public List<ServiceVolumes> services() {
        return services;
    }

    /**
     * Returns the view of a service.
     *
     * @param service the service
     * @return its volumes
     */
    public ServiceVolumes service(StorageService service) {
        Objects.requireNonNull(service, "service");
        return services.stream()
                .filter(view -> view.service() == service)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the view of a project.
     *
     * @param project the project
     * @param licenses all its licences
     * @return its volumes
     */
    public ProjectVolumes project(ProjectId project, ProjectLicenses licenses) {
        return ProjectVolumes.forProject(project, licenses, config);
    }

    /**
     * Returns the place of a project's home, and the components that see it.
     *
     * @param project the project
     * @return the directory of all the project's files
     */
    public FilePlace home(ProjectId project) {
        return place(config.dataClaim(), config.projectsSchema().resolve(project), project);
    }

    /**
     * Returns the place of one of a project's files, and the components that see it.
     *
     * @param project the project
     * @param file the path from the project's home
     * @return its place
     */
    public FilePlace file(ProjectId project, SubPath file) {
        return place(
                config.dataClaim(), config.projectsSchema().resolve(project).resolve(file), project);
    }

    /**
     * Returns the place of a project's published files, and the components that see them.
     *
     * @param project the project
     * @return the directory of all that the project published
     */
    public FilePlace share(ProjectId project) {
        return place(config.sharesClaim(), config.sharesSchema().resolve(project), project);
    }

    /**
     * Returns the place of one published file of a project, and the components that see it.
     *
     * @param project the project
     * @param file the path from the project's directory in the shares
     * @return its place
     */
    public FilePlace sharedFile(ProjectId project, SubPath file) {
        return place(
                config.sharesClaim(), config.sharesSchema().resolve(project).resolve(file), project);
    }

    /** Finds the mounts that show a path; asks the mounts, and not the schemas that they were made from. */
    private FilePlace place(ClaimName claim, SubPath path, ProjectId project) {
        List<Sight> seenBy = new ArrayList<>();
        // Licences decide about the software alone, which is never the claim asked about.
        StorageMount home = project(project, ProjectLicenses.none()).home();
        sight(new ProjectPod(project), home, claim, path).ifPresent(seenBy::add);
        for (ServiceVolumes view : services) {
            for (StorageMount mount : view.mounts()) {
                sight(view.service(), mount, claim, path).ifPresent(seenBy::add);
            }
        }
        return FilePlace.of(claim, path, seenBy);
    }

    private static Optional<Sight> sight(
            StorageComponent component, StorageMount mount, ClaimName claim, SubPath path) {
        if (!mount.claim().equals(claim)) {
            return Optional.empty();
        }
        String below = path.toString();
        if (mount.part() instanceof SubPath part) {
            if (!part.contains(path)) {
                return Optional.empty();
            }
            int start = part.toString().length() + 1;
            below = start > below.length() ? "" : below.substring(start);
        }
        return Optional.of(Sight.of(component, ContainerPath.of(mount.mountPath(), below), mount.access()));
    }

    /**
     * Draws a chart of the claims, the directories on them, and the components that mount them; read-only mounts are
     * dashed.
     *
     * @return a Mermaid flow chart, without a line end after the last line
     */
    public String toMermaid() {
        FlowChart chart = new FlowChart();
        chart.box("project", "a project's pod");
        services.forEach(
                view -> chart.box(view.service().toString(), view.service().toString()));
        List<ClaimName> claims = claims();
        for (int i = 0; i < claims.size(); i++) {
            chart.group("claim" + i, "claim " + claims.get(i));
            drawDirectories(claims.get(i), chart);
            chart.endGroup();
        }
        chart.arrow("project", "projects", config.homePath() + ", its own");
        chart.dashedArrow("project", "software", config.softwarePath() + ", or read-write by licence");
        services.forEach(view -> view.mounts().forEach(mount -> draw(view.service(), mount, chart)));
        return chart.toString();
    }

    private void drawDirectories(ClaimName claim, FlowChart chart) {
        if (claim.equals(config.dataClaim())) {
            chart.drum("projects", config.projectsSchema().toString());
        }
        if (claim.equals(config.sharesClaim())) {
            chart.drum("shares", config.sharesSchema().toString());
        }
        if (claim.equals(config.softwareClaim())) {
            chart.drum("software", "the whole claim");
        }
    }

    private static void draw(StorageService service, StorageMount mount, FlowChart chart) {
        String directory = mount.mountPath().equals(ServiceVolumes.PROJECTS_PATH) ? "projects" : "shares";
        String label = mount.mountPath() + ", of all";
        if (mount.access().isReadOnly()) {
            chart.dashedArrow(service.toString(), directory, label);
        } else {
            chart.arrow(service.toString(), directory, label);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorageModel that && config.equals(that.config);
    }

    @Override
    public int hashCode() {
        return config.hashCode();
    }

    /** Returns the configuration in words. */
    @Override
    public String toString() {
        return "StorageModel of " + config;
    }
}
