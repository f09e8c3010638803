package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Manifests;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.pod.VolumeSourceKind;
import com.cocalc.storage.kubernetes.preflight.Causes;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server's rules beyond the recorded objects: one change to a good object, and the fields that the server names.
 */
class ServerRulesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "pod-changes.csv", delimiter = '|', numLinesToSkip = 1)
    void aChangedPodIsAnswered(String operation, int code, String fields) {
        ServerAnswer answer = ApiServer.answer(Audited.patched("[" + operation + "]"));

        assertThat(answer.code()).as(answer.reason()).isEqualTo(code);
        assertThat(answer.fields()).isEqualTo(fields == null ? List.of() : List.of(fields.split(" ")));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "pod-causes.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void aChangedPodIsAnsweredInTheServersWords(String operations, String causes) {
        ServerAnswer answer = ApiServer.answer(Audited.patched("[" + operations + "]"));

        assertThat(Causes.of(answer)).isEqualTo(Causes.expected(causes));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "policies.csv", delimiter = '|', numLinesToSkip = 1)
    void aNetworkPolicyIsAnswered(String spec, int code, String fields) {
        String policy = ("{'apiVersion':'networking.k8s.io/v1','kind':'NetworkPolicy','metadata':{'name':'p'},'spec':"
                        + spec + "}")
                .replace('\'', '"');

        ServerAnswer answer = ApiServer.answer(policy);

        assertThat(answer.code()).as(answer.reason()).isEqualTo(code);
        assertThat(answer.fields()).isEqualTo(fields == null ? List.of() : List.of(fields.split(" ")));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CLAIM", "IMAGE"},
            mode = EnumSource.Mode.EXCLUDE)
    void aSecondSourceOfAnyKindIsRefused(VolumeSourceKind kind) {
        String second = Audited.patched("[{'op':'add','path':'/spec/volumes/0/" + kind.field() + "','value':{}}]");

        ServerAnswer answer = ApiServer.answer(second);

        boolean after = kind.compareTo(VolumeSourceKind.CLAIM) > 0;
        String refused = after ? kind.fieldWhenRefused() : "persistentVolumeClaim";
        assertThat(answer.fields()).contains("spec.volumes[0]." + refused, "spec.containers[0].volumeMounts[0].name");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptySourceOfAnyKindIsAnswered(VolumeSourceKind kind) {
        String volume = Audited.patched(
                "[{'op':'add','path':'/spec/volumes/-','value':{'name':'v','" + kind.field() + "':{}}}]");

        ServerAnswer answer = ApiServer.answer(volume);

        boolean nothingRequired = List.of(
                        VolumeSourceKind.EMPTY_DIR,
                        VolumeSourceKind.DOWNWARD_API,
                        VolumeSourceKind.PROJECTED,
                        VolumeSourceKind.IMAGE,
                        // No server of today can mount these.
                        VolumeSourceKind.GIT_REPO,
                        VolumeSourceKind.GLUSTERFS,
                        VolumeSourceKind.FLOCKER,
                        VolumeSourceKind.RBD,
                        VolumeSourceKind.CEPH_FS,
                        VolumeSourceKind.QUOBYTE,
                        VolumeSourceKind.PHOTON_PERSISTENT_DISK,
                        VolumeSourceKind.STORAGE_OS,
                        VolumeSourceKind.SCALE_IO)
                .contains(kind);
        assertThat(answer.isAccepted()).as(answer.reason()).isEqualTo(nothingRequired);
    }

    @Test
    void aPodAsAClusterGivesItBackIsAcceptedAndRight() {
        Pod pod = Manifests.livePod();

        assertThat(ApiServer.answer(pod)).isEqualTo(new ServerAnswer.Accepted());
        assertThat(PodAudit.audit(pod, Audited.project())).isEmpty();
    }

    @Test
    void aTemplateIsNamedFromTheTemplateOnAndItsLabelsWithoutMetadata() {
        PodTemplateSpec template = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("a", "x/y")
                .addToAnnotations("/a", "")
                .endMetadata()
                .withNewSpec()
                .addToContainers(new ContainerBuilder().withName("c").build())
                .addToEphemeralContainers(new EphemeralContainerBuilder()
                        .withName("c")
                        .withImage("x")
                        .build())
                .endSpec()
                .build();

        assertThat(ApiServer.answer(template).fields())
                .containsExactly(
                        "labels", "annotations", "spec.ephemeralContainers[0].name", "spec.ephemeralContainers");
        assertThat(ApiServer.answer(new PodTemplateSpec()).fields()).containsExactly("spec.containers");
    }

    @Test
    void anEmptyPodHasNoNameAndNoContainer() {
        assertThat(ApiServer.answer(new Pod()).fields()).containsExactly("metadata.name", "spec.containers");
    }

    @Test
    void annotationsHaveALimit() {
        String large = Audited.patched(
                "[{'op':'add','path':'/metadata/annotations','value':{'a':'" + "x".repeat(262144) + "'}}]");
        String largest = large.replaceFirst("x", "");

        assertThat(ApiServer.answer(large).fields()).containsExactly("metadata.annotations");
        assertThat(ApiServer.answer(largest).isAccepted()).isTrue();
    }

    @Test
    void aFieldGivenTwiceIsRefused() {
        String twice = ServerCase.pod("project").json().replaceFirst("\"name\":\"home\",", "\"name\":\"x\",$0");

        ServerAnswer answer = ApiServer.answer(twice);

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.reason())
                .isEqualTo("strict decoding error: duplicate field \"spec.containers[0].volumeMounts[0].name\"");
        assertThat(answer.fields()).containsExactly("spec.containers[0].volumeMounts[0].name");
    }

    @Test
    void severalUnknownFieldsAreNamedInTheOrderOfTheText() {
        String pod = Audited.patched("[{'op':'add','path':'/spec/containers/0/volumeMounts/0/readonly','value':1},"
                + "{'op':'add','path':'/spec/volumes/0/emptyDir','value':{'mode':1}}]");

        assertThat(ApiServer.answer(pod).fields())
                .containsExactly("spec.containers[0].volumeMounts[0].readonly", "spec.volumes[0].emptyDir.mode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'/status','value':{'phase':7,'odd':[]}}",
                "{'op':'add','path':'/metadata/generation','value':-1}",
                "{'op':'add','path':'/metadata/creationTimestamp','value':'2026-11-28T17:00:00.1234567890123Z'}",
                "{'op':'add','path':'/metadata/managedFields','value':[{'fieldsV1':{'f:spec':{}},'manager':'m'}]}",
                "{'op':'add','path':'/spec/containers/0/image','value':' x\u2003'}",
                "{'op':'add','path':'/spec/containers/0/livenessProbe','value':{'exec':{},'httpGet':{}}}",
                "{'op':'add','path':'/spec/containers/0/restartPolicy','value':'Always'}"
            })
    void whatIsNeitherStorageNorIdentityIsTakenAsItStands(String operation) {
        String pod = Audited.patched("[" + operation + "]");

        assertThat(ApiServer.answer(pod)).isEqualTo(new ServerAnswer.Accepted());
        assertThat(PodAudit.auditJson(pod, Audited.project())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'op':'add','path':'/foo','value':{}} | foo
            {'op':'add','path':'/spec/odd','value':1} | spec.odd
            {'op':'add','path':'/spec/containers/0/imag','value':1} | spec.containers[0].imag
            {'op':'add','path':'/spec/tolerations','value':'all'} |
            {'op':'add','path':'/spec/terminationGracePeriodSeconds','value':'ten'} |
            {'op':'add','path':'/spec/containers/0/ports','value':[{'containerPort':'http'}]} |
            {'op':'add','path':'/metadata/managedFields','value':[{'fieldsV1':{},'manager':1}]} |
            """)
    void whatNoServerReadsIsRefusedAndOfNoInterestToAnAuditIfItIsNotAboutStorage(String operation, String field) {
        String pod = Audited.patched("[" + operation + "]");

        assertThat(ApiServer.answer(pod).code()).isEqualTo(400);
        assertThat(ApiServer.answer(pod).fields()).isEqualTo(field == null ? List.of() : List.of(field));
        assertThat(PodAudit.auditJson(pod, Audited.project())).isEmpty();
    }

    @Test
    void aWrongTypeSaysWhatIsExpected() {
        ServerAnswer answer =
                ApiServer.answer(ServerCase.pod("claim-read-only-as-text").json());

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.reason())
                .isEqualTo(
                        "spec.volumes[1].persistentVolumeClaim.readOnly: expected a boolean, but found the text \"true\"");
        assertThat(answer.fields()).isEmpty();
    }

    @Test
    void whatIsNoObjectIsUndecodable() {
        List<ServerAnswer> answers = new ArrayList<>();
        for (String text : List.of(
                "", "{", "[]", "{} {}", "{}", "{\"kind\":\"Pod\"}", "{\"kind\":\"Pod\",\"apiVersion\":\"v2\"}")) {
            answers.add(ApiServer.answer(text));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.code()).isEqualTo(400));
        assertThat(answers.get(4).reason()).isEqualTo("Object 'Kind' is missing; write kind and apiVersion");
        assertThat(answers.get(6).reason()).isEqualTo("apiVersion must be v1 for a Pod, but was \"v2\"");
    }

    @Test
    void aKindWhoseRulesAreNotKnownIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiServer.answer(new Secret()))
                .withMessage(
                        "kind must be Pod, PersistentVolumeClaim, StorageClass or NetworkPolicy, but was \"Secret\";"
                                + " the server's rules for others are not written here");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerAnswer.Invalid(List.of()))
                .withMessage("causes must name at least one fault, but was empty; say Accepted");
    }
}
