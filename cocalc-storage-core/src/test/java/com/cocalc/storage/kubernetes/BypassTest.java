package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pod that reaches the files of others past the mounts of its storage is not one to give the storage to. */
class BypassTest {

    private static final String NEEDS = ", but CoCalc's storage needs a pod that reaches it only through its mounts; ";
    private static final String SPEC = "accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            hostPID: true     | spec.hostPID has true | remove hostPID
            hostIPC: true     | spec.hostIPC has true | remove hostIPC
            hostNetwork: true | spec.hostNetwork has true | remove hostNetwork
            initContainers: [{ name: x, securityContext: { privileged: true } }] | spec.initContainers[0].securityContext.privileged has true | remove privileged: true
            ephemeralContainers: [{ name: x, securityContext: { privileged: true } }] | spec.ephemeralContainers[0].securityContext.privileged has true | remove privileged: true
            initContainers: [{ name: x, securityContext: { capabilities: { add: [CHOWN, cap_mknod] } } }] | spec.initContainers[0].securityContext.capabilities.add[1] has the capability "cap_mknod": it makes device files | remove the capability
            volumes: [{ name: x, hostPath: { path: /var/lib/kubelet/pods } }] | spec.volumes[0].hostPath has the node's directory "/var/lib/kubelet/pods" | remove the volume
            volumes: [{ name: x, hostPath: { path: /run/systemd } }] | spec.volumes[0].hostPath has the node's directory "/run/systemd" | remove the volume
            volumes: [{ name: x, hostPath: { path: /etc/kubernetes } }] | spec.volumes[0].hostPath has the node's directory "/etc/kubernetes" | remove the volume
            """)
    void aWayToTheNodeIsAConflict(String written, String found, String remedy) {
        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod(written), "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage("pod p cannot take CoCalc's storage: " + found + NEEDS + remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            dataSource: { kind: PersistentVolumeClaim, name: projects-data }        | dataSource has a copy of the claim "projects-data"
            dataSource: { apiGroup: "", kind: PersistentVolumeClaim, name: projects-software } | dataSource has a copy of the claim "projects-software"
            dataSourceRef: { kind: PersistentVolumeClaim, name: projects-data }     | dataSourceRef has a copy of the claim "projects-data"
            """)
    void anEphemeralVolumeThatIsACopyOfAClaimIsAConflict(String source, String found) {
        String volume = "volumes: [{ name: x, ephemeral: { volumeClaimTemplate: { spec: { " + SPEC + ", " + source
                + " } } } }]";

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod(volume), "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage("pod p cannot take CoCalc's storage: spec.volumes[0].ephemeral.volumeClaimTemplate.spec."
                        + found + NEEDS + "remove dataSource and dataSourceRef");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            dataSource: { kind: PersistentVolumeClaim, name: projects-data }    | dataSource has a copy of the claim "projects-data"; remove dataSource and dataSourceRef
            dataSourceRef: { kind: PersistentVolumeClaim, name: projects-data } | dataSourceRef has a copy of the claim "projects-data"; remove dataSource and dataSourceRef
            volumeName: pvc-1 | volumeName has the persistent volume "pvc-1"; use a claim, with the sub-path that is meant; if it is other storage, mount it read-only
            """)
    void aClaimTemplateThatIsACopyOfAClaimIsAConflict(String source, String conflict) {
        StatefulSet set = Manifests.read("""
                metadata: { name: web }
                spec:
                  template: { spec: { containers: [{ name: project, image: x }] } }
                  volumeClaimTemplates: [{ metadata: { name: cache }, spec: { %s, %s } }]
                """.formatted(SPEC, source), StatefulSet.class);
        String[] parts = conflict.split("; ", 2);

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(set, "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage("stateful set web cannot take CoCalc's storage: spec.volumeClaimTemplates[0].spec."
                        + parts[0] + NEEDS + parts[1]);
    }

    @Test
    void storageWithoutAClaimIsAConflictWhereItIsWritten() {
        String volumes = "volumes: [{ name: x, nfs: { server: s, path: /e } }], initContainers: "
                + "[{ name: i, volumeMounts: [{ name: x, mountPath: /x, readOnly: %s }] }]";

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod(volumes.formatted(false)), "project"))
                .hasMessage("pod p cannot take CoCalc's storage: spec.volumes[0].nfs has \"/e\" of the NFS server \"s\""
                        + NEEDS
                        + "use a claim, with the sub-path that is meant; if it is other storage, mount it read-only");
        assertThat(Fixtures.readOnly()
                        .applyTo(pod(volumes.formatted(true)), "project")
                        .getSpec()
                        .getVolumes())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volumes: [{ name: x, ephemeral: { volumeClaimTemplate: { spec: { " + SPEC
                        + ", dataSource: { kind: PersistentVolumeClaim, name: of-somebody } } } } }]",
                "volumes: [{ name: x, ephemeral: { volumeClaimTemplate: { spec: { " + SPEC
                        + ", dataSource: { apiGroup: x.example, kind: PersistentVolumeClaim, name: projects-data } } } } }]",
                "volumes: [{ name: x, ephemeral: { volumeClaimTemplate: { spec: { " + SPEC
                        + ", dataSource: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: s } } } } }]",
                "volumes: [{ name: x, hostPath: { path: /etc/localtime } }]",
                "initContainers: [{ name: x, securityContext: { capabilities: { add: [CHOWN, SYS_TIME] } } }]",
                "hostPID: false, hostNetwork: false, hostUsers: false"
            })
    void whatReachesNoFilesOfOthersIsTaken(String written) {
        assertThat(Fixtures.readOnly()
                        .applyTo(pod(written), "project")
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getVolumeMounts())
                .hasSize(2);
    }

    @Test
    void aClaimOfTheInstallationThatIsNotForThisPodIsAConflictWhereItIsMounted() {
        PodStorage storage =
                PodStorage.of(ServiceVolumes.forService(StorageService.MANAGE_COPY, StorageConfig.defaults()));
        String volume = "volumes: [{ name: x, persistentVolumeClaim: { claimName: projects-software } }]";
        String mount = ", initContainers: [{ name: i, volumeMounts: [{ name: x, mountPath: /x, readOnly: true }] }]";

        assertThatThrownBy(() -> storage.applyTo(pod(volume + mount), "project"))
                .isInstanceOf(StorageConflictException.class)
                .hasMessage("pod p cannot take CoCalc's storage: spec.initContainers[0].volumeMounts[0] has the claim"
                        + " \"projects-software\" of the installation, but CoCalc's storage needs no mount of that claim in"
                        + " this pod; remove it");
        assertThat(storage.applyTo(pod(volume), "project").getSpec().getVolumes())
                .hasSize(2);
    }

    private static Pod pod(String spec) {
        return Manifests.pod("""
                metadata: { name: p }
                spec: { containers: [{ name: project, image: x }], %s }
                """.formatted(spec));
    }
}
