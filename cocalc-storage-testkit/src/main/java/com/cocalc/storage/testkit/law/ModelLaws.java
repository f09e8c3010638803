package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.FilePlace;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectPod;
import com.cocalc.storage.StorageComponent;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Laws about all views together: a project's pod and the services must see the same files. */
public final class ModelLaws {

    /** All components must see the same directory for a project. */
    public static final Law COMPONENTS_AGREE = new Law(
            "components-agree",
            "all components that see a project's files resolve the project to the same file of the same claim",
            "mount what ProjectVolumes and ServiceVolumes of one StorageConfig say");

    /** The variables of services must lead to the directories of the model. */
    public static final Law VARIABLES_AGREE = new Law(
            "variables-agree",
            "PROJECTS and SHARES, with an id in place of [project_id], lead through the mounts to that project's directory",
            "set them to the mount path and the schema behind its prefix, as ServiceVolumes.environment() does");

    /** Services must see what their job needs and nothing else. */
    public static final Law SERVICES_SEE_WHAT_THEY_NEED = new Law(
            "services-see-what-they-need",
            "a service mounts the static prefix of the schemas that its job needs, with the access that it needs, and"
                    + " nothing else of the claims",
            "mount what ServiceVolumes.mounts() says");

    private ModelLaws() {}

    /** {@return the laws about all views together, in the order of {@code docs/laws.md}} */
    public static List<Law> all() {
        return List.of(COMPONENTS_AGREE, VARIABLES_AGREE, SERVICES_SEE_WHAT_THEY_NEED);
    }

    /**
     * Judges a model by its answers about a project: the views, and the components that see a file under a name.
     *
     * @param model the model
     * @param project the project to follow through the views
     * @return the violations
     */
    public static List<Violation> check(StorageModel model, ProjectId project) {
        requireNonNull(project, "project");
        Map<StorageComponent, ComponentView> views = new HashMap<>();
        views.put(new ProjectPod(project), ComponentView.of(model.project(project, ProjectLicenses.none())));
        for (StorageService service : StorageService.values()) {
            views.put(service, ComponentView.of(model.service(service)));
        }
        Violations violations = new Violations();
        violations.addAll(check(model.config(), views, project));
        StorageConfig config = model.config();
        checkSights(model.home(project), homePlace(config, project), views, violations);
        checkSights(
                model.share(project),
                place(config.sharesClaim().value(), config.sharesSchema(), project),
                views,
                violations);
        return violations.list();
    }

    /**
     * Judges the views of an installation from any source.
     *
     * @param config the installation
     * @param views the views of the project's pod and of services; components may be missing
     * @param project the project to follow through the views
     * @return the violations
     */
    public static List<Violation> check(
            StorageConfig config, Map<? extends StorageComponent, ComponentView> views, ProjectId project) {
        requireNonNull(config, "config");
        Violations violations = new Violations();
        ComponentView pod = views.get(new ProjectPod(project));
        if (pod != null) {
            checkPlace(
                    new ProjectPod(project) + ", " + config.homePath(),
                    pod.placeOf(config.homePath().value()),
                    homePlace(config, project),
                    COMPONENTS_AGREE,
                    violations);
        }
        for (StorageService service : StorageService.values()) {
            ComponentView view = views.get(service);
            if (view != null) {
                new ServiceJudge(config, service, violations).judge(view, project);
            }
        }
        return violations.list();
    }

    static ComponentView.Place homePlace(StorageConfig config, ProjectId project) {
        return place(config.dataClaim().value(), config.projectsSchema(), project);
    }

    static ComponentView.Place place(String claim, PathSchema schema, ProjectId project) {
        return new ComponentView.Place(claim, PathLaws.homeOf(schema, project));
    }

    static void checkPlace(
            String where,
            ComponentView.@Nullable Place found,
            ComponentView.Place expected,
            Law law,
            Violations violations) {
        if (!expected.equals(found)) {
            violations.add(law, where, found == null ? "no claim" : found.toString(), expected.toString());
        }
    }

    /** Checks that each component that the model names sees the file, and that each one that sees it is named. */
    private static void checkSights(
            FilePlace file,
            ComponentView.Place expected,
            Map<StorageComponent, ComponentView> views,
            Violations violations) {
        checkPlace(
                "the model",
                new ComponentView.Place(file.claim().value(), file.path().toString()),
                expected,
                COMPONENTS_AGREE,
                violations);
        for (FilePlace.Sight sight : file.seenBy()) {
            ComponentView view = views.get(sight.component());
            String path = sight.path().value();
            String where = "the model, " + sight;
            checkPlace(where, view == null ? null : view.placeOf(path), expected, COMPONENTS_AGREE, violations);
            ComponentView.Mounted mount = view == null ? null : view.mountOf(path);
            if (mount != null && mount.access() != sight.access()) {
                violations.add(
                        COMPONENTS_AGREE,
                        where,
                        sight.access().toString(),
                        mount.access().toString());
            }
        }
        views.forEach((component, view) -> {
            boolean sees = view.mounts().stream().anyMatch(mount -> shows(mount, expected));
            boolean isSaid =
                    file.seenBy().stream().anyMatch(sight -> sight.component().equals(component));
            if (sees != isSaid) {
                violations.add(
                        COMPONENTS_AGREE,
                        "the model, " + expected,
                        component + (isSaid ? " is said to see it" : " is not said to see it"),
                        "what its mounts show");
            }
        });
    }

    private static boolean shows(ComponentView.Mounted mount, ComponentView.Place place) {
        return mount.claim().equals(place.claim())
                && (mount.subPath().isEmpty()
                        || place.path().equals(mount.subPath())
                        || place.path().startsWith(mount.subPath() + "/"));
    }
}
