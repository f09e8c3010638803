package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageException;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mebibytes in one line, and depth beyond all use, in every reader: read or refused, with little memory. */
class LongTextsTest {

    private static final int LENGTH = 4 << 20;

    /** Half a million elements in the ordinary run, two million in the long one. */
    private static final int LENGTH_OF_LISTS = Boolean.getBoolean("cocalc.deep") ? LENGTH : LENGTH / 4;

    private static String filled(String start, String piece, String end) {
        return filled(LENGTH, start, piece, end);
    }

    private static String list(String start, String piece, String end) {
        return filled(LENGTH_OF_LISTS, start, piece, end);
    }

    private static String filled(int length, String start, String piece, String end) {
        int times = (length - start.length() - end.length()) / piece.length();
        return start + piece.repeat(times) + end;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x ", "é"})
    void oneWordOfFourMebibytesIsRead(String piece) {
        String yaml = filled("{kind: Pod, apiVersion: v1, metadata: {name: a, annotations: {a: ", piece, "}}}");
        String json = filled(
                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"annotations\": {\"a\": \"",
                piece,
                "\"}}}");

        assertThat(ClusterSnapshot.parse("cocalc", yaml).all(Pod.class)).hasSize(1);
        assertThat(ClusterSnapshot.parse("cocalc", "# yaml\n" + json).all(Pod.class))
                .hasSize(1);
        assertThat(ClusterSnapshot.parse("cocalc", json).all(Pod.class)).hasSize(1);
        assertThat(PodAudit.auditJson(json, Audited.project())).isNotNull();
    }

    @Test
    void oneWordOfFourMebibytesIsReadForHelmAndInLicences() {
        assertThat(HelmValues.parse(filled("{hub: {a: ", "x", "}}"), "x").storage())
                .isEqualTo(StorageConfig.defaults());
        assertThat(LicensesJson.parse(filled("{\"x\": {\"title\": \"", "x", "\"}}"))
                        .entries())
                .hasSize(1);
    }

    @Test
    void aListOfMebibytesInOneLineIsRead() {
        assertThat(ClusterSnapshot.parse("cocalc", list("{kind: Secret, apiVersion: v1, data: [", "a,", "a]}")))
                .hasToString("0 objects around namespace \"cocalc\"");
        assertThat(ClusterSnapshot.parse("cocalc", list("{kind: List, items: [", "{kind: a},", "{kind: b}]}")))
                .hasToString("0 objects around namespace \"cocalc\"");
        assertThat(ClusterSnapshot.parse("cocalc", list("{\"kind\": \"Secret\", \"data\": [", "1,", "1]}")))
                .hasToString("0 objects around namespace \"cocalc\"");
        assertThat(LicensesJson.parse(list("{\"x\": {\"a\": [", "1,", "1]}}")).entries())
                .hasSize(1);
        assertThat(HelmValues.parse(list("{hub: [", "a,", "a]}"), "x").storage())
                .isEqualTo(StorageConfig.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{a: ", "- ", "? ", "[{b: "})
    void noDepthFillsTheStackOfAnyReader(String open) throws InterruptedException {
        String deep = open.repeat(50_000);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        refuses(() -> ClusterSnapshot.parse(
                                "cocalc", "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"x\": " + deep));
                        refuses(() -> ClusterSnapshot.parse("cocalc", "kind: Pod\nx:\n " + deep));
                        refuses(() -> HelmValues.parse("hub:\n " + deep, "x"));
                        refuses(() -> LicensesJson.parse("{\"x\": " + deep));
                        refuses(() -> PodAudit.auditJson("{\"x\": " + deep, Audited.project()));
                    } catch (Throwable e) {
                        thrown.set(e);
                    }
                },
                "small stack",
                256 * 1024);
        small.start();
        small.join();

        assertThat(thrown.get()).isNull();
    }

    private static void refuses(Runnable reader) {
        assertThatThrownBy(reader::run).isInstanceOf(StorageException.class);
    }

    @Test
    void anAliasIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", "kind: Pod\na: &x {b: 1}\nc: *x\n"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "snapshot must have no aliases, but was *x at line 3, column 4; write out what it stands for");
    }

    @Test
    void depthIsRefusedWithItsPlace() {
        String levels = "[".repeat(99) + "]".repeat(99);

        assertThat(ClusterSnapshot.parse("cocalc", "kind: Pod\napiVersion: v2\nx: " + levels))
                .hasToString("0 objects around namespace \"cocalc\"");
        assertThat(ClusterSnapshot.parse("cocalc", "{\"kind\": \"Pod\", \"x\": " + levels + "}"))
                .hasToString("0 objects around namespace \"cocalc\"");
        assertThatThrownBy(() -> ClusterSnapshot.parse("cocalc", "kind: Pod\nx: [" + levels + "]"))
                .hasMessage(
                        "snapshot must be nested at most 100 levels deep, but was deeper at line 2, column 103; write"
                                + " what `kubectl get … -o yaml` gives");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        for (String text : List.of("kind: Pod\napiVersion: v1", "{\"kind\": \"Pod\", \"apiVersion\": \"v1\"}")) {
            assertThat(ClusterSnapshot.parse("cocalc", "\uFEFF" + text).all(Pod.class))
                    .hasSize(1);
        }
    }
}
