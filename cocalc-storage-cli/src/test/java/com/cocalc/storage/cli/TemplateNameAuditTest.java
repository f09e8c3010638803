package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Controllers name the pods that they make, and ignore the name in their templates. */
class TemplateNameAuditTest {

    private static final String ID = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: cocalc}
            spec:
              template:
                metadata: {name: NAME, namespace: Other_Namespace, labels: {project_id: ID}}
                spec:
                  securityContext: {runAsUser: 2001, runAsGroup: 2001, fsGroup: 2001, fsGroupChangePolicy: OnRootMismatch}
                  volumes:
                  - {name: home, persistentVolumeClaim: {claimName: projects-data}}
                  - {name: ext, persistentVolumeClaim: {claimName: projects-software, readOnly: true}}
                  - name: data
                    ephemeral:
                      volumeClaimTemplate:
                        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                  containers:
                  - name: project
                    image: x
                    env:
                    - {name: EXT, value: /ext}
                    - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                    volumeMounts:
                    - {name: home, mountPath: /home/user, subPath: projects/ID}
                    - {name: ext, mountPath: /ext, readOnly: true}
                    - {name: data, mountPath: /scratch}
            """.replace("ID", ID);

    @Test
    void theNameInATemplateMakesNoClaimAndIsNotJudged() {
        for (String name : new String[] {"projects", "Bad_Name"}) {
            assertThat(Run.with(DEPLOYMENT.replace("NAME", name), "audit"))
                    .isEqualTo(new Run(0, "nothing found in 1 pod\n", ""));
        }
    }

    @Test
    void theNameInATemplateIsNotTheValueOfAVariable() {
        String expression =
                DEPLOYMENT.replace("NAME", ID).replace("subPath: projects/" + ID, "subPathExpr: projects/$(POD)");

        assertThat(Run.with(expression, "audit").out()).contains("ERROR sub-path-expr-unknown\n");
    }
}
