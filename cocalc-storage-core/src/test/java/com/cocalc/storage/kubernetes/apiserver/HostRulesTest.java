package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.preflight.Causes;
import java.util.List;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'name':'linux'} | 'securityContext':{'fsGroup':1},'hostPID':true |
            {'name':'linux'} | 'securityContext':{'windowsOptions':{}} | securityContext.windowsOptions
            {'name':'windows'} | 'hostPID':false,'hostIPC':false,'hostNetwork':true |
            {'name':'windows'} | 'securityContext':{'runAsNonRoot':true,'sysctls':[],'supplementalGroups':[],'windowsOptions':{'runAsUserName':'u'}} |
            {'name':'windows'} | 'securityContext':{'runAsUser':1,'fsGroup':1} | securityContext.fsGroup securityContext.runAsUser
            {'name':'windows'} | 'hostPID':true,'shareProcessNamespace':false | hostPID shareProcessNamespace
            {'name':'windows'} | 'hostUsers':true | hostUsers
            {'name':'windows'} | 'securityContext':{'seccompProfile':{'type':'RuntimeDefault'},'supplementalGroups':[1]} | securityContext.seccompProfile securityContext.supplementalGroups
            {'name':''} | 'hostPID':true | os.name
            {} | 'hostPID':true | os.name
            {'name':'Linux'} | 'securityContext':{'windowsOptions':{}} | os
            """)
    void aPodHasTheSettingsOfItsOperatingSystem(String os, String settings, String fields) {
        String pod = "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'os':" + os + ","
                + "'containers':[{'name':'c','image':'i'}]," + settings + "}}";

        assertThat(ApiServer.answer(pod.replace('\'', '"')).fields())
                .isEqualTo(
                        fields == null
                                ? List.of()
                                : Stream.of(fields.split(" "))
                                        .map(field -> "spec." + field)
                                        .toList());
    }

    @Test
    void aContainerHasTheSettingsOfTheOperatingSystemOfItsPod() {
        String system = "{'op':'replace','path':'/spec/securityContext','value':{}},"
                + "{'op':'add','path':'/spec/os','value':{'name':'windows'}}";
        String init = "{'op':'add','path':'/spec/initContainers','value':[{'name':'i','image':'i','securityContext':"
                + "{'runAsUser':1,'privileged':false,'capabilities':{},'windowsOptions':{}}}]}";

        assertThat(causes(system)).isEmpty();
        assertThat(causes(system, init))
                .containsExactly(
                        "spec.initContainers[0].securityContext.capabilities: Forbidden: cannot be set for a windows pod",
                        "spec.initContainers[0].securityContext.privileged: Forbidden: cannot be set for a windows pod",
                        "spec.initContainers[0].securityContext.runAsUser: Forbidden: cannot be set for a windows pod");
        assertThat(causes(system.replace("windows", "linux"), init))
                .containsExactly("spec.initContainers[0].securityContext.windowsOptions: Forbidden: windows options"
                        + " cannot be set for a linux pod");
    }

    private static List<String> causes(String... operations) {
        return Causes.of(ApiServer.answer(Audited.patched("[" + String.join(",", operations) + "]")));
    }
}
