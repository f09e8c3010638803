package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users, profiles, escalation and sysctls, as a server judges them. */
final class SecurityContextRulesTest {

    private static final String AT = "spec.securityContext.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            'type':'RuntimeDefault' |
            'type':'Unconfined' |
            'type':'Localhost','localhostProfile':'a/b' |
            'type':'RuntimeDefault','localhostProfile':'a' | localhostProfile
            'type':'Unconfined','localhostProfile':'' | localhostProfile
            'type':'Localhost' | localhostProfile
            'type':'Localhost','localhostProfile':'' | localhostProfile
            'type':'Localhost','localhostProfile':' a' | localhostProfile
            'type':'' | type
            'type':'Odd' | type
            'type':'Odd','localhostProfile':'a' | type
            """)
    void anAppArmorProfileIsThatOfTheNodeOnlyByName(String profile, String field) {
        assertFields(pod("'appArmorProfile':{" + profile + "}"), field, AT + "appArmorProfile.");
        assertFields(
                container("'appArmorProfile':{" + profile + "}"),
                field,
                "spec.containers[0].securityContext.appArmorProfile.");
    }

    @Test
    void anAppArmorProfileHasNoLongerNameThanAPath() {
        String longest = "x".repeat(4095);

        assertFields(localhost(longest), null, "");
        assertFields(localhost(longest + "x"), "localhostProfile", AT + "appArmorProfile.");
    }

    private static String localhost(String profile) {
        return pod("'appArmorProfile':{'type':'Localhost','localhostProfile':'" + profile + "'}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            'type':'Localhost','localhostProfile':'a/b' |
            'type':'Localhost','localhostProfile':'/a' | localhostProfile
            'type':'Localhost','localhostProfile':'a/../b' | localhostProfile
            'type':'Localhost' | localhostProfile
            'type':'Unconfined','localhostProfile':'a' | localhostProfile
            'type':'Odd' | type
            'localhostProfile':'a' | type localhostProfile
            """)
    void aSeccompProfileIsAFileBelowTheKubeletsDirectory(String profile, String fields) {
        assertFields(pod("'seccompProfile':{" + profile + "}"), fields, AT + "seccompProfile.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            'fsGroup':0,'runAsUser':2147483647,'runAsGroup':1,'supplementalGroups':[0,2147483647] |
            'fsGroup':-1 | fsGroup
            'fsGroup':2147483648 | fsGroup
            'runAsUser':-1 | runAsUser
            'runAsGroup':2147483648 | runAsGroup
            'supplementalGroups':[1,-1] | supplementalGroups[1]
            'fsGroupChangePolicy':'Odd' | fsGroupChangePolicy
            'fsGroupChangePolicy':'OnRootMismatch' |
            'supplementalGroupsPolicy':'Odd' | supplementalGroupsPolicy
            'supplementalGroupsPolicy':'Strict' |
            'seLinuxChangePolicy':'Odd' | seLinuxChangePolicy
            'seLinuxChangePolicy':'MountOption' | seLinuxChangePolicy
            'seLinuxChangePolicy':'Recursive' |
            """)
    void usersAndGroupsAreNumbersOfLinux(String context, String field) {
        assertFields(pod(context), field, AT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            'allowPrivilegeEscalation':false,'privileged':false |
            'allowPrivilegeEscalation':true,'privileged':true |
            'allowPrivilegeEscalation':false,'capabilities':{'add':['SYS_ADMIN']} |
            'allowPrivilegeEscalation':true,'capabilities':{'add':['CAP_SYS_ADMIN']} |
            'allowPrivilegeEscalation':false,'privileged':true | spec.containers[0].securityContext
            'allowPrivilegeEscalation':false,'capabilities':{'add':['CAP_SYS_ADMIN']} | spec.containers[0].securityContext
            """)
    void whoMayNotEscalateIsNotGivenAllRights(String context, String field) {
        assertFields(container(context), field, "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            kernel.shm_rmid_forced | false | false |
            net.ipv4.ip_forward | false | true |
            net.ipv4.ip_forward | true | false | name
            net/ipv4/ip_forward | true | false | name
            kernel.sem | true | false |
            kernel.sem | false | true | name
            kernel.shmall | false | true | name
            kernel.msgmax | false | true | name
            fs.mqueue.msg_max | false | true | name
            fs.file-max | false | true |
            Kernel | false | false | name
            """)
    void aSysctlIsOfANamespaceThatThePodHas(String name, boolean hostNetwork, boolean hostIpc, String field) {
        String operations = pod("'sysctls':[{'name':'" + name + "','value':'1'}]")
                + ",{'op':'add','path':'/spec/hostNetwork','value':" + hostNetwork + "}"
                + ",{'op':'add','path':'/spec/hostIPC','value':" + hostIpc + "}";

        assertFields(operations, field, AT + "sysctls[0].");
    }

    @Test
    void theNameOfAProfileIsCountedInBytes() {
        String profile = "'appArmorProfile':{'type':'Localhost','localhostProfile':'";
        String longest = "é".repeat(2047) + "a";

        assertFields(pod(profile + longest + "'}"), null, AT);
        assertFields(pod(profile + longest + "a'}"), "appArmorProfile.localhostProfile", AT);
    }

    @Test
    void aSysctlIsNamedOnce() {
        String name = "'name':'kernel.shmall','value':'1'";
        String longest = "a".repeat(253);

        assertFields(pod("'sysctls':[{" + name + "},{" + name + "}]"), "sysctls[1].name", AT);
        assertFields(pod("'sysctls':[{'value':'1'}]"), "sysctls[0].name", AT);
        assertFields(pod("'sysctls':[{'name':'" + longest + "','value':'1'}]"), null, AT);
        assertFields(pod("'sysctls':[{'name':'" + longest + "a','value':'1'}]"), "sysctls[0].name", AT);
    }

    private static String pod(String context) {
        return "{'op':'add','path':'/spec/securityContext','value':{" + context + "}}";
    }

    private static String container(String context) {
        return "{'op':'add','path':'/spec/containers/0/securityContext','value':{" + context + "}}";
    }

    private static void assertFields(String operations, String fields, String at) {
        assertThat(ApiServer.answer(Audited.patched("[" + operations + "]")).fields())
                .isEqualTo(
                        fields == null
                                ? List.of()
                                : Arrays.stream(fields.split(" "))
                                        .map(field -> at + field)
                                        .toList());
    }
}
