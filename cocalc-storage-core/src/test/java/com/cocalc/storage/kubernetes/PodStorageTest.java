package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodStorageTest {

    @Test
    void withoutALicenceTheSoftwareIsReadOnlyOnSourceAndMount() {
        assertThat(yaml(Fixtures.readOnly())).isEqualTo("""
                volumes:
                  - name: home
                    persistentVolumeClaim:
                      claimName: projects-data
                  - name: ext
                    persistentVolumeClaim:
                      claimName: projects-software
                      readOnly: true
                volumeMounts:
                  - mountPath: /home/user
                    name: home
                    subPath: projects/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11
                  - mountPath: /ext
                    name: ext
                    readOnly: true
                env:
                  - name: EXT
                    value: /ext
                securityContext:
                  fsGroup: 2001
                  fsGroupChangePolicy: OnRootMismatch
                  runAsGroup: 2001
                  runAsUser: 2001
                """);
    }

    @Test
    void aGrantingLicenceMakesSourceAndMountOfTheSoftwareWritableAndNothingElse() {
        assertThat(yaml(Fixtures.granted()))
                .isEqualTo(yaml(Fixtures.readOnly()).replace("readOnly: true", "readOnly: false"));
    }

    @Test
    void otherClaimNamesReachTheVolumes() {
        StorageConfig config = StorageConfig.builder()
                .dataClaim("cocalc.data")
                .softwareClaim("cocalc.software")
                .build();

        assertThat(KubernetesText.yaml(PodStorage.of(Fixtures.volumes(ProjectLicenses.none(), config))
                        .volumes()))
                .isEqualTo("""
                - name: home
                  persistentVolumeClaim:
                    claimName: cocalc.data
                - name: ext
                  persistentVolumeClaim:
                    claimName: cocalc.software
                    readOnly: true
                """);
    }

    @Test
    void sharesElsewhereChangeNothingInAProjectsPod() {
        StorageConfig config = StorageConfig.builder()
                .sharesClaim("projects-shares")
                .sharesSchema("public/[project_id]/files")
                .build();

        assertThat(yaml(PodStorage.of(Fixtures.volumes(ProjectLicenses.none(), config))))
                .isEqualTo(yaml(Fixtures.readOnly()));
    }

    @Test
    void otherPathsReachMountsAndVariablesAndAreNeverExpanded() {
        StorageConfig config = StorageConfig.builder()
                .homePath("/home/$(USER)")
                .softwarePath("/opt/$$(soft)ware$x")
                .projectsSchema("tenants/a/[project_id]/home")
                .build();

        assertThat(yaml(PodStorage.of(Fixtures.volumes(ProjectLicenses.none(), config))))
                .contains("""
                volumeMounts:
                  - mountPath: "/home/$(USER)"
                    name: home
                    subPath: tenants/a/6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11/home
                  - mountPath: "/opt/$$(soft)ware$x"
                    name: ext
                    readOnly: true
                env:
                  - name: EXT
                    value: "/opt/$$$$(soft)ware$x"
                """);
    }

    @Test
    void jupyterPathLeadsToTheSoftwareWhereAsked() {
        StorageConfig config =
                StorageConfig.builder().jupyterPath(JupyterPath.WITH_SOFTWARE).build();

        assertThat(KubernetesText.yaml(PodStorage.of(Fixtures.volumes(ProjectLicenses.none(), config))
                        .env()))
                .isEqualTo("""
                - name: EXT
                  value: /ext
                - name: JUPYTER_PATH
                  value: /ext/jupyter
                """);
    }

    @Test
    void anotherIdentityReachesUserGroupAndFsGroup() {
        StorageConfig config =
                StorageConfig.builder().identity(PosixIdentity.of(3001, 4001)).build();

        assertThat(KubernetesText.yaml(PodStorage.of(Fixtures.volumes(ProjectLicenses.none(), config))
                        .securityContext()))
                .isEqualTo("""
                fsGroup: 4001
                fsGroupChangePolicy: OnRootMismatch
                runAsGroup: 4001
                runAsUser: 3001
                """);
    }

    @Test
    void changingAnObjectThatWasHandedOutChangesNoLaterOne() {
        PodStorage storage = Fixtures.readOnly();
        storage.volumes().get(1).getPersistentVolumeClaim().setReadOnly(false);
        storage.volumeMounts().get(0).setSubPath(null);
        storage.env().add(new EnvVar("A", "b", null));

        assertThat(yaml(storage)).isEqualTo(yaml(Fixtures.readOnly()));
    }

    private static String yaml(PodStorage storage) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("volumes", storage.volumes());
        parts.put("volumeMounts", storage.volumeMounts());
        parts.put("env", storage.env());
        parts.put("securityContext", storage.securityContext());
        StringBuilder text = new StringBuilder();
        parts.forEach((name, part) -> text.append(KubernetesText.yaml(Map.of(name, part))));
        return text.toString();
    }
}
