package com.cocalc.storage.examples;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
            List<Object> array = new ArrayList<>();
            for (ProjectVolumes project : projects) {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("project", project.project().toString());
                object.put("softwareAccess", project.softwareAccess().access().toString());
                object.put("explanation", project.softwareAccess().explain().lines().toList());
                object.putAll(parts(PodStorage.of(project)));
                array.add(object);
            }
            return KubernetesText.json(array);
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

    private static Map<String, Object> parts(PodStorage storage) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("volumes", storage.volumes());
        parts.put("volumeMounts", storage.volumeMounts());
        parts.put("env", storage.env());
        if (!storage.initContainers().isEmpty()) {
            parts.put("initContainers", storage.initContainers());
        }
        parts.put("securityContext", storage.securityContext());
        return parts;
    }

    /** One part after the other, as the writer would sort the names. */
    private static String yamlOf(PodStorage storage) {
        StringBuilder yaml = new StringBuilder();
        parts(storage).forEach((name, part) -> yaml.append(KubernetesText.yaml(Map.of(name, part))));
        return yaml.toString();
    }
}
