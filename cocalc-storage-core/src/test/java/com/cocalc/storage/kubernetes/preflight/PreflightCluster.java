package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A cluster without findings, and objects to put in place of its own or beside them. */
final class PreflightCluster {

    static final String CLASS = """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: { name: nfs }
            provisioner: cluster.local/nfs
            """;
    static final String DATA = claim("projects-data", "nfs", "pvc-1", "Bound");
    static final String SOFTWARE = claim("projects-software", "nfs", "pvc-2", "Bound");
    static final String DATA_VOLUME = volume("pvc-1", "nfs: { server: 10.0.0.1, path: /export/pvc-1 }");
    static final String SOFTWARE_VOLUME = volume("pvc-2", "nfs: { server: 10.0.0.1, path: /export/pvc-2 }");
    static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: { name: cocalc, labels: { pod-security.kubernetes.io/enforce: baseline } }
            """;
    static final String JOB_DONE = """
            apiVersion: v1
            kind: Pod
            metadata: { name: cocalc-claim-preparation-x1, namespace: cocalc }
            status: { phase: Succeeded }
            """;
    static final StorageConfig CONFIG = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();

    private PreflightCluster() {}

    static List<String> check(StorageConfig config, String... objects) {
        return StoragePreflight.check(StorageModel.of(config), withDefaults(objects)).stream()
                .map(finding -> finding.finding().toString())
                .toList();
    }

    static List<String> codes(StorageConfig config, String... objects) {
        return StoragePreflight.check(StorageModel.of(config), withDefaults(objects)).stream()
                .map(finding -> finding.finding().rule().code())
                .toList();
    }

    /** The objects of the findings, with the rules that they break. */
    static List<String> objects(StorageConfig config, String... objects) {
        return StoragePreflight.check(StorageModel.of(config), withDefaults(objects)).stream()
                .map(finding ->
                        finding.object() + " " + finding.finding().rule().code())
                .toList();
    }

    /** The objects, and those of a good cluster whose kind and name are not among them. */
    static ClusterSnapshot withDefaults(String... objects) {
        String all = String.join("", objects);
        List<String> good = List.of(DATA_VOLUME, SOFTWARE_VOLUME, CLASS, NAMESPACE, JOB_DONE);
        List<String> kept = new ArrayList<>(List.of(objects));
        for (String one : good) {
            String name = one.substring(one.indexOf("name: ") + 6).split("[ ,}]", -1)[0];
            String kind = one.lines()
                    .filter(line -> line.startsWith("kind: "))
                    .findFirst()
                    .orElseThrow();
            boolean there = Arrays.stream(objects)
                    .anyMatch(object -> object.contains(kind + "\n")
                            && (object.contains("{ name: " + name + " }") || object.contains("{ name: " + name + ",")));
            if (!there || all.isEmpty()) {
                kept.add(one);
            }
        }
        return snapshot(kept.toArray(String[]::new));
    }

    static ClusterSnapshot snapshot(String... objects) {
        String items = Arrays.stream(objects)
                .map(object -> "- " + object.strip().replace("\n", "\n  ") + "\n")
                .reduce("kind: List\nitems:\n", String::concat);
        return ClusterSnapshot.parse("cocalc", objects.length == 0 ? "items: []" : items);
    }

    static String claim(String name, String storageClass, String volume, String phase) {
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: { name: %s, namespace: cocalc }
                spec: { storageClassName: %s, volumeName: "%s", accessModes: [ReadWriteMany] }
                status: { phase: %s, capacity: { storage: 10Gi } }
                """.formatted(name, storageClass, volume, phase);
    }

    static String volume(String name, String source) {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: { name: %s }
                spec: { %s, accessModes: [ReadWriteMany], persistentVolumeReclaimPolicy: Retain }
                """.formatted(name, source);
    }

    static String service(String name, String spec) {
        return """
                apiVersion: v1
                kind: Service
                metadata: { name: %s, namespace: storage }
                spec: { %s }
                """.formatted(name, spec);
    }

    static String pod(String name, String namespace, String claim) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: { name: %s, namespace: %s }
                spec: { volumes: [{ name: home, persistentVolumeClaim: { claimName: %s } }] }
                """.formatted(name, namespace, claim);
    }
}
