package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.AuditRule;
import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnknownFieldsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String CONTAINER = """
            {'name':'%s','image':'x','odd':1,'securityContext':{'odd':1},
             'volumeMounts':[{'name':'ext','mountPath':'/a','readOnly':true},
                             {'name':'ext','mountPath':'/b','readOnly':true,'odd':1}],
             'volumeDevices':[{'name':'d','devicePath':'/dev/a'},{'name':'d','devicePath':'/dev/b','odd':1}],
             'env':[{'name':'A','value':''},{'name':'B','value':'','odd':1}]}
            """;

    private static final String EVERYWHERE = Audited.patched(
            """
            [{'op':'add','path':'/odd','value':1},
             {'op':'add','path':'/spec/odd','value':1},
             {'op':'add','path':'/spec/securityContext/odd','value':1},
             {'op':'add','path':'/spec/volumes/1/odd','value':1},
             {'op':'add','path':'/spec/volumes/1/persistentVolumeClaim/odd','value':1},
             {'op':'add','path':'/spec/initContainers','value':[%s]},
             {'op':'add','path':'/spec/containers/-','value':%s},
             {'op':'add','path':'/spec/ephemeralContainers','value':[%s]}]
            """.formatted(CONTAINER.formatted("i"), CONTAINER.formatted("c"), CONTAINER.formatted("e")));

    private static final List<String> IN_THE_SPEC = List.of(
            "/spec/securityContext/odd",
            "/spec/volumes/1/odd",
            "/spec/volumes/1/persistentVolumeClaim/odd",
            "/spec/initContainers/0/securityContext/odd",
            "/spec/initContainers/0/volumeMounts/1/odd",
            "/spec/initContainers/0/volumeDevices/1/odd",
            "/spec/initContainers/0/env/1/odd",
            "/spec/containers/1/securityContext/odd",
            "/spec/containers/1/volumeMounts/1/odd",
            "/spec/containers/1/volumeDevices/1/odd",
            "/spec/containers/1/env/1/odd",
            "/spec/ephemeralContainers/0/securityContext/odd",
            "/spec/ephemeralContainers/0/volumeMounts/1/odd",
            "/spec/ephemeralContainers/0/volumeDevices/1/odd",
            "/spec/ephemeralContainers/0/env/1/odd");

    @Test
    void whatTheModelsKeptAsideOfAPodIsFoundInEveryPartOfStorageAndIdentity() throws JsonProcessingException {
        Pod pod = MAPPER.readValue(EVERYWHERE, Pod.class);

        List<Finding> findings = PodAudit.audit(pod, Audited.project());

        assertThat(unknown(findings)).containsExactlyInAnyOrderElementsOf(IN_THE_SPEC);
    }

    @Test
    void aFieldThatIsGivenTwiceCountsWhereStorageIsOrIdentity() {
        String pod = Audited.patched("[]");

        assertThat(duplicates(pod.replaceFirst("\"spec\":", "\"spec\":{},\"spec\":")))
                .containsExactly("/spec");
        assertThat(duplicates(pod.replaceFirst("\"claimName\":", "\"claimName\":\"x\",\"claimName\":")))
                .containsExactly("/spec/volumes/0/persistentVolumeClaim/claimName");
        assertThat(duplicates(pod.replaceFirst("\"spec\":\\{", "\"spec\":{\"hostPID\":true,\"hostPID\":false,")))
                .containsExactly("/spec/hostPID");
        assertThat(duplicates(pod.replaceFirst("\"spec\":\\{", "\"spec\":{\"dnsPolicy\":\"\",\"dnsPolicy\":\"\",")))
                .isEmpty();
    }

    private static List<String> duplicates(String pod) {
        return unknown(PodAudit.auditJson(pod, Audited.project()));
    }

    @Test
    void theSameIsFoundInATemplate() throws JsonProcessingException {
        PodTemplateSpec template = new PodTemplateSpec();
        template.setSpec(MAPPER.readValue(EVERYWHERE, Pod.class).getSpec());
        template.setAdditionalProperty("strange", 1);

        List<Finding> findings = PodAudit.audit(template, Audited.project());

        assertThat(unknown(findings)).containsExactlyInAnyOrderElementsOf(IN_THE_SPEC);
    }

    @Test
    void aDebugContainerHasNothingThatOnlyContainersOfTheStartHave() {
        String pod = Audited.patched("""
                [{'op':'add','path':'/spec/ephemeralContainers','value':[
                   {'name':'debug','image':'x','imagePullPolicy':'Always','terminationMessagePolicy':'File',
                    'ports':[{'containerPort':80}],
                    'resources':{'limits':{'cpu':'1'}},
                    'resizePolicy':[{'resourceName':'cpu','restartPolicy':'NotRequired'}],
                    'restartPolicy':'Always',
                    'livenessProbe':{'exec':{'command':['true']}},
                    'readinessProbe':{'exec':{'command':['true']}},
                    'startupProbe':{'exec':{'command':['true']}},
                    'lifecycle':{'preStop':{'exec':{'command':['true']}}},
                    'volumeMounts':[
                      {'name':'ext','mountPath':'/a','readOnly':true,'subPath':'a'},
                      {'name':'ext','mountPath':'/b','readOnly':true,'subPathExpr':'b'}]}]}]
                """);

        List<String> places = PodAudit.auditJson(pod, Audited.project()).stream()
                .filter(finding -> finding.rule() == AuditRule.REFUSED_BY_SERVER)
                .map(Finding::pointer)
                .toList();

        String at = "/spec/ephemeralContainers/0";
        assertThat(places)
                .contains(at + "/resources", at + "/volumeMounts/0/subPath", at + "/volumeMounts/1/subPathExpr");
    }

    private static List<String> unknown(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.rule() == AuditRule.UNKNOWN_FIELD)
                .map(Finding::pointer)
                .toList();
    }
}
