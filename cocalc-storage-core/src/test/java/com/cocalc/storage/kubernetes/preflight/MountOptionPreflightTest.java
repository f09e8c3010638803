package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CLASS;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CONFIG;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA_VOLUME;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.check;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.codes;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mount options of classes and volumes, as a node reads them. */
class MountOptionPreflightTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            csi: { driver: d, volumeHandle: h }           | [rw, ro]      | true
            csi: { driver: d, volumeHandle: h }           | [ro, rw]      | false
            csi: { driver: d, volumeHandle: h }           | ['ro,rw']     | false
            nfs: { server: 10.0.0.1, path: /export/pvc-1 } | ['rw,ro']    | true
            nfs: { server: 10.0.0.1, path: /export/pvc-1 } | [rw, ro]     | false
            """)
    void ofSeveralAccessOptionsTheLastOneCountsAndInTreeVolumesHaveThemSorted(
            String source, String options, boolean readOnly) {
        assertThat(codes(CONFIG, DATA, SOFTWARE, volume("pvc-1", source + ", mountOptions: " + options))
                        .contains("volume-read-only"))
                .isEqualTo(readOnly);
    }

    @Test
    void mountOptionsAreComparedWithThoseThatExistOnClassAndVolume() {
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        CLASS + "mountOptions: [vers=3, no-such-option, null]\n",
                        DATA_VOLUME.replace("accessModes", "mountOptions: [soft], accessModes")))
                .satisfiesExactly(
                        volume -> assertThat(volume)
                                .startsWith(
                                        "WARNING mount-option-risky at /spec/mountOptions: volume \"pvc-1\" behind claim"
                                                + " \"projects-data\" has the mount option \"soft\": a server that is away")
                                .endsWith(
                                        "; write \"hard\", the default; every node mounts with it, so it affects all projects;"
                                                + " change mountOptions in the class, and in each volume that exists, which keeps its"
                                                + " own"),
                        storageClass -> assertThat(storageClass)
                                .startsWith(
                                        "ERROR mount-option-unknown at /mountOptions: class \"nfs\": mount option must"
                                                + " be an option of nfs(5) or mount(8), but was \"no-such-option\";")
                                .endsWith(
                                        "; nodes cannot mount the volume; correct mountOptions in the class, and in each"
                                                + " volume that exists, which keeps its own"));
        assertThat(codes(CONFIG, DATA, SOFTWARE, CLASS + "mountOptions: [nolock, no-such, hard, hard, soft, other]\n"))
                .as("no-such, other; nolock, soft")
                .containsExactly(
                        "mount-option-unknown", "mount-option-unknown", "mount-option-risky", "mount-option-risky");
        assertThat(check(CONFIG, DATA, SOFTWARE, CLASS + "mountOptions: [vers=3, retrans=2, timeo=30]\n"))
                .isEmpty();
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        volume("pvc-1", "hostPath: { path: /x }")
                                .replace("accessModes", "mountOptions: [x], accessModes")))
                .isEmpty();
    }

    /** The kubelet sorts the entries for NFS, and a driver of CSI gets them as they are. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nfs: { server: 10.0.0.1, path: /a }, mountOptions: [ro, rw] |
            nfs: { server: 10.0.0.1, path: /a }, mountOptions: [rw, ro] |
            nfs: { server: 10.0.0.1, path: /a }, mountOptions: ["rw,ro"] | volume-read-only mount-option-risky
            nfs: { server: 10.0.0.1, path: /a }, mountOptions: [soft, hard] | mount-option-risky
            nfs: { server: 10.0.0.1, path: /a }, mountOptions: ["soft,hard"] |
            nfs: { server: 10.0.0.1, path: /a }, mountOptions: ["vers=4.1,,hard,"] |
            nfs: { server: 10.0.0.1, path: /a }, mountOptions: [nfsvers=3, vers=3] | mount-option-unknown
            csi: { driver: nfs.csi.k8s.io, volumeHandle: a }, mountOptions: [soft, hard] |
            csi: { driver: nfs.csi.k8s.io, volumeHandle: a }, mountOptions: [hard, soft] | mount-option-risky
            csi: { driver: nfs.csi.k8s.io, volumeHandle: a }, mountOptions: [ro, rw, ro] | volume-read-only mount-option-risky
            csi: { driver: nfs.csi.k8s.io, volumeHandle: a }, mountOptions: [vers=4.1, mountport=20048] | mount-option-unknown
            """)
    void ofMountOptionsThatExcludeEachOtherTheLastOneCounts(String source, @Nullable String codes) {
        assertThat(codes(CONFIG, DATA, SOFTWARE, volume("pvc-1", source)))
                .filteredOn(code -> !code.equals("home-stays-roots"))
                .containsExactlyInAnyOrder(codes == null ? new String[0] : codes.split(" "));
    }

    @Test
    void theKubeletReadsTheAnnotationForMountOptionsFirstAndDriversOfCsiNever() {
        String annotated = "{ name: pvc-1, annotations: { volume.beta.kubernetes.io/mount-options: \"hard,ro\" } }";
        String csi = volume("pvc-1", "csi: { driver: nfs.csi.k8s.io, volumeHandle: a }");

        assertThat(check(CONFIG, DATA, SOFTWARE, csi.replace("{ name: pvc-1 }", annotated)))
                .isEmpty();
        assertThat(check(
                        CONFIG,
                        DATA,
                        SOFTWARE,
                        DATA_VOLUME
                                .replace("{ name: pvc-1 }", annotated.replace("hard,ro", "hard,no-such"))
                                .replace("accessModes", "mountOptions: [ro], accessModes")))
                .singleElement()
                .asString()
                .contains("mount-option-unknown at /metadata/annotations/volume.beta.kubernetes.io~1mount-options");
    }
}
