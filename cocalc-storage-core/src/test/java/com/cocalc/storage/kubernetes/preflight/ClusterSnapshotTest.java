package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSnapshotTest {

    @Test
    void aListOfKubectlIsReadAndOtherKindsArePassedOver() {
        ClusterSnapshot snapshot = ClusterSnapshot.parse("cocalc", """
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "c"}, "unknown": 1},
                  {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "v"}},
                  {"apiVersion": "storage.k8s.io/v1", "kind": "CSIDriver", "metadata": {"name": "d"}},
                  {"apiVersion": "v1", "kind": "Event", "reason": "r"},
                  {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}},
                  {"apiVersion": "other/v1", "kind": "Pod", "metadata": {"name": "p"}},
                  7, null, {}]}""");

        assertThat(snapshot.namespace()).isEqualTo("cocalc");
        assertThat(snapshot.all(PersistentVolumeClaim.class)).hasSize(1);
        assertThat(snapshot.all(PersistentVolume.class)).hasSize(1);
        assertThat(snapshot.all(CSIDriver.class)).hasSize(1);
        assertThat(snapshot.all(Event.class)).hasSize(1);
        assertThat(snapshot.all(Pod.class)).isEmpty();
        assertThat(snapshot).hasToString("4 objects around namespace \"cocalc\"");
    }

    @Test
    void oneObjectIsASnapshotToo() {
        assertThat(ClusterSnapshot.parse("cocalc", "apiVersion: v1\nkind: Pod\n")
                        .all(Pod.class))
                .hasSize(1);
    }

    @Test
    void severalDocumentsAreOneSnapshot() {
        String pod = "apiVersion: v1\nkind: Pod\n";
        String json = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}\n";

        assertThat(ClusterSnapshot.parse("cocalc", pod + "---\n" + pod).all(Pod.class))
                .hasSize(2);
        assertThat(ClusterSnapshot.parse("cocalc", json + json).all(Pod.class)).hasSize(2);
    }

    @Test
    void aListLongerThanReadersOfYamlExpectIsRead() {
        String name = "x".repeat(1_000);
        String pods = ("- { apiVersion: v1, kind: Pod, metadata: { name: " + name + " } }\n").repeat(4_000);

        assertThat(ClusterSnapshot.parse("cocalc", "items:\n" + pods).all(Pod.class))
                .hasSize(4_000);
    }

    @Test
    void whatIsNoListIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", "[]"))
                .hasMessage(
                        "snapshot must be a List of Kubernetes objects, but was without items; write what `kubectl get"
                                + " pvc,pv,sc,csidriver,namespace,quota,service,endpointslice,pod,job,event -o json` gives");
        assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was without items");
        assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", "{\n \"a\": }}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("snapshot must be JSON or YAML of Kubernetes objects, but was not at line 2,");
        assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", "items: []\n--- \n]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was not at line 3, column 1;");
        assertThatThrownBy(() -> ClusterSnapshot.parse(
                        "cocalc", "items: [{apiVersion: v1, kind: Pod, spec: {containers: none}}]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("snapshot must be JSON or YAML of Kubernetes objects, but was not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: Pod;apiVersion: v1; spec: {}|line 3, column 6",
                "kind: Pod;spec: [|line 2, column 8",
                "# \u2028;kind: Pod;a: b: c|line 3, column 5",
                "kind: Pod;a: \u0007x|line 2, column 4",
                "# \ud83d\ude00 \u0085;kind: \ud83d\ude00\u0007x|line 2, column 8",
                "{;'kind': ?}|line 2, column 9"
            })
    void brokenTextIsRefusedWithTheLineAndColumnOfAnEditor(String text, String place) {
        for (String end : List.of("\n", "\r\n", "\r")) {
            assertThatThrownBy(() -> ClusterSnapshot.parse(
                            "cocalc", text.replace(";", end).replace("'", "\"")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("snapshot must be JSON or YAML of Kubernetes objects, but was not at " + place
                            + "; write what `kubectl get … -o json` gives");
        }
    }

    @Test
    void aValueOfAnotherTypeIsNamedByItsObjectAndField() {
        assertThatThrownBy(() -> ClusterSnapshot.parse(
                        "cocalc",
                        "kind: Pod\napiVersion: v1\nmetadata: {name: a}\nspec: {containers: [{name: b, ports: 5}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("snapshot must be JSON or YAML of Kubernetes objects, but was not: Pod \"a\" has a value of"
                        + " another type at spec.containers.0.ports; write what `kubectl get … -o json` gives");
    }

    @Test
    void aDocumentWithoutAKindSaysSo() {
        for (String text : List.of("{}", "apiVersion: v1\nmetadata: {name: a}", "{\"kind\": 5}", "---\n---\na: 1\n")) {
            assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "snapshot must have a kind in each document, but was without one in document 1; write kind and"
                                    + " apiVersion, as `kubectl get … -o json` does");
        }
        assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", "kind: Pod\napiVersion: v1\n---\na: 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but was without one in document 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e4294967296", "-1e-4294967296", "1e99999999999999999999", "0e4294967296"})
    void aHugeNumberIsReadOrRefusedByItsField(String number) {
        String pod = "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}, \"x\": " + number
                + ", \"spec\": {\"containers\": [{\"resources\": {\"limits\": {\"memory\": " + number + "}}}]}}";

        assertThat(ClusterSnapshot.parse("cocalc", pod).all(Pod.class)).hasSize(1);
        assertThat(ClusterSnapshot.parse("cocalc", "---\n" + pod).all(Pod.class))
                .hasSize(1);
    }

    @Test
    void changingTheListAfterwardsChangesNothing() {
        List<Pod> pods = new ArrayList<>(List.of(new Pod()));
        ClusterSnapshot snapshot = ClusterSnapshot.of("cocalc", pods);
        pods.clear();

        assertThat(snapshot.all(Pod.class)).hasSize(1);
    }

    @Test
    void emptyDocumentsBetweenOthersArePassedOver() {
        String pod = "apiVersion: v1\nkind: Pod\n";

        assertThat(ClusterSnapshot.parse("cocalc", "---\n---\n" + pod + "---\n# nothing\n---\n" + pod + "---\n")
                        .all(Pod.class))
                .hasSize(2);
        assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", "---\n---\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was without items");
    }

    @Test
    void aListOfOneKindSaysForItsObjectsWhatTheyAre() {
        String list = """
                {"apiVersion": "v1", "kind": "PersistentVolumeClaimList", "items": [
                  {"metadata": {"name": "a"}}, {"kind": "Pod", "apiVersion": "v1"}, null, 7]}""";

        ClusterSnapshot snapshot = ClusterSnapshot.parse("cocalc", list);

        assertThat(snapshot.all(PersistentVolumeClaim.class))
                .extracting(claim -> claim.getMetadata().getName())
                .containsExactly("a");
        assertThat(snapshot.all(Pod.class)).hasSize(1);
        assertThat(ClusterSnapshot.parse("cocalc", "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[{}]}"))
                .hasToString("0 objects around namespace \"cocalc\"");
    }

    @Test
    void aNameThatNoNamespaceCanHaveIsRefused() {
        for (String name : List.of("", "A", "a.b", "a".repeat(64))) {
            assertThatThrownBy(() -> ClusterSnapshot.of(name, List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("namespace must be a DNS-1123 label of at most 63 characters, but was \"")
                    .hasMessageEndingWith("; name the namespace of CoCalc's pods");
        }
    }

    @Test
    void aMissingObjectInAListIsPassedOver() {
        assertThat(ClusterSnapshot.of("cocalc", Arrays.asList(null, new Pod(), null))
                        .all(Pod.class))
                .hasSize(1);
    }

    @Test
    void theWorkOfACheckGrowsWithTheClusterAndNotWithItsSquare() {
        long few = reads(200);
        long many = reads(2_000);

        assertThat(few).isPositive();
        assertThat(many).isLessThanOrEqualTo(12 * few);
    }

    /** How often a check asks the volumes of a cluster for their names. */
    private static long reads(int size) {
        AtomicLong reads = new AtomicLong();
        List<HasMetadata> objects = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            objects.add(new CountedVolume("v" + i, reads));
            objects.add(new PersistentVolumeClaimBuilder()
                    .withNewMetadata()
                    .withName(i == 0 ? "projects-data" : "c" + i)
                    .endMetadata()
                    .withNewSpec()
                    .withVolumeName("v" + i)
                    .endSpec()
                    .build());
        }
        assertThat(StoragePreflight.check(
                        StorageModel.of(StorageConfig.defaults()), ClusterSnapshot.of("cocalc", objects)))
                .isNotEmpty();
        return reads.get();
    }

    private static final class CountedVolume extends PersistentVolume {

        private static final long serialVersionUID = 1L;

        private final transient AtomicLong reads;

        CountedVolume(String name, AtomicLong reads) {
            this.reads = reads;
            setMetadata(new ObjectMetaBuilder().withName(name).build());
        }

        @Override
        public ObjectMeta getMetadata() {
            reads.incrementAndGet();
            return super.getMetadata();
        }
    }
}
