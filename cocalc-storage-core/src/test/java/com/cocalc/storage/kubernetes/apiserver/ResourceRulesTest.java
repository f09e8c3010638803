package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.AuditRule;
import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.Manifests;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.preflight.Causes;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What the server says about the resources of containers and pods, by its paths; quantities are shown as they are
 * written.
 */
class ResourceRulesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "container-resources.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void theResourcesOfAContainerAreAnswered(String resources, String causes) {
        ServerAnswer answer = ApiServer.answer(
                Audited.patched("[{'op':'add','path':'/spec/containers/0/resources','value':" + resources + "}]"));

        assertThat(answer.fields())
                .isEqualTo(fields(causes).stream()
                        .map(field -> "spec.containers[0].resources" + (field.isEmpty() ? "" : ".") + field)
                        .toList());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "pod-resources.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void theResourcesOfAPodAreAnswered(String operations, String causes) {
        ServerAnswer answer = ApiServer.answer(Audited.patched("[" + operations + "]"));

        assertThat(answer.fields()).isEqualTo(fields(causes));
    }

    private static List<String> fields(@Nullable String causes) {
        return Causes.expected(causes).stream()
                .map(cause -> cause.substring(0, cause.indexOf(": ")))
                .distinct()
                .toList();
    }

    @Test
    void inATemplateNothingIsFilledIn() {
        ResourceRequirements minus = new ResourceRequirements(List.of(), Map.of("cpu", new Quantity("-1")), null);
        PodSpec spec = new PodSpec();
        spec.setContainers(List.of(new ContainerBuilder()
                .withName("c")
                .withImage("x")
                .withResources(minus)
                .build()));
        spec.setResources(new ResourceRequirements(List.of(), Map.of("cpu", new Quantity("1")), null));

        assertThat(ApiServer.answer(new PodTemplateSpec(null, spec)).fields())
                .containsExactly("spec.containers[0].resources.limits[cpu]");
    }

    @Test
    void aFindingPointsAtTheResourceWhereTheServersPathDoesNot() {
        String pod = Audited.patched("[{'op':'add','path':'/spec/resources','value':{'limits':{'cpu':'2'}}},"
                + "{'op':'add','path':'/spec/containers/0/resources','value':"
                + "{'limits':{'cpu':'3'},'requests':{'cpu':'1','x.io/a':'1','memory':'1'}}}]");

        List<Finding> findings = PodAudit.auditJson(pod, Audited.project());

        assertThat(findings)
                .extracting(Finding::pointer)
                .contains("/spec/containers/0/resources/limits/cpu", "/spec/containers/0/resources/requests/x.io~1a");
    }

    @Test
    void aResourceThatNobodyCanReadOfAModelIsZero() {
        Pod pod = Manifests.livePod();
        pod.getSpec()
                .getContainers()
                .get(0)
                .setResources(new ResourceRequirements(null, Map.of("cpu", new Quantity("much")), null));

        assertThat(PodAudit.audit(pod, Audited.project()))
                .extracting(Finding::rule)
                .doesNotContain(AuditRule.REFUSED_BY_SERVER);
    }
}
