package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of a pod are written by strangers, and what is said about them is read on a terminal. */
class HostileKeysTest {

    private static final String KEY = "k\\u001b[31m\\u202e\\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metadata/labels/{KEY}",
                "/metadata/annotations",
                "/spec/volumes/0/{KEY}",
                "/spec/containers/0/volumeMounts/0/{KEY}",
                "/spec/containers/0/resources"
            })
    void whatIsSaidIsOnePrintableLine(String path) {
        String value = path.endsWith("resources")
                ? "{'limits':{'" + KEY + "':'-1'}}"
                : path.endsWith("{KEY}") ? "'" + KEY + "'" : "{'" + KEY + "':'1'}";
        String pod =
                Audited.patched("[{'op':'add','path':'" + path.replace("{KEY}", KEY) + "','value':" + value + "}]");

        List<Finding> findings = PodAudit.auditJson(pod, Audited.project());

        assertThat(findings).isNotEmpty();
        assertThat(findings).allSatisfy(finding -> {
            assertPrintable(finding.what());
            assertPrintable(finding.toString());
        });
        assertPrintable(ApiServer.answer(pod).reason());
    }

    @Test
    void theFieldsThemselvesStayExact() {
        String pod = Audited.patched(
                "[{'op':'add','path':'/spec/containers/0/resources','value':{'requests':{'a\\u001bb':'1'}}}]");

        assertThat(ApiServer.answer(pod).fields()).containsExactly("spec.containers[0].resources.requests[a\u001bb]");
        assertThat(PodAudit.auditJson(pod, Audited.project()).get(0).pointer())
                .isEqualTo("/spec/containers/0/resources/requests/a\u001bb");
    }

    /** No client can post these objects, so only code that builds models has them. */
    @Test
    void aKeyThatIsNullIsAnEmptyOne() {
        Pod pod = pod();
        pod.getMetadata().setLabels(Collections.singletonMap(null, "x"));

        assertThat(ApiServer.answer(pod).fields()).containsExactly("metadata.labels");
        assertThat(ApiServer.answer(new PodTemplateSpec(pod.getMetadata(), pod.getSpec()))
                        .fields())
                .containsExactly("labels");
        assertThat(ApiServer.causes(pod)).hasSize(1);
    }

    @Test
    void anObjectWithoutJsonGetsAnAnswer() {
        Map<String, Object> itself = new HashMap<>();
        itself.put("a", itself);
        Pod pod = pod();
        pod.getSpec().setAdditionalProperty("odd", itself);

        ServerAnswer answer = ApiServer.answer(pod);

        assertThat(answer.code()).isEqualTo(400);
        assertPrintable(answer.reason());
        assertThat(ApiServer.answer(new PodTemplateSpec(pod.getMetadata(), pod.getSpec())))
                .isEqualTo(answer);
        assertThat(ApiServer.causes(pod)).containsExactlyElementsOf(((ServerAnswer.Undecodable) answer).causes());
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("project")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("project")
                .endContainer()
                .endSpec()
                .build();
    }

    private static void assertPrintable(String text) {
        assertThat(text.chars()).as(text).allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
