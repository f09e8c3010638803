package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The init container that repairs the home, changed in one thing. */
class HomeRepairAuditTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final StorageConfig REPAIRING = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();

    private static List<String> audit(String operation) {
        Pod pod = PodStorage.of(ProjectVolumes.forProject(UUID.fromString(Audited.ID), List.of(), REPAIRING))
                .applyTo(Manifests.pod("""
                        metadata: { name: p }
                        spec:
                          containers: [{ name: project, image: x }]
                          volumes: [{ name: tmp, emptyDir: {} }]
                        """), "project");
        try {
            Pod changed = MAPPER.treeToValue(
                    JsonPatch.apply(MAPPER.readTree("[" + operation.replace('\'', '"') + "]"), MAPPER.valueToTree(pod)),
                    Pod.class);
            return Audited.places(PodAudit.audit(changed, Audited.project(REPAIRING)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'op':'add','path':'/spec/initContainers/0/restartPolicy','value':'Always'} | restartPolicy
            {'op':'add','path':'/spec/initContainers/0/args','value':['x']} | command
            {'op':'add','path':'/spec/initContainers/0/envFrom','value':[{'configMapRef':{'name':'c'}}]} | envFrom
            {'op':'add','path':'/spec/initContainers/0/env','value':[{'name':'LD_PRELOAD','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]} | env/0
            {'op':'replace','path':'/spec/initContainers/0/volumeMounts/0/mountPath','value':'/home/other'} | volumeMounts/0
            {'op':'replace','path':'/spec/initContainers/0/volumeMounts/0/name','value':'tmp'} | volumeMounts/0
            {'op':'add','path':'/spec/initContainers/0/volumeMounts/0/readOnly','value':true} | volumeMounts/0/readOnly
            {'op':'add','path':'/spec/initContainers/0/volumeMounts/-','value':{'name':'tmp','mountPath':'/tmp'}} | volumeMounts
            {'op':'replace','path':'/spec/initContainers/0/volumeMounts','value':[]} | volumeMounts
            {'op':'replace','path':'/spec/initContainers/0/securityContext/runAsUser','value':2001} | securityContext/runAsUser
            {'op':'remove','path':'/spec/initContainers/0/securityContext/runAsUser'} | securityContext/runAsUser
            {'op':'replace','path':'/spec/initContainers/0/securityContext/capabilities/add','value':['DAC_OVERRIDE']} | securityContext/capabilities
            {'op':'replace','path':'/spec/initContainers/0/securityContext/capabilities','value':{'drop':['all']}} | securityContext/capabilities
            {'op':'add','path':'/spec/initContainers/0/securityContext/capabilities/drop/-','value':'CHOWN'} | securityContext/capabilities
            {'op':'replace','path':'/spec/initContainers/0/securityContext/capabilities','value':{'drop':['dac_override']}} | securityContext/capabilities
            """)
    void aRepairThatDoesNotRepairOrDoesMoreIsAnError(String operation, String at) {
        assertThat(audit(operation)).contains("home-repair-changed@/spec/initContainers/0/" + at);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'op':'add','path':'/spec/initContainers/0/image','value':'busybox:1'}
            {'op':'add','path':'/spec/initContainers/0/terminationMessagePolicy','value':'File'}
            {'op':'add','path':'/spec/initContainers/0/env','value':[{'name':'TZ','value':'UTC'}]}
            {'op':'add','path':'/spec/initContainers/0/volumeMounts/0/mountPropagation','value':'None'}
            {'op':'add','path':'/spec/initContainers/0/volumeMounts/0/mountPath','value':'/home/user/'}
            {'op':'add','path':'/spec/initContainers/0/volumeMounts/-','value':{'name':'tmp','mountPath':'/var/run/secrets/eks.amazonaws.com/serviceaccount','readOnly':true}}
            {'op':'remove','path':'/spec/initContainers/0/securityContext/capabilities'}
            {'op':'replace','path':'/spec/initContainers/0/securityContext/capabilities/drop','value':['MKNOD']}
            {'op':'replace','path':'/spec/initContainers/0/securityContext/capabilities/add','value':['chown','DAC_OVERRIDE']}
            """)
    void whatMakesNoDifferenceToTheRepairIsNoFinding(String operation) {
        assertThat(audit(operation)).isEmpty();
    }
}
