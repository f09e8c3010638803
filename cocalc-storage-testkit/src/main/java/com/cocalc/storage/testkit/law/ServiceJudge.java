package com.cocalc.storage.testkit.law;

import com.cocalc.storage.Access;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.testkit.law.ComponentView.Mounted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges whether a service sees what its job needs, at the paths in its variables. */
final class ServiceJudge {

    /** The jobs of the services as in CoCalc's documentation, written here again instead of taken from the model. */
    private static final Map<StorageService, Need> NEEDS = Map.of(
            StorageService.HUB_NEXT, new Need(null, Access.READ_ONLY),
            StorageService.MANAGE_SHARE, new Need(Access.READ_ONLY, Access.READ_WRITE),
            StorageService.MANAGE_COPY, new Need(Access.READ_WRITE, null),
            StorageService.HUB_PROXY, new Need(Access.READ_WRITE, null));

    private record Need(@Nullable Access projects, @Nullable Access shares) {}

    private final StorageConfig config;
    private final StorageService service;
    private final Need need;
    private final Violations violations;

    ServiceJudge(StorageConfig config, StorageService service, Violations violations) {
        this.config = config;
        this.service = service;
        this.violations = violations;
        Need known = NEEDS.get(service);
        if (known == null) {
            throw new AssertionError("the laws must know the job of " + service);
        }
        need = known;
    }

    void judge(ComponentView view, ProjectId project) {
        List<Mounted> expected = new ArrayList<>();
        String data = config.dataClaim().value();
        if (need.projects != null) {
            expected.add(new Mounted(data, prefix(config.projectsSchema()), "/projects", need.projects));
            judgeVariable("PROJECTS", view, data, config.projectsSchema(), project);
        }
        if (need.shares != null) {
            String shares = config.sharesClaim().value();
            expected.add(new Mounted(shares, prefix(config.sharesSchema()), "/shares", need.shares));
            judgeVariable("SHARES", view, shares, config.sharesSchema(), project);
        }
        for (Mounted mount : expected) {
            if (!view.mounts().contains(mount)) {
                violations.add(
                        ModelLaws.SERVICES_SEE_WHAT_THEY_NEED,
                        service.toString(),
                        view.mounts().toString(),
                        mount.toString());
            }
        }
        for (Mounted mount : view.mounts()) {
            if (!expected.contains(mount)) {
                violations.add(
                        ModelLaws.SERVICES_SEE_WHAT_THEY_NEED, service.toString(), mount.toString(), "no such mount");
            }
        }
    }

    private void judgeVariable(String name, ComponentView view, String claim, PathSchema schema, ProjectId project) {
        String value = view.environment().get(name);
        String where = service + ", variable " + name;
        if (value == null || !value.contains(PathSchema.PLACEHOLDER)) {
            violations.add(
                    ModelLaws.VARIABLES_AGREE, where, Printed.of(value), "a path with " + PathSchema.PLACEHOLDER);
            return;
        }
        String path = value.replace(PathSchema.PLACEHOLDER, project.uuid().toString());
        ModelLaws.checkPlace(
                where,
                view.placeOf(path),
                ModelLaws.place(claim, schema, project),
                ModelLaws.VARIABLES_AGREE,
                violations);
    }

    /** Returns the text before the placeholder, without the slash. */
    private static String prefix(PathSchema schema) {
        String before = schema.toString().substring(0, schema.toString().indexOf(PathSchema.PLACEHOLDER));
        return before.isEmpty() ? "" : before.substring(0, before.length() - 1);
    }
}
