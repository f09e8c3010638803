package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
