package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stateful set's claims take the place of its pods' volumes. */
class StatefulSetAuditTest {

    private static final String SET = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: web, namespace: cocalc}
            spec:
              volumeClaimTemplates:
              - metadata: {name: %s}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}%s}
              template:
                metadata: {labels: {project_id: 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11}}
                spec:
                  securityContext: {runAsUser: 2001, runAsGroup: 2001, fsGroup: 2001, fsGroupChangePolicy: OnRootMismatch}
                  volumes:
                  - {name: home, persistentVolumeClaim: {claimName: projects-data}}
                  - {name: ext, persistentVolumeClaim: {claimName: projects-software, readOnly: true}}
                  containers:
                  - name: project
                    image: x
                    env: [{name: EXT, value: /ext}]
                    volumeMounts:
                    - {name: home, mountPath: /home/user, subPath: projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11}
                    - {name: ext, mountPath: /ext, readOnly: true}
                    - {name: %s, mountPath: /cache}
            """;

    private static final String EPHEMERAL = """
                  - name: data
                    ephemeral:
                      volumeClaimTemplate:
                        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """;

    @Test
    void theVolumeOfAClaimTemplateIsThere() {
        assertThat(Run.with(SET.formatted("cache", "", "cache"), "audit"))
                .isEqualTo(new Run(0, "nothing found in 1 pod\n", ""));
        assertThat(Run.with(SET.formatted("cache", "", "other"), "audit").out())
                .contains("where    /spec/template/spec/containers/0/volumeMounts/2/name\n", "Not found: \"other\"");
    }

    @Test
    void aClaimTemplateInThePlaceOfTheHomeIsTold() {
        Run run = Run.with(SET.formatted("home", "", "home"), "audit");

        assertThat(run.out())
                .contains(
                        "ERROR over-our-path\n  where    /spec/volumeClaimTemplates/0\n",
                        "a volume of the kind ephemeral at /home/user,\n           where the claim projects-data belongs\n");
        assertThat(Run.with(SET.formatted("home", "", "home"), "audit", "--patch")
                        .out())
                .doesNotContain("/spec/volumes/");
    }

    @Test
    void aClaimTemplateThatIsACopyOfAClaimIsTold() {
        assertThat(Run.with(
                                SET.formatted(
                                        "cache",
                                        ", dataSource: {kind: PersistentVolumeClaim, name: projects-data}",
                                        "cache"),
                                "audit")
                        .out())
                .contains("ERROR clone-of-claim\n  where    /spec/volumeClaimTemplates/0/spec/dataSource\n");
    }

    @Test
    void aTemplateWithoutVolumesOrWithOddOnesIsJudgedAsItIs() {
        String none = SET.formatted("cache", "", "cache")
                .replaceAll("(?m)^ *- \\{name: (home|ext), pers.*\\n", "")
                .replace("volumes:\n", "volumes: []\n");

        assertThat(Run.with(none, "audit").out())
                .contains("Not found: \"home\"")
                .doesNotContain("Not found: \"cache\"");
        assertThat(Run.with(none.replace("volumes: []", "volumes: x"), "audit").out())
                .contains("wrong-type");
        assertThat(Run.with(none.replace("          volumes: []\n", ""), "audit")
                        .out())
                .contains("Not found: \"home\"")
                .doesNotContain("Not found: \"cache\"");
    }

    @Test
    void aClaimTemplateWhoseClaimsHaveTheNameOfOursShowsAllOfIt(@TempDir Path directory) throws IOException {
        String values = values(directory, "cache-web-0");

        Run run = Run.with(
                SET.formatted("cache", "", "cache").replace("projects-data", "cache-web-0"),
                "audit",
                "--values",
                values);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("ERROR whole-claim\n", "mounts all of the claim \"cache-web-0\"");
        assertThat(Run.with(SET.formatted("cache", "", "cache"), "audit", "--values", values(directory, "cache-web-00"))
                        .out())
                .doesNotContain("all of the claim");
    }

    @Test
    void anEphemeralVolumeOfAPodOfTheSetThatMakesOurClaimIsTold(@TempDir Path directory) throws IOException {
        String set = SET.formatted("cache", "", "cache")
                .replace("claimName: projects-data}}\n", "claimName: web-3-data}}\n" + EPHEMERAL);

        assertThat(Run.with(set, "audit", "--values", values(directory, "web-3-data"))
                        .out())
                .contains("ERROR ephemeral-claim-name\n", "for volume \"data\" of the pod \"web-3\"");
        assertThat(Run.with(set.replace("web-3-data", "projects-data"), "audit"))
                .isEqualTo(new Run(0, "nothing found in 1 pod\n", ""));
    }

    @Test
    void whatAPatchLeavesIsAtItsPlaceInTheObject() {
        assertThat(Run.with(
                                SET.formatted(
                                        "cache",
                                        ", dataSource: {kind: PersistentVolumeClaim, name: projects-data}",
                                        "cache"),
                                "audit",
                                "--patch")
                        .err())
                .contains("ERROR clone-of-claim at /spec/volumeClaimTemplates/0/spec/dataSource: ");
        assertThat(Run.with(SET.formatted("cache", "", "other"), "audit", "--patch")
                        .err())
                .contains(" at /spec/template/spec/containers/0/volumeMounts/2/name: ");
    }

    private static String values(Path directory, String claim) throws IOException {
        return Files.writeString(
                        directory.resolve("values.yaml"), "global: {storage: {data: {claimName: " + claim + "}}}\n")
                .toString();
    }
}
