package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.preflight.Causes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says about sharing a node and about operating systems, word for word. */
class HostRulesTest {

    private static final String WINDOWS = "{'op':'add','path':'/spec/os','value':{'name':'windows'}}";
    private static final String NO_CONTEXT = "{'op':'replace','path':'/spec/securityContext','value':{}}";
    private static final String FORBIDDEN = ": Forbidden: cannot be set for a windows pod";
    private static final String ALL = "spec: Invalid value: \"\": If pod contains any hostProcess containers then all"
            + " containers must be HostProcess containers";
    private static final String NETWORK =
            "spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers";

    @ParameterizedTest
    @CsvFileSource(resources = "windows-pods.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void aPodForWindowsHasNothingOfLinux(String context, String field) {
        List<String> causes =
                causes("{'op':'replace','path':'/spec/securityContext','value':" + context + "}", WINDOWS);

        assertThat(causes).isEqualTo(field == null ? List.of() : List.of("spec.securityContext." + field + FORBIDDEN));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "windows-containers.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void aContainerForWindowsHasNothingOfLinux(String context, String field) {
        List<String> regular = causes(
                NO_CONTEXT,
                WINDOWS,
                "{'op':'add','path':'/spec/containers/0/securityContext','value':" + context + "}");
        List<String> init = causes(NO_CONTEXT, WINDOWS, init(context));

        assertThat(regular)
                .isEqualTo(
                        field == null ? List.of() : List.of("spec.containers[0].securityContext." + field + FORBIDDEN));
        assertThat(init)
                .isEqualTo(
                        field == null
                                ? List.of()
                                : List.of("spec.initContainers[0].securityContext." + field + FORBIDDEN));
    }

    @ParameterizedTest
    @CsvSource({
        "hostUsers, true, 1",
        "hostUsers, false, 1",
        "hostPID, true, 1",
        "hostPID, false, 0",
        "hostIPC, true, 1",
        "hostIPC, false, 0",
        "shareProcessNamespace, true, 1",
        "shareProcessNamespace, false, 1",
        "hostNetwork, true, 0"
    })
    void aPodForWindowsSharesOnlyTheNetwork(String field, String value, int refusals) {
        List<String> causes =
                causes(NO_CONTEXT, WINDOWS, "{'op':'add','path':'/spec/" + field + "','value':" + value + "}");

        assertThat(causes).isEqualTo(refusals == 0 ? List.of() : List.of("spec." + field + FORBIDDEN));
    }

    @Test
    void aPodForLinuxHasNoAccountsOfWindowsInAnyContainer() {
        String linux = "{'op':'add','path':'/spec/os','value':{'name':'linux'}}";
        String account = "{'windowsOptions':{'runAsUserName':'x'}}";

        assertThat(causes(
                        linux,
                        "{'op':'add','path':'/spec/securityContext/windowsOptions','value':{}}",
                        init(account),
                        "{'op':'add','path':'/spec/containers/0/securityContext','value':" + account + "}"))
                .containsExactly(
                        "spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod",
                        "spec.initContainers[0].securityContext.windowsOptions: Forbidden: windows options cannot be"
                                + " set for a linux pod",
                        "spec.containers[0].securityContext.windowsOptions: Forbidden: windows options cannot be set for"
                                + " a linux pod");
        assertThat(causes(linux)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {}; spec.os.name: Required value
            {'name':''}; spec.os.name: Required value
            {'name':'Linux'}; spec.os: Unsupported value: "Linux": supported values: "linux", "windows"
            """)
    void anotherSystemIsRefused(String os, String cause) {
        assertThat(causes("{'op':'add','path':'/spec/os','value':" + os + "}")).containsExactly(cause);
    }

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
    void oneContainerWithTheRightsOfTheNodeWantsAllAndTheNetwork() {
        String one = "{'op':'add','path':'/spec/containers/0/securityContext','value':"
                + "{'windowsOptions':{'hostProcess':true}}}";
        String network = "{'op':'add','path':'/spec/hostNetwork','value':true}";

        assertThat(causes(one)).containsExactly(NETWORK);
        assertThat(causes(one, network)).isEmpty();
        assertThat(causes(one, network, init("{}"))).containsExactly(ALL);
        assertThat(causes(one, network, init("{'windowsOptions':{'hostProcess':false}}")))
                .containsExactly(ALL);
        assertThat(causes(one, network, init("{'windowsOptions':{'hostProcess':true}}")))
                .isEmpty();
        assertThat(causes(one, init("{}"))).containsExactly(ALL, NETWORK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatThePodSaysHoldsForAllAndMayNotBeContradicted(boolean ofPod) {
        String pod = "{'op':'add','path':'/spec/securityContext/windowsOptions','value':{'hostProcess':" + ofPod + "}}";
        String network = "{'op':'add','path':'/spec/hostNetwork','value':true}";

        assertThat(causes(pod, network, init("{'windowsOptions':{}}"))).isEmpty();
        assertThat(causes(pod, network, init("{'windowsOptions':{'hostProcess':" + ofPod + "}}")))
                .isEmpty();
        assertThat(causes(pod, network, init("{'windowsOptions':{'hostProcess':" + !ofPod + "}}")))
                .containsExactly(
                        "spec.initContainers[0].securityContext.windowsOptions.hostProcess: Invalid value: " + !ofPod
                                + ": pod hostProcess value must be identical if both are specified, was " + ofPod,
                        ALL);
        assertThat(causes(pod)).isEqualTo(ofPod ? List.of(NETWORK) : List.of());
    }

    @Test
    void anEphemeralContainerCountsToo() {
        String ephemeral = "{'op':'add','path':'/spec/ephemeralContainers','value':[{'name':'e','image':'x',"
                + "'securityContext':{'windowsOptions':{'hostProcess':true}}}]}";

        assertThat(causes(ephemeral))
                .containsExactly(ALL, NETWORK, "spec.ephemeralContainers: Forbidden: cannot be set on create");
    }

    private static String init(String context) {
        return "{'op':'add','path':'/spec/initContainers','value':[{'name':'i','image':'x','securityContext':" + context
                + "}]}";
    }

    private static List<String> causes(String... operations) {
        return Causes.of(ApiServer.answer(Audited.patched("[" + String.join(",", operations) + "]")));
    }
}
