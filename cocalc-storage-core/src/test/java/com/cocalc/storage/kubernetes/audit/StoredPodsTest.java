package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.apiserver.ServerCase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pod that is read back from a server, with all that the server fills in, has the findings that it had before. */
class StoredPodsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String METADATA = """
            {"namespace": "default", "uid": "5f0c6d5e-3d0f-4b56-9d7a-1c2b3a4d5e6f", "resourceVersion": "4711",
             "creationTimestamp": "2026-01-01T00:00:00Z", "generation": 1,
             "managedFields": [{"manager": "kubectl", "operation": "Update", "apiVersion": "v1",
               "time": "2026-01-01T00:00:00.123456789012Z", "fieldsType": "FieldsV1",
               "fieldsV1": {"f:spec": {"f:containers": {"k:{\\"name\\":\\"project\\"}": {".": {}, "f:image": {}}}}}}]}
            """;

    private static final String SPEC = """
            {"dnsPolicy": "ClusterFirst", "enableServiceLinks": true, "nodeName": "node-1",
             "preemptionPolicy": "PreemptLowerPriority", "priority": 0, "restartPolicy": "Always",
             "schedulerName": "default-scheduler", "serviceAccount": "default", "serviceAccountName": "default",
             "terminationGracePeriodSeconds": 30,
             "tolerations": [{"effect": "NoExecute", "key": "node.kubernetes.io/not-ready", "operator": "Exists",
               "tolerationSeconds": 300}]}
            """;

    private static final String CONTAINER = """
            {"imagePullPolicy": "IfNotPresent", "resources": {}, "terminationMessagePath": "/dev/termination-log",
             "terminationMessagePolicy": "File"}
            """;

    private static final String TOKEN = """
            {"name": "kube-api-access-x2x4z", "projected": {"defaultMode": 420, "sources": [
               {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
               {"configMap": {"items": [{"key": "ca.crt", "path": "ca.crt"}], "name": "kube-root-ca.crt"}},
               {"downwardAPI": {"items": [{"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"},
                 "path": "namespace"}]}}]}}
            """;

    private static final String TOKEN_MOUNT = """
            {"mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "name": "kube-api-access-x2x4z",
             "readOnly": true}
            """;

    private static final String STATUS = """
            {"phase": "Running", "qosClass": "BestEffort", "hostIP": "10.0.0.1", "podIP": "10.1.0.1",
             "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:05Z"}],
             "containerStatuses": [{"name": "project", "ready": true, "restartCount": 0, "image": "x", "imageID": "y",
               "volumeMounts": [{"name": "home", "mountPath": "/home/user"}]}]}
            """;

    static Stream<ServerCase> accepted() {
        return ServerCase.pods().filter(recorded -> recorded.code() == 201);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatAServerFillsInIsNoFinding(ServerCase recorded) throws IOException {
        String stored = stored(recorded.json());

        List<Finding> before = PodAudit.auditJson(recorded.json(), Audited.project());

        assertThat(Audited.places(PodAudit.auditJson(stored, Audited.project())))
                .isEqualTo(Audited.places(before));
        assertThat(Audited.places(PodAudit.audit(MAPPER.readValue(stored, Pod.class), Audited.project())))
                .isEqualTo(Audited.places(before));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aServerAcceptsWhatItGaveBack(ServerCase recorded) throws IOException {
        Pod stored = MAPPER.readValue(stored(recorded.json()), Pod.class);

        assertThat(ApiServer.causes(stored)).isEmpty();
        assertThat(ApiServer.answer(stored).isAccepted()).isTrue();
    }

    private static String stored(String json) throws IOException {
        ObjectNode pod = (ObjectNode) MAPPER.readTree(json);
        ObjectNode spec = (ObjectNode) pod.get("spec");
        addAbsent(pod.withObject("/metadata"), METADATA);
        addAbsent(spec, SPEC);
        if (!spec.has("securityContext")) {
            spec.putObject("securityContext");
        }
        spec.withArray("volumes").add(MAPPER.readTree(TOKEN));
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                addAbsent((ObjectNode) container, CONTAINER);
                ArrayNode mounts = ((ObjectNode) container).withArray("volumeMounts");
                if (!mounts.findValuesAsText("mountPath").contains("/")) { // below "/" every mount is a finding
                    mounts.add(MAPPER.readTree(TOKEN_MOUNT));
                }
            }
        }
        pod.set("status", MAPPER.readTree(STATUS));
        return pod.toString();
    }

    private static void addAbsent(ObjectNode object, String defaults) throws IOException {
        for (var field : MAPPER.readTree(defaults).properties()) {
            if (!object.has(field.getKey())) {
                object.set(field.getKey(), field.getValue());
            }
        }
    }
}
