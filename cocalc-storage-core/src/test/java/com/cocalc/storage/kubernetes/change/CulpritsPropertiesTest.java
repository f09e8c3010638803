package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** The guard names operations that bring what it found, as an audit of the pod after each of them shows. */
class CulpritsPropertiesTest {

    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final ProjectVolumes VOLUMES = ProjectVolumes.forProject(
            PROJECT,
            ProjectLicenses.none(),
            StorageConfig.builder()
                    .homeOwnership(HomeOwnership.fixPermissionsInit())
                    .build());

    /** A path and what fits there; after a text in the place of an object, and the other way round, there is no pod. */
    private static final List<List<String>> ADDED = List.of(
            List.of("/metadata/labels", "{'run':'hub'}"),
            List.of("/metadata/labels", "{'run':'project'}"),
            List.of("/metadata/labels/run", "'hub'"),
            List.of("/metadata/labels/run", "'project'"),
            List.of("/metadata/labels/x", "'1'"),
            List.of("/metadata/labels/x", "{}"),
            List.of("/metadata/labels/app", "'x'"),
            List.of("/metadata/annotations", "{'a':'b'}"),
            List.of("/metadata/annotations/a", "'c'"),
            List.of("/metadata/annotations/k8s.v1.cni.cncf.io~1networks", "'storage'"),
            List.of("/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1project", "'unconfined'"),
            List.of("/metadata/name", "'project-2'"),
            List.of("/spec/containers/0/env/-", "{'name':'EXT','value':'/other'}"),
            List.of("/spec/containers/0/env/-", "{'name':'HOME','value':'/tmp'}"),
            List.of("/spec/containers/0/env/-", "{'name':'P','value':'projects'}"),
            List.of("/spec/containers/0/env/0", "{'name':'P','value':'projects/" + PROJECT + "'}"),
            List.of("/spec/containers/0/env/0", "{'name':'1 x','value':'y'}"),
            List.of("/spec/containers/0/envFrom", "[{'secretRef':{'name':'s'}}]"),
            List.of("/spec/initContainers/0/env", "[{'name':'PATH','value':'/home/user'}]"),
            List.of("/spec/initContainers/0/env", "[]"),
            List.of("/spec/containers/0/resources", "{'limits':{'cpu':'1'}}"),
            List.of("/spec/containers/0/volumeMounts/1/readOnly", "false"),
            List.of("/spec/containers/0/volumeMounts/1/readOnly", "true"),
            List.of("/spec/containers/0/volumeMounts/-", "{'name':'home','mountPath':'/other','subPath':'projects'}"),
            List.of("/spec/containers/0/volumeMounts/-", "{'name':'ext','mountPath':'/other'}"),
            List.of("/spec/containers/0/volumeMounts/-", "{'name':'home','mountPath':'/third','subPathExpr':'$(P)'}"),
            List.of("/spec/containers/0/securityContext", "{'privileged':true}"),
            List.of("/spec/volumes/0", "{'name':'n','hostPath':{'path':'/proc'}}"),
            List.of("/spec/hostPID", "true"),
            List.of("/spec/hostPID", "false"),
            List.of("/spec/hostPID", "'perhaps'"));

    private static final List<List<String>> REFUSED = List.of(
            List.of("/metadata/labels/y", "'not / allowed'"),
            List.of("/spec/containers/0/resources", "{'limits':{'cpu':'1'},'requests':{'cpu':'2'}}"),
            List.of("/spec/volumes/-", "{'name':'n','emptyDir':{},'odd':1}"));

    @Property
    void whatTheGuardFoundWasNotThereBeforeTheOperationAndIsThereAfterIt(@ForAll long seed) {
        Random random = new Random(seed);
        List<Member> licences = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            licences.add(Licenses.patch("licence-" + i, patch(random)));
        }
        PodPatches patches = PodPatches.of(Licenses.of(licences.toArray(new Member[0])));
        Pod pod = pod();
        List<PatchFinding> found;
        try {
            found = PatchGuard.reporting(VOLUMES).apply(patches, pod).findings();
        } catch (PatchFailedException e) {
            Statistics.collect("fails");
            return;
        }
        Statistics.collect(found.isEmpty() ? "nothing found" : "found");
        Statistics.coverage(coverage -> coverage.check("found").percentage(percentage -> percentage > 20));

