package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.preflight.Causes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server says about sharing a node, word for word. */
class HostRulesTest {

    @ParameterizedTest
    @CsvSource({"hostNetwork, hostNetwork", "hostPID, HostPID", "hostIPC, HostIPC"})
    void aPodWithUsersOfItsOwnSharesNothingElse(String field, String written) {
        String shares = "{'op':'add','path':'/spec/" + field + "','value':true}";
        String own = "{'op':'add','path':'/spec/hostUsers','value':false}";

        assertThat(causes(own, shares))
                .containsExactly("spec." + written + ": Forbidden: when `pod.Spec.HostUsers` is false");
        assertThat(causes(own)).isEmpty();
        assertThat(causes(shares)).isEmpty();
        assertThat(causes(own.replace("false", "true"), shares)).isEmpty();
        assertThat(PodAudit.auditJson(Audited.patched("[" + own + "," + shares + "]"), Audited.project()))
                .extracting(Finding::pointer)
                .contains("/spec/" + field);
    }

    @Test
    void aPodWithUsersOfItsOwnHasNoRawDevices() {
        String own = "{'op':'add','path':'/spec/hostUsers','value':false}";
        String device = "{'op':'add','path':'/spec/volumes/-','value':{'name':'raw','persistentVolumeClaim':"
                + "{'claimName':'raw'}}},{'op':'add','path':'/spec/containers/0/volumeDevices','value':"
                + "[{'name':'raw','devicePath':'/dev/raw'}]}";

        assertThat(causes(own, device))
                .containsExactly("spec.containers[0].volumeDevices: Forbidden: when `pod.Spec.HostUsers` is false");
        assertThat(causes(device)).isEmpty();
    }

    private static List<String> causes(String... operations) {
        return Causes.of(ApiServer.answer(Audited.patched("[" + String.join(",", operations) + "]")));
    }
}
