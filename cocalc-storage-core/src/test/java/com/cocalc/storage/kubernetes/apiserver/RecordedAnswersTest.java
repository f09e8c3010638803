package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded object is answered as a real API server answered. */
class RecordedAnswersTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void noCaseIsMissing() {
        assertThat(ServerCase.pods()).hasSize(123);
        assertThat(ServerCase.claims()).hasSize(47);
        assertThat(ServerCase.storageClasses()).hasSize(28);
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#pods")
    void aPodIsAnsweredAsRecorded(ServerCase recorded) {
        assertAnswered(recorded);
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#claims")
    void aClaimIsAnsweredAsRecorded(ServerCase recorded) {
        assertAnswered(recorded);
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#storageClasses")
    void aStorageClassIsAnsweredAsRecorded(ServerCase recorded) {
        assertAnswered(recorded);
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#pods")
    void aDecodablePodIsAnsweredAlikeAsTextAndAsObject(ServerCase recorded) throws Exception {
        if (recorded.code() == 400) {
            return;
        }

        Pod pod = MAPPER.readValue(recorded.json(), Pod.class);

        assertThat(ApiServer.answer(pod)).isEqualTo(ApiServer.answer(recorded.json()));
    }

    @ParameterizedTest
    @MethodSource("com.cocalc.storage.kubernetes.apiserver.ServerCase#claims")
    void aDecodableClaimIsAnsweredAlikeAsTextAndAsObject(ServerCase recorded) throws Exception {
        if (recorded.code() == 400) {
            return;
        }

        PersistentVolumeClaim claim = MAPPER.readValue(recorded.json(), PersistentVolumeClaim.class);

        assertThat(ApiServer.answer(claim).fields()).isEqualTo(recorded.fields());
    }

    private static void assertAnswered(ServerCase recorded) {
        ServerAnswer answer = ApiServer.answer(recorded.json());

        assertThat(answer.code()).as(answer.reason()).isEqualTo(recorded.code());
        assertThat(answer.fields()).as(answer.reason()).isEqualTo(recorded.fields());
        assertThat(answer.isAccepted()).isEqualTo(recorded.code() == 201);
    }
}
