package com.cocalc.storage.testkit.mutant;

import com.cocalc.storage.Access;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectPod;
import com.cocalc.storage.StorageComponent;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.testkit.law.ComponentView;
import com.cocalc.storage.testkit.law.ComponentView.Mounted;
import com.cocalc.storage.testkit.law.ModelLaws;
import com.cocalc.storage.testkit.law.PathLaws;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Wrong versions of where projects lie, and of what services see of them. */
final class ViewMutants {

    private static final PathSchema SCHEMA = PathSchema.parse("projects/[project_id]");

    private ViewMutants() {}

    static List<Subject<?>> subjects() {
        return List.of(layouts(), views());
    }

    private static Subject<UnaryOperator<String>> layouts() {
        return Subject.<UnaryOperator<String>>of(
                        "layout",
                        id -> SCHEMA.resolve(ProjectId.parse(id)).toString(),
                        layout -> Projects.laws(PathLaws.check(
                                SCHEMA,
                                layout,
                                List.of(
                                        Projects.A,
                                        Projects.B,
                                        // Alike in all but the last digit.
                                        ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b1f")))))
                .mutant("the placeholder is not replaced", id -> SCHEMA.toString())
                .mutant("an upper-case id is not folded", id -> "projects/" + id)
                .mutant(
                        "the id is cut off",
                        id -> "projects/" + id.toLowerCase(Locale.ROOT).substring(0, 35))
                .mutant("ids are fanned out", id -> "projects/" + id.substring(0, 2) + "/" + id)
                .mutant("two slashes", id -> "projects//" + id.toLowerCase(Locale.ROOT))
                .mutant("a path in place of a sub-path", id -> "/projects/" + id.toLowerCase(Locale.ROOT))
                .mutant(
                        "dashes left out",
                        id -> "projects/" + id.toLowerCase(Locale.ROOT).replace("-", ""));
    }

    private static Subject<UnaryOperator<ComponentView>> views() {
        return Subject.<UnaryOperator<ComponentView>>of("services", view -> view, ViewMutants::judge)
                .mutant(
                        "the claim is mounted whole",
                        view -> mounts(
                                view, mount -> new Mounted(mount.claim(), "", mount.mountPath(), mount.access())))
                .mutant(
                        "all mounts are read-write",
                        view -> mounts(
                                view,
                                mount -> new Mounted(
                                        mount.claim(), mount.subPath(), mount.mountPath(), Access.READ_WRITE)))
                .mutant(
                        "all mounts are read-only",
                        view -> mounts(
                                view,
                                mount -> new Mounted(
                                        mount.claim(), mount.subPath(), mount.mountPath(), Access.READ_ONLY)))
                .mutant(
                        "homes and shares exchanged",
                        view -> mounts(
                                view,
                                mount -> new Mounted(
                                        mount.claim(),
                                        mount.subPath().equals("projects") ? "shares" : "projects",
                                        mount.mountPath(),
                                        mount.access())))
                .mutant(
                        "the variable repeats the prefix",
                        view -> variables(view, value -> value.replace("[project_id]", "projects/[project_id]")))
                .mutant(
                        "the variable is a directory",
                        view -> variables(view, value -> value.replace("/[project_id]", "")))
                .mutant("the variable leads to another mount path", view -> variables(view, value -> "/data" + value))
                .mutant(
                        "another claim for shares",
                        view -> mounts(
                                view,
                                mount -> mount.mountPath().equals("/shares")
                                        ? new Mounted("shares", mount.subPath(), mount.mountPath(), mount.access())
                                        : mount));
    }

    private static ComponentView mounts(ComponentView view, UnaryOperator<Mounted> change) {
        return new ComponentView(view.mounts().stream().map(change).toList(), view.environment());
    }

    private static ComponentView variables(ComponentView view, UnaryOperator<String> change) {
        Map<String, String> environment = new HashMap<>(view.environment());
        environment.replaceAll((name, value) -> change.apply(value));
        return new ComponentView(view.mounts(), environment);
    }

    private static Set<String> judge(UnaryOperator<ComponentView> change) {
        StorageModel model = StorageModel.of(StorageConfig.defaults());
        Map<StorageComponent, ComponentView> views = new HashMap<>();
        views.put(new ProjectPod(Projects.A), ComponentView.of(Projects.READ_ONLY));
        for (StorageService service : StorageService.values()) {
            views.put(service, change.apply(ComponentView.of(model.service(service))));
        }
        return Projects.laws(ModelLaws.check(StorageConfig.defaults(), views, Projects.A));
    }
}
