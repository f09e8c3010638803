package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages of refusals that no other test reads. */
class RefusalsTest {

    @Test
    void aListOfKernelsThatIsThereTwiceIsRefused() {
        StorageConfig config =
                StorageConfig.builder().jupyterPath(JupyterPath.WITH_SOFTWARE).build();
        Pod pod = Fixtures.pod();
        pod.getSpec()
                .getContainers()
                .get(0)
                .setEnv(List.of(
                        new EnvVar("JUPYTER_PATH", "/a", null), new EnvVar("JUPYTER_PATH", "/ext/jupyter", null)));

        assertThatThrownBy(() -> PodStorage.of(Fixtures.volumes(ProjectLicenses.none(), config))
                        .applyTo(pod, "project"))
                .hasMessage("pod project-1 cannot take CoCalc's storage: spec.containers[0].env[1] has JUPYTER_PATH ="
                        + " \"/ext/jupyter\", but CoCalc's storage needs the variable once; remove that variable, it is"
                        + " set from the configuration");
    }

    @Test
    void wordsOfThePodAreEscapedInTheMessage() {
        Pod pod = Fixtures.pod();
        pod.getMetadata().setName("a\nb\u202e");

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "no\u0000body"))
                .hasMessage("containerName must name a container of pod a\\u000ab\\u202e, but was \"no\\u0000body\"; it"
                        + " has \"project\"");
    }

    @Test
    void aModelOfAnotherKindIsRefused() {
        Pod pod = new Pod() {};

        assertThatThrownBy(() -> Fixtures.readOnly().applyTo(pod, "project"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("object must be of a class with a public constructor without arguments, as the Kubernetes"
                        + " models are, but was " + pod.getClass().getName() + "; use the models of kubernetes-model");
    }

    @Test
    void whatCannotBeWrittenAsTextIsRefused() {
        Object odd = Map.of("self", new Object());

        assertThatThrownBy(() -> KubernetesText.yaml(odd))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("object must be an object of the Kubernetes models, but was one of "
                        + odd.getClass().getName() + " that cannot be written as text (")
                .hasMessageEndingWith("); pass a Pod, a claim, or a list of their parts");
    }
}
