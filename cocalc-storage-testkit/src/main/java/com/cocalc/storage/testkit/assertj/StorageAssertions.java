package com.cocalc.storage.testkit.assertj;

import com.cocalc.storage.SoftwareAccess;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/**
 * The entry point: {@code import static com.cocalc.storage.testkit.assertj.StorageAssertions.assertThat}. It also
 * accepts everything that AssertJ's own entry point accepts.
 */
public final class StorageAssertions extends Assertions {

    private StorageAssertions() {}

    /**
     * Creates assertions about the storage of a finished pod.
     *
     * @param actual the pod
     * @return the assertions
     */
    public static PodAssert assertThat(Pod actual) {
        return new PodAssert(actual);
    }

    /**
     * Creates assertions about a tree of files, in addition to AssertJ's own assertions about a path.
     *
     * @param actual the root of the tree
     * @return the assertions
     */
    public static TreeAssert assertThat(Path actual) {
        return new TreeAssert(actual);
    }

    /**
     * Creates assertions about a decision.
     *
     * @param actual the decision
     * @return the assertions
     */
    public static SoftwareAccessAssert assertThat(SoftwareAccess actual) {
        return new SoftwareAccessAssert(actual);
    }
}
