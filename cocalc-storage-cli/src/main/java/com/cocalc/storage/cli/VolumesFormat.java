package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How volumes are printed; the names are what the user writes. */
enum VolumesFormat {
    /** A table and the explanation, for people. */
    text {
        @Override
        String print(List<ProjectVolumes> projects) {
            return projects.stream().map(VolumesFormat::describe).collect(Collectors.joining("\n"));
        }
    },
    /** The parts of each pod, one document a project. */
    yaml {
        @Override
        String print(List<ProjectVolumes> projects) {
            return projects.stream()
                    .map(project -> "# project " + project.project() + "\n" + yamlOf(PodStorage.of(project)))
                    .collect(Collectors.joining("---\n"));
        }
    },
    /** The decision and the parts of each pod, as one array. */
    json {
        @Override
        String print(List<ProjectVolumes> projects) {
            return KubernetesText.json(projects.stream().map(ProjectJson::of).toList());
        }
    };

    abstract String print(List<ProjectVolumes> projects);

    private static String describe(ProjectVolumes project) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CLAIM", "SUB-PATH", "PATH IN THE POD", "ACCESS"));
        for (StorageMount mount : project.mounts()) {
            rows.add(List.of(
                    mount.claim().toString(),
                    mount.part().toString(),
                    mount.mountPath().toString(),
                    mount.access().toString()));
        }
        return "Project " + project.project() + ", running as " + project.identity() + "\n\n" + Table.of(rows) + "\n"
                + project.softwareAccess().explain() + "\n";
    }

    /** A project as JSON, its members in this order. */
    private record ProjectJson(
            String project,
            String softwareAccess,
            List<String> explanation,
            List<Volume> volumes,
            List<VolumeMount> volumeMounts,
            List<EnvVar> env,
            List<Container> initContainers,
            PodSecurityContext securityContext) {

        static ProjectJson of(ProjectVolumes project) {
            PodStorage storage = PodStorage.of(project);
            return new ProjectJson(
                    project.project().toString(),
                    project.softwareAccess().access().toString(),
                    project.softwareAccess().explain().lines().toList(),
                    storage.volumes(),
                    storage.volumeMounts(),
                    storage.env(),
                    storage.initContainers(),
                    storage.securityContext());
        }
    }

    /** One part after the other, as the writer would sort the names. */
    private static String yamlOf(PodStorage storage) {
        StringBuilder yaml = new StringBuilder();
        yaml.append(KubernetesText.yaml(Map.of("volumes", storage.volumes())));
        yaml.append(KubernetesText.yaml(Map.of("volumeMounts", storage.volumeMounts())));
        yaml.append(KubernetesText.yaml(Map.of("env", storage.env())));
        if (!storage.initContainers().isEmpty()) {
            yaml.append(KubernetesText.yaml(Map.of("initContainers", storage.initContainers())));
        }
        return yaml.append(KubernetesText.yaml(Map.of("securityContext", storage.securityContext())))
                .toString();
    }
}
