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

        assertThat(causes(own, shares)).containsExactly("spec." + written + ": Forbidden: when `hostUsers` is false");
        assertThat(causes(own)).isEmpty();
        assertThat(causes(shares)).isEmpty();
        assertThat(causes(own.replace("false", "true"), shares)).isEmpty();
        assertThat(PodAudit.auditJson(Audited.patched("[" + own + "," + shares + "]"), Audited.project()))
                .extracting(Finding::pointer)
                .contains("/spec/" + field);
    }

    /** The server walks init containers first and names the list of devices, without an index. */
    @Test
    void aPodWithUsersOfItsOwnHasNoRawDevicesInAnyContainer() {
        String own = "{'op':'add','path':'/spec/hostUsers','value':false}";
        String devices =
                "'volumeDevices':[{'name':'raw','devicePath':'/dev/raw'},{'name':'raw-2','devicePath':'/dev/raw-2'}]";
        String volumes = "{'op':'add','path':'/spec/volumes/-','value':{'name':'raw','persistentVolumeClaim':"
                + "{'claimName':'raw'}}},{'op':'add','path':'/spec/volumes/-','value':{'name':'raw-2',"
                + "'persistentVolumeClaim':{'claimName':'raw-2'}}}";
        String regular = "{'op':'add','path':'/spec/containers/-','value':{'name':'b','image':'i'," + devices + "}}";
        String init = "{'op':'add','path':'/spec/initContainers','value':[{'name':'a','image':'i'},"
                + "{'name':'c','image':'i','restartPolicy':'Always'," + devices + "}]}";

        assertThat(causes(own, volumes, regular, init))
                .containsExactly(
                        "spec.initContainers[1].volumeDevices: Forbidden: when `hostUsers` is false",
                        "spec.containers[1].volumeDevices: Forbidden: when `hostUsers` is false");
        assertThat(causes(volumes, regular, init)).isEmpty();
        assertThat(PodAudit.auditJson(
                        Audited.patched("[" + String.join(",", own, volumes, regular) + "]"), Audited.project()))
                .extracting(Finding::pointer)
                .contains("/spec/containers/1/volumeDevices");
    }

    private static List<String> causes(String... operations) {
        return Causes.of(ApiServer.answer(Audited.patched("[" + String.join(",", operations) + "]")));
    }
}
