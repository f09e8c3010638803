package com.cocalc.storage.testkit.cluster;

import static com.cocalc.storage.testkit.cluster.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is submitted, the answer is one of a server, a kubelet or a clear error, and never an accident. */
class HostileInputTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static FakeCluster cluster() {
        return FakeCluster.builder()
                .storageClass("local", Provisioner.of(BackEnd.LOCAL).withRootMode(0777))
                .claimsOf(StorageConfig.defaults(), "local")
                .build();
    }

    /** What a clear error is: it says something, and it was meant. */
    private static String submit(String json, boolean typed) {
        try (FakeCluster cluster = cluster()) {
            PodOutcome outcome = typed ? cluster.submit(pod(json)) : cluster.submit(json);
            assertThat(outcome.toString()).isNotBlank();
            return outcome.getClass().getSimpleName();
        } catch (IllegalArgumentException e) {
            assertThat(e).as(json).message().contains("must");
            return "mistake of the test";
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new AssertionError("on " + json, e);
        }
    }

    private static Pod pod(String json) {
        try {
            return MAPPER.readValue(json, Pod.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("must be a pod", e); // not one that a program could make
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mistakesInAPodAreAnswered(boolean typed) {
        JsonMutation mutation = new JsonMutation(5);
        List<String> pods = RecordedCase.pods().map(RecordedCase::json).toList();
        Map<String, Integer> answers = new TreeMap<>();

        for (int i = 0; i < 2_000; i++) {
            answers.merge(submit(mutation.of(pods.get(i % pods.size())), typed), 1, Integer::sum);
        }

        assertThat(answers).containsOnlyKeys("Running", "NotStarted", "Refused", "mistake of the test");
    }

    @Test
    void mistakesInAClaimAreAnswered() {
        JsonMutation mutation = new JsonMutation(6);
        List<String> claims = RecordedCase.claims().map(RecordedCase::json).toList();

        for (int i = 0; i < 1_000; i++) {
            String json = mutation.of(claims.get(i % claims.size()));
            try (FakeCluster cluster = cluster()) {
                cluster.createClaim(json);
            } catch (RefusedException | IllegalArgumentException e) {
                assertThat(e).as(json).message().isNotBlank();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("on " + json, e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''             | the text is not one JSON object
            []             | the text is not one JSON object
            null           | the text is not one JSON object
            {              | the text is not one JSON object
            {} {}          | the text is not one JSON object
            {}             | Object 'Kind' is missing
            {"kind":"Pod"} | apiVersion must be v1 for a Pod
            {"kind":"Pod","apiVersion":"v1","metadata":[]}       | metadata
            {"kind":"Pod","apiVersion":"v1","spec":"x"}          | spec
            {"kind":"Pod","apiVersion":"v1","spec":{"volumes":7}}| spec.volumes
            {"kind":"Pod","apiVersion":"v1","spec":{"volumes":[{"typo":1}]}} | unknown field "spec.volumes[0].typo"
            """)
    void aTextThatIsNoPodIsRefusedWith400(String json, String words) {
        Refusal refusal = refused(cluster().submit(json));

        assertThat(refusal.code()).isEqualTo(400);
        assertThat(refusal.reason()).contains(words);
    }

    @Test
    void anObjectOfAnotherKindIsAMistakeOfTheTest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster().submit("{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\"}"))
                .withMessageStartingWith("kind must be Pod, PersistentVolumeClaim, StorageClass or NetworkPolicy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster()
                        .submit(RecordedCase.claims()
                                .filter(recorded -> recorded.code() == 201)
                                .findFirst()
                                .orElseThrow()
                                .json()))
                .withMessage("json must be a Pod, but was a PersistentVolumeClaim; claims go to createClaim");
    }

    @Test
    void whatIsEmptyIsRefusedWith422AndThePlaces() {
        Pod withoutSpec = new Pod();
        withoutSpec.setMetadata(new ObjectMeta());
        withoutSpec.getMetadata().setName("p");

        assertThat(refused(cluster().submit(new Pod())).fields()).contains("metadata.name", "spec.containers");
        assertThat(refused(cluster().submit(withoutSpec)).fields()).contains("spec.containers");
        assertThatThrownBy(() -> cluster().restart(new Pod()))
                .isInstanceOf(PodNotRunningException.class)
                .hasMessageStartingWith("pod refused: 422: ");
        assertThatThrownBy(() -> cluster().createClaim(new PersistentVolumeClaim()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("metadata.name");
        assertThatThrownBy(() -> cluster().createStorageClass(new StorageClass(), Provisioner.of(BackEnd.LOCAL)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("provisioner");
    }

    @Test
    void listsThatAreNullOrHoldNullAreRefusedOrEmpty() {
        Pod nullContainer = Pods.bare("p");
        nullContainer.getSpec().setContainers(holding(null));
        Pod nullVolume = Pods.bare("p");
        nullVolume.getSpec().setVolumes(holding(null));
        Pod nullMount = Pods.bare("p");
        nullMount.getSpec().getContainers().get(0).setVolumeMounts(holding(null));
        Pod nullLists = Pods.bare("p");
        PodSpec spec = nullLists.getSpec();
        spec.setVolumes(null);
        spec.setInitContainers(null);
        spec.setNodeSelector(null);
        Container container = spec.getContainers().get(0);
        container.setVolumeMounts(null);
        container.setEnv(null);
        container.setEnvFrom(null);
        container.setCommand(null);

        Stream.of(nullContainer, nullVolume, nullMount)
                .forEach(
                        pod -> assertThat(refused(cluster().submit(pod)).code()).isEqualTo(422));
        assertThat(cluster().submit(nullLists)).isInstanceOf(PodOutcome.Running.class);
    }

    private static <T> List<T> holding(@Nullable T element) {
        return new ArrayList<>(Arrays.asList(element));
    }

    @Test
    void nullIsRefusedAtTheDoor() {
        FakeCluster cluster = cluster();

        assertThatNullPointerException()
                .isThrownBy(() -> cluster.submit(nothing(Pod.class)))
                .withMessage("pod");
        assertThatNullPointerException()
                .isThrownBy(() -> cluster.submit(nothing(String.class)))
                .withMessage("json");
        assertThatNullPointerException()
                .isThrownBy(() -> cluster.restart(nothing(Pod.class)))
                .withMessage("pod");
        assertThatNullPointerException()
                .isThrownBy(() -> FakeCluster.builder().storageClass("s", nothing(BackEnd.class)))
                .withMessage("backEnd");
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // what a caller without NullAway may do
    private static <T> T nothing(Class<T> type) {
        return type.cast(null);
    }

    @Test
    void aPodMayHaveTenThousandVolumesAndMountHundredsOfThem() {
        List<Volume> volumes = new ArrayList<>();
        List<VolumeMount> mounts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            volumes.add(new VolumeBuilder()
                    .withName("v" + i)
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .build());
            if (i % 50 == 0) {
                mounts.add(new VolumeMountBuilder()
                        .withName("v" + i)
                        .withMountPath("/v/" + i)
                        .build());
            }
        }
        Pod pod = Pods.bare("p");
        pod.getSpec().setVolumes(volumes);
        pod.getSpec().getContainers().get(0).setVolumeMounts(mounts);

        RunningContainer container = cluster().start(pod).container("project");

        assertThat(Attempt.tryToCreate(container.path("/v/9950/x"))).isEqualTo("ok");
    }
}
