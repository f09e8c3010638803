package com.cocalc.storage.testkit.assertj;

import com.cocalc.storage.SoftwareAccess;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/**
 * The entry: {@code import static com.cocalc.storage.testkit.assertj.StorageAssertions.assertThat}. It takes everything
 * that AssertJ's own entry takes as well.
 */
public final class StorageAssertions extends Assertions {

    private StorageAssertions() {}

    /**
     * Starts assertions about the storage of a finished pod.
     *
     * @param actual the pod
     * @return the assertions
     */
    public static PodAssert assertThat(Pod actual) {
        return new PodAssert(actual);
    }

    /**
     * Starts assertions about a tree of files, and all that AssertJ knows of a path.
     *
     * @param actual the root of the tree
     * @return the assertions
     */
    public static TreeAssert assertThat(Path actual) {
        return new TreeAssert(actual);
    }

    /**
     * Starts assertions about a decision.
     *
     * @param actual the decision
     * @return the assertions
     */
    public static SoftwareAccessAssert assertThat(SoftwareAccess actual) {
        return new SoftwareAccessAssert(actual);
    }
}
