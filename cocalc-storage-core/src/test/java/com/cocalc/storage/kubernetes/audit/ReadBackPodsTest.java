package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.StorageConflictException;
import com.cocalc.storage.kubernetes.apiserver.ServerCase;
import com.cocalc.storage.kubernetes.change.StorageDiff;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pod that a server has taken and completed has the findings of the pod that was posted, and none of its own. */
class ReadBackPodsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String OF_A_CONTAINER = """
            {"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
             "imagePullPolicy":"IfNotPresent","resources":{}}""";
    private static final String METADATA = """
            {"uid":"0f8ab4a6-90f4-4a4a-9f3e-5c2f1f8f4b11","resourceVersion":"123456","generation":1,
             "creationTimestamp":"2026-01-01T00:00:00Z","selfLink":"/api/v1/namespaces/projects/pods/p",
             "managedFields":[{"manager":"kubelet","operation":"Update","apiVersion":"v1",
               "time":"2026-01-01T00:00:01Z","fieldsType":"FieldsV1","subresource":"status",
               "fieldsV1":{"f:metadata":{"f:labels":{".":{},"f:run":{}}},"f:spec":{"f:containers":
                 {"k:{\\"name\\":\\"project\\"}":{".":{},"f:volumeMounts":{"k:{\\"mountPath\\":\\"/ext\\"}":{".":{},
                 "f:readOnly":{}}}}}}}}]}""";
    private static final String SPEC = """
            {"dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler","enableServiceLinks":true,
             "preemptionPolicy":"PreemptLowerPriority","priority":0,"nodeName":"node-1","restartPolicy":"Always",
             "terminationGracePeriodSeconds":30,"serviceAccountName":"default","serviceAccount":"default",
             "tolerations":[
               {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]}""";
    private static final String STATUS = """
            {"phase":"Running","qosClass":"BestEffort","startTime":"2026-01-01T00:00:02Z","hostIP":"10.0.0.1",
             "hostIPs":[{"ip":"10.0.0.1"}],"podIP":"10.1.0.1","podIPs":[{"ip":"10.1.0.1"}],"observedGeneration":1,
             "conditions":[{"type":"Ready","status":"True","lastProbeTime":null,
               "lastTransitionTime":"2026-01-01T00:00:03Z","observedGeneration":1}],
             "containerStatuses":[{"name":"project","ready":true,"restartCount":0,"started":true,"image":"x",
               "imageID":"sha256:1","containerID":"containerd://1","state":{"running":
               {"startedAt":"2026-01-01T00:00:03Z"}},"lastState":{},"user":{"linux":{"uid":2001,"gid":2001,
               "supplementalGroups":[2001]}},"volumeMounts":[{"name":"ext","mountPath":"/ext","readOnly":true,
               "recursiveReadOnly":"Disabled"}]}]}""";
    private static final String TOKEN = """
            {"name":"kube-api-access-x2x7q","projected":{"defaultMode":420,"sources":[
              {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
              {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},
              {"downwardAPI":{"items":[{"path":"namespace",
                "fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}]}}""";
    private static final String TOKEN_MOUNT = """
            {"name":"kube-api-access-x2x7q","readOnly":true,
             "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}""";

    static Stream<ServerCase> accepted() {
        return ServerCase.pods().filter(recorded -> recorded.code() == 201);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aPodReadBackHasTheFindingsOfThePodThatWasPosted(ServerCase recorded) throws IOException {
        String readBack = completed(MAPPER.readTree(recorded.json())).toString();

        List<Finding> posted = PodAudit.auditJson(recorded.json(), Audited.project());

        assertThat(PodAudit.auditJson(readBack, Audited.project())).isEqualTo(posted);
        assertThat(PodAudit.audit(MAPPER.readValue(readBack, Pod.class), Audited.project()))
                .isEqualTo(posted);
    }

    static Stream<ServerCase> taken() {
        return accepted().filter(recorded -> {
            try {
                storage().applyTo(MAPPER.readValue(recorded.json(), Pod.class), "project");
                return true;
            } catch (StorageConflictException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("taken")
    void aPodReadBackIsNoDifference(ServerCase recorded) throws IOException {
        Pod posted = MAPPER.readValue(recorded.json(), Pod.class);
        JsonNode submitted = MAPPER.valueToTree(storage().applyTo(posted, "project"));
        Pod running = MAPPER.readValue(completed(submitted).toString(), Pod.class);

        assertThat(StorageDiff.between(running, posted, "project", storage()).differences())
                .isEmpty();
    }

    private static PodStorage storage() {
        return PodStorage.of(ProjectVolumes.forProject(UUID.fromString(Audited.ID), ProjectLicenses.none()));
    }

    @Test
    void thereAreManySuchPods() {
        assertThat(accepted().count()).isGreaterThan(60);
        assertThat(taken().count()).isGreaterThan(20);
    }

    @Test
    void aRepairedPodReadBackHasNoFinding() throws IOException {
        ProjectVolumes volumes = ProjectVolumes.forProject(
                UUID.fromString(Audited.ID),
                ProjectLicenses.none(),
                StorageConfig.builder()
                        .homeOwnership(HomeOwnership.fixPermissionsInit())
                        .build());
        Pod pod = PodStorage.of(volumes).applyTo(Manifests.pod("""
                        apiVersion: v1
                        kind: Pod
                        metadata: { name: project-1 }
                        spec: { containers: [{ name: project, image: x }] }
                        """), "project");

        String readBack = completed(MAPPER.valueToTree(pod)).toString();

        assertThat(PodAudit.auditJson(readBack, Expected.forProject(volumes))).isEmpty();
        assertThat(PodStorage.of(volumes).applyTo(MAPPER.readValue(readBack, Pod.class), "project"))
                .isEqualTo(MAPPER.readValue(readBack, Pod.class));
    }

    @Test
    void aRestartPolicyOfAContainerIsNoFinding() {
        String pod = Audited.patched("[{'op':'add','path':'/spec/containers/0/restartPolicy','value':'Always'}]");

        assertThat(PodAudit.auditJson(pod, Audited.project())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spec/volumes/0/odd",
                "/spec/volumes/0/persistentVolumeClaim/odd",
                "/spec/containers/0/volumeMounts/0/readonly",
                "/spec/containers/0/env/0/odd",
                "/spec/containers/0/securityContext/odd",
                "/spec/securityContext/odd",
                "/spec/volumes/2/ephemeral/volumeClaimTemplate/spec/odd",
                "/spec/containers/0/volumeDevices/0/odd"
            })
    void anUnknownFieldOfWhatTouchesStorageStaysAFinding(String pointer) {
        List<Finding> findings = PodAudit.auditJson(withField(pointer, "1"), Audited.project());

        assertThat(Audited.places(findings)).contains("unknown-field@" + pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /spec/containers/0/volumeMounts/0/bindMountOptions | ["nosuid"]
            /spec/volumes/-                                    | {"name":"n","emptyDir":{"mode":1023}}
            /spec/volumes/-                                    | {"name":"n","secret":{"secretName":"s","defaultUser":2001}}
            """)
    void aFieldOfNewerServersIsNoFinding(String pointer, String value) {
        assertThat(PodAudit.auditJson(
                        Audited.patched("[{'op':'add','path':'" + pointer + "','value':" + value + "}]"),
                        Audited.project()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/odd",
                "/metadata/odd",
                "/spec/odd",
                "/spec/containers/0/odd",
                "/spec/containers/0/livenessProbe/odd",
                "/spec/affinity/odd",
                "/status/odd"
            })
    void elsewhereItIsNone(String pointer) {
        List<Finding> findings = PodAudit.auditJson(withField(pointer, "1"), Audited.project());

        assertThat(Audited.places(findings)).doesNotContain("unknown-field@" + pointer);
    }

    @ParameterizedTest
    @CsvSource({
        "/spec/volumes/0/name, 1",
        "/spec/containers/0/volumeMounts/0/readOnly, 'true'",
        "/spec/containers/0/env/0/value, 1",
        "/spec/securityContext/fsGroup, '2001'"
    })
    void aWrongTypeInWhatTouchesStorageStaysAFinding(String pointer, String value) {
        String json = value.matches("\\d") ? value : "\"" + value + "\"";

        assertThat(Audited.places(PodAudit.auditJson(withField(pointer, json), Audited.project())))
                .contains("wrong-type@" + pointer);
    }

    @Test
    void aWrongTypeElsewhereIsNone() {
        assertThat(Audited.places(PodAudit.auditJson(withField("/spec/priority", "\"x\""), Audited.project())))
                .doesNotContain("wrong-type@/spec/priority");
    }

    private static String withField(String pointer, String value) {
        return Audited.patched("""
                [{'op':'add','path':'/spec/volumes/-','value':
                   {'name':'e','ephemeral':{'volumeClaimTemplate':{'spec':{}}}}},
                 {'op':'add','path':'/spec/containers/0/volumeDevices','value':[{'name':'e','devicePath':'/dev/e'}]},
                 {'op':'add','path':'/spec/containers/0/securityContext','value':{}},
                 {'op':'add','path':'/spec/containers/0/livenessProbe','value':{}},
                 {'op':'add','path':'/spec/affinity','value':{}},
                 {'op':'add','path':'/status','value':{}},
                 {'op':'add','path':'%s','value':%s}]
                """.formatted(pointer, value));
    }

    /**
     * As the server gives it back: nothing that was posted is changed, and all that it fills in is added at the end.
     */
    private static JsonNode completed(JsonNode pod) throws IOException {
        ObjectNode root = (ObjectNode) pod;
        root.withObject("/metadata").setAll((ObjectNode) MAPPER.readTree(METADATA));
        ObjectNode spec = root.withObject("/spec");
        addMissing(spec, SPEC);
        if (!spec.has("volumes") || spec.get("volumes").isNull()) {
            spec.putArray("volumes");
        }
        ((ArrayNode) spec.get("volumes")).add(MAPPER.readTree(TOKEN));
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                ObjectNode one = (ObjectNode) container;
                addMissing(one, OF_A_CONTAINER);
                if (!one.has("volumeMounts") || one.get("volumeMounts").isNull()) {
                    one.putArray("volumeMounts");
                }
                ((ArrayNode) one.get("volumeMounts")).add(MAPPER.readTree(TOKEN_MOUNT));
            }
        }
        root.set("status", MAPPER.readTree(STATUS));
        return root;
    }

    private static void addMissing(ObjectNode to, String fields) throws IOException {
        MAPPER.readTree(fields).properties().forEach(field -> {
            if (!to.has(field.getKey())) {
                to.set(field.getKey(), field.getValue());
            }
        });
    }
}
