package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.apiserver.ServerCase;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded pod has exactly the findings of the table, and a bad one is never without an error. */
class RecordedPodsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, List<String>> TABLE = table();

    @Test
    void everyRecordedPodIsInTheTable() {
        assertThat(TABLE.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ServerCase.pods().map(ServerCase::name).toList());
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#pods")
    void aRecordedPodHasTheFindingsOfTheTable(ServerCase recorded) {
        List<Finding> findings = PodAudit.auditJson(recorded.json(), Audited.project());

        assertThat(Audited.places(findings)).isEqualTo(TABLE.get(recorded.name()));
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#pods")
    void whatIsRefusedNeverStartsOrIsWrongHasAnError(ServerCase recorded) {
        List<Finding> findings = PodAudit.auditJson(recorded.json(), Audited.project());

        boolean bad = recorded.code() != 201 || recorded.runs().equals("no") || recorded.isWrong();
        assertThat(findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR) || !bad)
                .as(findings.toString())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#pods")
    void whatTheServerRefusesIsOneFindingWithTheServersField(ServerCase recorded) {
        List<Finding> findings = PodAudit.auditJson(recorded.json(), Audited.project());

        List<String> fields = findings.stream()
                .flatMap(finding -> finding.serverFields().stream())
                .toList();
        assertThat(fields).isEqualTo(recorded.code() == 422 ? recorded.fields() : List.of());
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#pods")
    void aPodIsAuditedAlikeAsTextAsObjectAndAsTemplate(ServerCase recorded) throws IOException {
        if (recorded.code() == 400) {
            return;
        }
        Pod pod = MAPPER.readValue(recorded.json(), Pod.class);
        PodTemplateSpec template = new PodTemplateSpec(pod.getMetadata(), pod.getSpec());

        List<Finding> ofObject = PodAudit.audit(pod, Audited.project());
        List<Finding> ofTemplate = PodAudit.audit(template, Audited.project());

        assertThat(ofObject).isEqualTo(PodAudit.auditJson(recorded.json(), Audited.project()));
        List<String> withoutName = Audited.places(ofObject).stream()
                .filter(place -> !place.endsWith("/metadata/name"))
                .toList();
        assertThat(Audited.places(ofTemplate)).isEqualTo(withoutName);
    }

    @Test
    void theProjectPodHasNoFindingAndWithItsLicenceTheWritingOneHasNone() {
        assertThat(PodAudit.auditJson(ServerCase.pod("project").json(), Audited.project()))
                .isEmpty();
        assertThat(PodAudit.auditJson(
                        ServerCase.pod("project-with-write-access-to-ext").json(), Audited.licensed()))
                .isEmpty();
    }

    private static Map<String, List<String>> table() {
        String file = "pod-findings.txt";
        try (InputStream in = Objects.requireNonNull(RecordedPodsTest.class.getResourceAsStream(file), file)) {
            Map<String, List<String>> table = new HashMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList()) {
                List<String> words = List.of(line.split(" "));
                table.put(words.get(0), words.subList(1, words.size()));
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
