package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.PodLaws;
import com.cocalc.storage.testkit.law.ProjectCase;
import com.cocalc.storage.testkit.law.RepetitionLaws;
import com.cocalc.storage.testkit.law.Violation;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/**
 * Tests for a program that builds the pods of projects in its own way: one test for each law of
 * {@link com.cocalc.storage.testkit.law.PodLaws} and each case. A test class implements this interface.
 */
public interface ProjectVolumesContract {

    /**
     * Builds the finished pod of a project with the program under test.
     *
     * @param project the project, its licences and the installation
     * @return the pod as it would be posted
     */
    Pod pod(ProjectCase project);

    /**
     * Returns the projects for which pods are built. A program for one installation overrides this method with
     * {@link ProjectCase#of}.
     *
     * @return by default, projects of several installations with different licences
     */
    default List<ProjectCase> projects() {
        return Stream.concat(
                        ProjectCase.of(StorageConfig.defaults()).stream(), ProjectCase.ofManyInstallations().stream())
                .distinct()
                .toList();
    }

    /**
     * Returns the tests of the pods.
     *
     * @return a container for each project, with a test for each law
     */
    @TestFactory
    default Stream<DynamicContainer> podLaws() {
        return projects().stream()
                .map(project -> DynamicContainer.dynamicContainer("a project " + project, tests(project)));
    }

    private Stream<DynamicTest> tests(ProjectCase project) {
        Stream<DynamicTest> ofPods =
                PodLaws.all().stream().map(law -> test(law, () -> PodLaws.check(pod(project), project.volumes())));
        DynamicTest ofBytes = test(
                RepetitionLaws.SAME_INPUT_SAME_BYTES,
                () -> RepetitionLaws.checkSameBytes(
                        "the pod of a project " + project, () -> KubernetesText.yaml(pod(project))));
        return Stream.concat(ofPods, Stream.of(ofBytes));
    }

    private static DynamicTest test(Law law, Supplier<List<Violation>> check) {
        return DynamicTest.dynamicTest(law.id(), () -> {
            List<Violation> violations = check.get().stream()
                    .filter(violation -> violation.law().equals(law))
                    .toList();
            if (!violations.isEmpty()) {
                throw new AssertionFailedError(
                        violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
            }
        });
    }
}
