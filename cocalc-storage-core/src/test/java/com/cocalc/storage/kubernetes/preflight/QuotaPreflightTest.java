package com.cocalc.storage.kubernetes.preflight;

import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.CONFIG;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.DATA;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.SOFTWARE;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.check;
import static com.cocalc.storage.kubernetes.preflight.PreflightCluster.codes;
import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.StorageConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaPreflightTest {

    private static final StorageConfig CREATING =
            CONFIG.toBuilder().created(CreatedClaims.DEFAULTS).build();

    private static String quota(String hard, String used) {
        return """
                apiVersion: v1
                kind: ResourceQuota
                metadata: { name: q, namespace: cocalc }
                spec: { hard: { %s } }
                status: { hard: { %s }, used: { %s } }
                """.formatted(hard, hard, used);
    }

    @Test
    void claimsThatDoNotFitIntoAQuotaAreToldWithTheirSizes() {
        assertThat(check(CREATING, quota("requests.storage: 25Gi", "requests.storage: 6Gi")))
                .contains(
                        "ERROR quota-exceeded at /spec/hard/requests.storage: quota \"q\" allows 25Gi of requests.storage, of"
                                + " which 6Gi are used, and claim \"projects-data\" and claim \"projects-software\" will ask for"
                                + " 10Gi and 10Gi; the API server refuses a claim with 403 (exceeded quota), and pods that mount it"
                                + " wait for ever; raise the quota, or set smaller sizes in values.yaml");
        assertThat(check(CREATING, DATA, quota("persistentvolumeclaims: 1", "persistentvolumeclaims: 1")))
                .anyMatch(finding -> finding.contains("quota-exceeded at /spec/hard/persistentvolumeclaims")
                        && finding.contains("and claim \"projects-software\" will be created;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "persistentvolumeclaims: 1",
                "count/persistentvolumeclaims: 0",
                "nfs.storageclass.storage.k8s.io/requests.storage: 10Gi",
                "nfs.storageclass.storage.k8s.io/persistentvolumeclaims: 1",
                "requests.storage: 0"
            })
    void aQuotaOfAnyKindCounts(String hard) {
        assertThat(codes(CREATING, quota(hard, ""))).contains("quota-exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "persistentvolumeclaims: 2",
                "requests.storage: 20Gi",
                "other.storageclass.storage.k8s.io/requests.storage: 1Gi",
                "requests.cpu: 1",
                "requests.storage: 1e4294967296",
            })
    void aQuotaThatLeavesEnoughIsNoFinding(String hard) {
        assertThat(codes(CREATING, quota(hard, ""))).doesNotContain("quota-exceeded");
    }

    @Test
    void whatIsThereAlreadyOrNotCreatedNeedsNoQuota() {
        String none = quota(
                "requests.storage: 20Gi, persistentvolumeclaims: 2",
                "requests.storage: 20Gi, persistentvolumeclaims: 2");

        assertThat(codes(CREATING, DATA, SOFTWARE, none)).isEmpty();
        assertThat(codes(CONFIG.toBuilder().bringYourOwnClaims().build(), none)).doesNotContain("quota-exceeded");
        assertThat(codes(CREATING, none.replace("namespace: cocalc", "namespace: other")))
                .doesNotContain("quota-exceeded");
        assertThat(codes(CREATING, none.replace("spec: {", "spec: { scopes: [BestEffort],")))
                .doesNotContain("quota-exceeded");
    }
}