        List<Map<String, Integer>> states = states(patches, pod);
        Map<String, Integer> nth = new HashMap<>(states.get(0));
        for (PatchFinding one : found) {
            String key = key(one.finding());
            int number = nth.merge(key, 1, Integer::sum);
            int done = patches.operations().indexOf(one.operation());
            assertThat(states.get(done).getOrDefault(key, 0))
                    .as("before %s", one)
                    .isLessThan(number);
            assertThat(states.get(done + 1).getOrDefault(key, 0))
                    .as("after %s", one)
                    .isGreaterThanOrEqualTo(number);
        }
        states.get(states.size() - 1)
                .forEach((key, number) ->
                        assertThat(nth.getOrDefault(key, 0)).as(key).isGreaterThanOrEqualTo(number));
    }

    private static String patch(Random random) {
        List<String> operations = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            List<List<String>> some = random.nextInt(40) == 0 ? REFUSED : ADDED;
            List<String> added = some.get(random.nextInt(some.size()));
            operations.add(
                    switch (random.nextInt(14)) {
                        case 0 -> "{'op':'remove','path':'/metadata/labels/x'}";
                        case 1 -> "{'op':'remove','path':'/spec/hostPID'}";
                        case 2 -> "{'op':'move','from':'/metadata/labels','path':'/metadata/annotations'}";
                        case 3 -> "{'op':'copy','from':'/metadata/annotations','path':'/metadata/labels'}";
                        case 4 -> "{'op':'test','path':'/kind','value':'Pod'}";
                        default -> "{'op':'add','path':'" + added.get(0) + "','value':" + added.get(1) + "}";
                    });
            if (operations.get(operations.size() - 1).contains("'move'")) {
                operations.add("{'op':'add','path':'/metadata/labels','value':{'run':'project'}}");
            }
        }
        operations.add("{'op':'add','path':'/metadata/labels/x','value':'1'}");
        operations.add("{'op':'add','path':'/spec/hostPID','value':" + random.nextBoolean() + "}");
        return ("[" + String.join(",", operations) + "]").replace('\'', '"');
    }

    /** What an audit finds after no operation, after one, and so on; nothing where there is no pod. */
    private static List<Map<String, Integer>> states(PodPatches patches, Pod pod) {
        List<PatchOperation> operations = patches.operations();
        List<Map<String, Integer>> counts = new ArrayList<>();
        counts.add(count(PodAudit.audit(pod, Expected.forProject(VOLUMES))));
        for (int i = 1; i <= operations.size(); i++) {
            try {
                counts.add(count(judge(pod, new PatchRun(pod).run(operations.subList(0, i)))));
            } catch (PatchFailedException e) {
                counts.add(Map.of());
            }
        }
        return counts;
    }

    private static List<Finding> judge(Pod pod, Pod patched) {
        return new PatchedIdentity(pod, "/home/user")
                .compareWith(patched, PodAudit.audit(patched, Expected.forProject(VOLUMES)));
    }

    private static Map<String, Integer> count(List<Finding> findings) {
        Map<String, Integer> counts = new HashMap<>();
        findings.forEach(finding -> counts.merge(key(finding), 1, Integer::sum));
        return counts;
    }

    private static String key(Finding finding) {
        return finding.rule().code() + "\n" + finding.what();
    }

    private static Pod pod() {
        return PodStorage.of(VOLUMES).applyTo(Manifests.pod("""
                apiVersion: v1
                kind: Pod
                metadata: { name: project-1, labels: { run: project }, annotations: { a: b } }
                spec:
                  containers:
                    - name: project
                      image: "registry.example/project:1"
                      env: [{ name: HOME, value: /home/user }]
                      resources: { limits: { cpu: "1" } }
                """), "project");
    }
}
