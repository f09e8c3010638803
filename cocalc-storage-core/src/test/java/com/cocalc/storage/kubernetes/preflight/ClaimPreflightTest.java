package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CLASS;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CONFIG;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA_VOLUME;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.check;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.claim;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.codes;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.pod;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.snapshot;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimPreflightTest {

    @Test
    void theNewestOfSeveralDefaultClassesIsTheOneThatMatters() {
        String pending = claim("projects-data", "nfs", "", "Pending").replace("storageClassName: nfs", "x: 1");
        String old = CLASS.replace(
                "{ name: nfs }",
                "{ name: a, creationTimestamp: \"2024-01-01T00:00:00Z\", annotations:"
                        + " { storageclass.kubernetes.io/is-default-class: \"true\" } }");

        assertThat(check(
                        CONFIG,
                        pending,
                        SOFTWARE,
                        old,
                        old.replace("name: a", "name: b").replace("2024", "2025")))
                .anyMatch(finding -> finding.contains("its class \"b\""))
                .noneMatch(finding -> finding.contains("its class \"a\""));
    }

    @Test
    void eachMissingClaimIsNamedWithThoseThatAreThere() {
        StorageConfig config = CONFIG.toBuilder().sharesClaim("shares").build();

        assertThat(check(config, claim("project-data", "nfs", "pvc-1", "Bound")))
                .containsExactly(
                        "ERROR claim-missing at /: claim \"projects-data\" is not in namespace \"cocalc\", which has"
                                + " \"project-data\"; pods that mount it wait for ever; create the claim \"projects-data\" there",
                        "ERROR claim-missing at /: claim \"projects-software\" is not in namespace \"cocalc\", which has"
                                + " \"project-data\"; pods that mount it wait for ever; create the claim \"projects-software\" there",
                        "ERROR claim-missing at /: claim \"shares\" is not in namespace \"cocalc\", which has"
                                + " \"project-data\"; pods that mount it wait for ever; create the claim \"shares\" there");
        assertThat(check(config)).anyMatch(finding -> finding.contains("\"cocalc\", which has no claim;"));
    }

    @Test
    void aClaimOfAnotherNamespaceIsNotOurs() {
        String other = DATA.replace("namespace: cocalc", "namespace: other");

        assertThat(check(CONFIG, other, SOFTWARE, SOFTWARE))
                .containsExactly(
                        "ERROR claim-missing at /: claim \"projects-data\" is not in namespace \"cocalc\", which has"
                                + " \"projects-software\"; there is one in namespace \"other\"; pods that mount it wait for ever;"
                                + " create the claim \"projects-data\" there; or check with the namespace in which CoCalc is"
                                + " installed");
    }

    @Test
    void aPendingClaimWithoutAClassWaitsForADefault() {
        String pending = claim("projects-data", "nfs", "", "Pending").replace("storageClassName: nfs", "x: 1");

        assertThat(check(CONFIG, pending, SOFTWARE))
                .containsExactly(
                        "ERROR no-default-class at /spec/storageClassName: claim \"projects-data\" is Pending, it names no class,"
                                + " and none of the classes \"nfs\" is the default; the claim stays Pending, and takes the default"
                                + " class as soon as there is one; name a class in the claim (a new one), or make one the default");
        assertThat(
                        check(
                                CONFIG,
                                pending,
                                SOFTWARE,
                                CLASS.replace(
                                        "{ name: nfs }",
                                        "{ name: std, annotations: { storageclass.kubernetes.io/is-default-class: \"true\" } }")))
                .singleElement()
                .asString()
                .startsWith(
                        "ERROR provisioner-silent at /status/phase: claim \"projects-data\" is Pending, and its class"
                                + " \"std\" has provisioner \"cluster.local/nfs\", which has made no volume;");
    }

    @Test
    void theClassOfAClaimMayStandInItsAnnotation() {
        String pending = claim("projects-data", "x", "", "Pending")
                .replace("storageClassName: x, ", "")
                .replace("cocalc }", "cocalc, annotations: { volume.beta.kubernetes.io/storage-class: nfs } }");
        String volume = volume("pvc-1", "nfs: { server: 10.0.0.9, path: /data }")
                .replace("pvc-1 }", "pvc-1, annotations: { volume.beta.kubernetes.io/storage-class: nfs } }");

        assertThat(codes(CONFIG, pending, SOFTWARE)).containsExactly("provisioner-silent");
        assertThat(check(CONFIG, pending.replace("class: nfs", "class: gone"), SOFTWARE))
                .singleElement()
                .asString()
                .contains("class-missing", "as class \"gone\" is missing");
        assertThat(check(CONFIG, pending.replace("volumeName: \"\"", "volumeName: pvc-1"), SOFTWARE, volume))
                .singleElement()
                .asString()
                .contains("waits for volume \"pvc-1\"; the claim stays Pending");
    }

    @Test
    void aPendingClaimOfAMissingClassIsToldSo() {
        assertThat(check(CONFIG, claim("projects-data", "standard", "", "Pending"), SOFTWARE))
                .containsExactly(
                        "ERROR class-missing at /spec/storageClassName: claim \"projects-data\" is Pending, as class \"standard\" is"
                                + " missing; there are \"nfs\"; the claim stays Pending; install the class, or create the claim again"
                                + " with another one");
    }

    @Test
    void aPendingClaimWithTheEmptyClassWaitsForAVolume() {
        assertThat(check(CONFIG, claim("projects-data", "\"\"", "", "Pending"), SOFTWARE))
                .containsExactly(
                        "ERROR claim-without-class at /spec/storageClassName: claim \"projects-data\" is Pending,"
                                + " and its class is \"\", so nothing is provisioned; the claim stays Pending until somebody"
                                + " makes a volume for it by hand; create a volume that fits, or create the claim again with a"
                                + " class");
    }

    @Test
    void aPendingClaimThatNamesItsVolumeWaitsForThatWhateverItsClass() {
        String atRunTime =
                "; the claim stays Pending: nothing is provisioned for a claim that names its volume, whatever"
                        + " its class; make that volume, with the claim's class, size, access modes and volumeMode; or create"
                        + " the claim again without volumeName";
        String waits =
                "ERROR claim-waits-for-volume at /spec/volumeName: claim \"projects-data\" is Pending, and waits for"
                        + " volume \"nfs-data\"";
        for (String storageClass : new String[] {"\"\"", "nfs", "not-there"}) {
            assertThat(check(CONFIG, claim("projects-data", storageClass, "nfs-data", "Pending"), SOFTWARE))
                    .containsExactly(waits + ", which does not exist" + atRunTime);
        }
        String volume = volume("nfs-data", "storageClassName: nfs, nfs: { server: 10.0.0.9, path: /data }");
        String claim = claim("projects-data", "nfs", "nfs-data", "Pending");
        assertThat(check(CONFIG, claim, SOFTWARE, volume)).containsExactly(waits + atRunTime);
        assertThat(check(CONFIG, claim, SOFTWARE, volume.replace("storageClassName: nfs, ", "")))
                .containsExactly(waits + ", which has class \"\" and not \"nfs\"" + atRunTime);
        assertThat(check(
                        CONFIG,
                        claim.replace("spec: {", "spec: { resources: { requests: { storage: 10Gi } },"),
                        SOFTWARE,
                        volume.replace("spec: {", "spec: { capacity: { storage: 5Gi },")))
                .containsExactly(waits + ", which has 5Gi and not 10Gi" + atRunTime);
        assertThat(StoragePreflight.check(StorageModel.of(CONFIG), snapshot(claim)))
                .first()
                .hasToString("PersistentVolumeClaim cocalc/projects-data: " + waits + atRunTime);
    }

    @Test
    void aClassWithoutProvisionerMakesNoVolumes() {
        assertThat(check(
                        CONFIG,
                        claim("projects-data", "local", "", "Pending"),
                        SOFTWARE,
                        CLASS.replace("name: nfs", "name: local")
                                .replace("cluster.local/nfs", "kubernetes.io/no-provisioner")))
                .containsExactly(
                        "ERROR class-without-provisioner at /spec/storageClassName: claim \"projects-data\" is"
                                + " Pending, and its class \"local\" has no provisioner; the claim stays Pending until somebody"
                                + " makes a volume for it by hand; create a volume that fits, or use a class with a provisioner");
    }

    @Test
    void aProvisionerMakesNoVolumeForAClaimThatSelectsOne() {
        String pending = claim("projects-data", "nfs", "", "Pending")
                .replace("spec: {", "spec: { selector: { matchLabels: { for: data } },");

        assertThat(check(CONFIG, pending, SOFTWARE))
                .anyMatch(finding ->
                        finding.contains("class \"nfs\" has provisioner \"cluster.local/nfs\", and the claim has"
                                + " a selector; the claim stays Pending; make a volume with these labels by hand, or create the claim"
                                + " again without selector"));
    }

    @Test
    void waitingForTheFirstConsumerIsAHint() {
        assertThat(check(
                        CONFIG,
                        claim("projects-data", "late", "", "Pending"),
                        SOFTWARE,
                        CLASS.replace("name: nfs", "name: late") + "volumeBindingMode: WaitForFirstConsumer\n"))
                .containsExactly(
                        "HINT waits-for-first-consumer at /status/phase: claim \"projects-data\" is Pending, and its"
                                + " class \"late\" has volumeBindingMode WaitForFirstConsumer; it is bound when the first pod is"
                                + " scheduled, so a mistake shows only then; start a pod that mounts it once, or use"
                                + " volumeBindingMode Immediate");
    }

    @Test
    void theProvisionersLastWordIsTold() {
        String event = """
                apiVersion: v1
                kind: Event
                metadata: { name: e1, namespace: cocalc }
                reason: ProvisioningFailed
                message: "no space left\\non device"
                involvedObject: { kind: PersistentVolumeClaim, name: projects-data, namespace: cocalc }
                """;

        assertThat(check(CONFIG, claim("projects-data", "nfs", "", "Pending"), SOFTWARE, event))
                .containsExactly(
                        "ERROR provisioning-failed at /status/phase: claim \"projects-data\" is Pending, and its"
                                + " provisioner says \"no space left\\u000aon device\"; the claim stays Pending; fix what the"
                                + " provisioner names; a full disk under it is common");
        assertThat(codes(
                        CONFIG,
                        claim("projects-data", "nfs", "", "Pending"),
                        SOFTWARE,
                        event.replace("name: projects-data", "name: other")))
                .containsExactly("provisioner-silent");
    }

    @Test
    void aLostClaimIsToldWithItsVolume() {
        assertThat(check(CONFIG, DATA.replace("phase: Bound", "phase: Lost"), SOFTWARE))
                .containsExactly(
                        "ERROR claim-lost at /status/phase: claim \"projects-data\" has lost volume \"pvc-1\"; pods that mount it do"
                                + " not start, and its files are out of reach; find the volume and its files first; then create a"
                                + " claim that names it in volumeName");
    }

    @Test
    void aClaimThatIsDeletedWhileInUseIsToldWithItsUsers() {
        String deleted = DATA.replace("{ name: projects-data,", "{ name: projects-data, deletionTimestamp: \"x\",");
        String pods = "";
        for (int i = 1; i <= 6; i++) {
            pods += "---\n" + pod("project-" + i, "cocalc", "projects-data");
        }
        String[] users = pods.substring(4).split("---\n");

        assertThat(check(CONFIG, deleted, SOFTWARE))
                .containsExactly(
                        "ERROR claim-terminating at /metadata/deletionTimestamp: claim \"projects-data\" is being deleted, and no pod"
                                + " of the snapshot uses it; running pods keep it alive; with the last of them it goes away, and new"
                                + " pods do not start; set the volume's reclaim policy to Retain now, then create the claim again"
                                + " and bind it to that volume");
        assertThat(check(CONFIG, deleted, SOFTWARE, users[0], pod("x", "other", "projects-data")))
                .anyMatch(finding -> finding.contains("is being deleted, while 1 pod uses it: \"project-1\";"));
        String[] all = Arrays.copyOf(users, 8);
        all[6] = deleted;
        all[7] = SOFTWARE;
        assertThat(check(CONFIG, all))
                .anyMatch(
                        finding -> finding.contains(
                                "while 6 pods use it: \"project-1\", \"project-2\", \"project-3\", \"project-4\", \"project-5\", …;"));
    }

    @Test
    void accessForOneNodeIsRefusedOnClaimAndVolume() {
        assertThat(check(
                        CONFIG,
                        DATA.replace("ReadWriteMany", "ReadWriteOnce"),
                        SOFTWARE,
                        DATA_VOLUME.replace("ReadWriteMany", "ReadWriteOnce")))
                .containsExactly(
                        "ERROR not-read-write-many at /spec/accessModes: claim \"projects-data\" has access modes"
                                + " \"[ReadWriteOnce]\"; a second node's pods wait with a Multi-Attach error; create a claim"
                                + " of access mode ReadWriteMany on a storage that has it; the mode cannot be changed",
                        "ERROR not-read-write-many at /spec/accessModes: volume \"pvc-1\" behind claim \"projects-data\" has"
                                + " access modes \"[ReadWriteOnce]\"; a second node's pods wait with a Multi-Attach error;"
                                + " create a claim of access mode ReadWriteMany on a storage that has it; the mode cannot be"
                                + " changed");
    }

    @Test
    void rawDevicesAreRefusedOnClaimAndVolume() {
        assertThat(check(
                        CONFIG,
                        DATA.replace("accessModes", "volumeMode: Block, accessModes"),
                        SOFTWARE,
                        DATA_VOLUME.replace("accessModes", "volumeMode: Block, accessModes")))
                .containsExactly(
                        "ERROR block-volume at /spec/volumeMode: claim \"projects-data\" has volumeMode Block; it cannot be"
                                + " mounted; create a claim of volumeMode Filesystem; the mode cannot be changed",
                        "ERROR block-volume at /spec/volumeMode: volume \"pvc-1\" behind claim \"projects-data\" has"
                                + " volumeMode Block; it cannot be mounted; create a claim of volumeMode Filesystem; the mode"
                                + " cannot be changed");
    }

    @Test
    void aClaimThatIsSmallerThanPlannedIsToldWithBothSizes() {
        assertThat(check(CONFIG, DATA.replace("10Gi", "9000Mi"), SOFTWARE))
                .containsExactly(
                        "WARNING size-too-small at /status/capacity/storage: claim \"projects-data\" holds 9000Mi, but values.yaml"
                                + " asks for 10Gi; it is full sooner than planned; let the claim grow, if its class allows expansion");
        assertThat(check(CONFIG, DATA.replace("10Gi", "10240Mi"), SOFTWARE.replace("10Gi", "odd")))
                .isEmpty();
        assertThat(check(CONFIG.toBuilder().bringYourOwnClaims().build(), DATA.replace("10Gi", "1Gi"), SOFTWARE))
                .isEmpty();
    }

    /** The binder takes a volume that fits before anything is provisioned. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ''      | ''      | volumeName: pv, accessModes: [ReadWriteMany] | phase: Available
            ''      | ''      | accessModes: [ReadWriteMany] | phase: Available
            manual  | manual  | accessModes: [ReadWriteMany], resources: { requests: { storage: 5Gi } } | phase: Available
            ''      | ''      | accessModes: [ReadWriteMany], selector: { matchLabels: { a: b } } | phase: Available
            """)
    void aPendingClaimWithAVolumeThatFitsIsBoundSoon(String asked, String there, String wish, String status) {
        assertThat(pendingBeside(asked, wish, there, status)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            volumeName: pv, accessModes: [ReadWriteMany], resources: { requests: { storage: 20Gi } } | phase: Available | which has 10Gi and not 20Gi
            volumeName: pv, accessModes: [ReadWriteOncePod] | phase: Available | which has access modes "[ReadWriteMany]"
            volumeName: pv, accessModes: [ReadWriteMany], volumeMode: Block | phase: Available | which has volumeMode Filesystem
            volumeName: pv, accessModes: [ReadWriteMany] | phase: Released | which is Released
            volumeName: other, accessModes: [ReadWriteMany] | phase: Available | which does not exist
            """)
    void aClaimThatNamesItsVolumeIsToldWhyThatDoesNotFit(String wish, String status, String why) {
        assertThat(pendingBeside("''", wish, "''", status))
                .anyMatch(finding -> finding.contains("claim-waits-for-volume") && finding.contains(why));
    }

    @Test
    void aVolumeOfAnotherClaimDoesNotFit() {
        assertThat(check(
                        CONFIG,
                        pending("''", "volumeName: pv, accessModes: [ReadWriteMany]"),
                        SOFTWARE,
                        free("''", "phase: Bound")
                                .replace("capacity", "claimRef: { namespace: n, name: c }, capacity")))
                .anyMatch(finding -> finding.contains("which belongs to claim \"c\" of namespace \"n\""));
    }

    private static List<String> pendingBeside(String asked, String wish, String there, String status) {
        return check(CONFIG, pending(asked, wish), SOFTWARE, free(there, status)).stream()
                .filter(finding -> !finding.contains("home-stays-roots"))
                .toList();
    }

    private static String pending(String storageClass, String wish) {
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: { name: projects-data, namespace: cocalc }
                spec: { storageClassName: %s, %s }
                status: { phase: Pending }
                """.formatted(storageClass, wish);
    }

    private static String free(String storageClass, String status) {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: { name: pv, labels: { a: b } }
                spec:
                  { nfs: { server: n, path: /d }, storageClassName: %s, accessModes: [ReadWriteMany],
                    persistentVolumeReclaimPolicy: Retain, capacity: { storage: 10Gi } }
                status: { %s }
                """.formatted(storageClass, status);
    }
}
