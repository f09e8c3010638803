package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CONFIG;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.check;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoragePreflightTest {

    @Test
    void aGoodClusterHasNoFindings() {
        assertThat(check(CONFIG, DATA, SOFTWARE)).isEmpty();
    }
}
