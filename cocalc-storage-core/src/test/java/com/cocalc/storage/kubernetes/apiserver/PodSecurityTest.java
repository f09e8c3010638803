package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods as a server 1.34 admitted or refused them in a namespace with labels. */
class PodSecurityTest {

    private static final String HARDENED =
            "{'runAsNonRoot':true,'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']},'seccompProfile':{'type':'RuntimeDefault'}}";
    private static final String HARDEN =
            "{'op':'add','path':'/spec/containers/0/securityContext','value':" + HARDENED + "}";

    private static final PodSecurity BASELINE = PodSecurity.of(PodSecurityLevel.BASELINE);
    private static final PodSecurity RESTRICTED = PodSecurity.of(PodSecurityLevel.RESTRICTED);

    @Test
    void theProjectPodIsAdmittedByBaselineWithOrWithoutTheRootInitContainer() {
        assertThat(BASELINE.violations(pod())).isEmpty();
        assertThat(BASELINE.violations(pod(init("{'runAsUser':0}")))).isEmpty();
    }

    @Test
    void theProjectPodAsItIsIsRefusedByRestricted() {
        assertThat(RESTRICTED.violations(pod()))
                .extracting(PodSecurityViolation::check)
                .containsExactly(
                        "runAsNonRoot",
                        "seccompProfile_restricted",
                        "allowPrivilegeEscalation",
                        "capabilities_restricted");
    }

    @Test
    void fourSettingsInEveryContainerAreEnoughForRestricted() {
        assertThat(RESTRICTED.violations(pod(HARDEN))).isEmpty();
        assertThat(RESTRICTED.violations(pod(HARDEN, init(HARDENED.replace("{'run", "{'runAsUser':2001,'run")))))
                .isEmpty();
    }

    @Test
    void aRootInitContainerIsRefusedByRestrictedEvenIfItKeepsOnlyChown() {
        String root = "{'runAsUser':0,'runAsNonRoot':false,'allowPrivilegeEscalation':false,"
                + "'capabilities':{'drop':['ALL'],'add':['CHOWN']},'seccompProfile':{'type':'RuntimeDefault'}}";

        List<PodSecurityViolation> violations = RESTRICTED.violations(pod(HARDEN, init(root)));

        assertThat(violations)
                .extracting(PodSecurityViolation::toString)
                .containsExactly(
                        "runAsNonRoot (spec.initContainers[0].securityContext.runAsNonRoot must not be false)",
                        "runAsUser (spec.initContainers[0].securityContext.runAsUser must not be 0)",
                        "capabilities_restricted (spec.initContainers[0].securityContext.capabilities.add must not include"
                                + " \"CHOWN\")");
    }

    @Test
    void anInitContainerWithoutSettingsOfItsOwnIsRefusedWherePodSettingsAreNotEnough() {
        String podWide = "{'op':'add','path':'/spec/securityContext','value':"
                + "{'runAsNonRoot':true,'seccompProfile':{'type':'Localhost','localhostProfile':'p'}}}";

        List<PodSecurityViolation> violations = RESTRICTED.violations(pod(podWide, HARDEN, init("{}")));

        assertThat(violations)
                .extracting(PodSecurityViolation::field)
                .containsExactly(
                        "spec.initContainers[0].securityContext.allowPrivilegeEscalation",
                        "spec.initContainers[0].securityContext.capabilities.drop");
    }

    @Test
    void theFirstVersionOnlyWantsNonRoot() {
        PodSecurity first = PodSecurity.of(PodSecurityLevel.RESTRICTED, PodSecurityVersion.parse("v1.0"));

        assertThat(first.violations(pod()))
                .extracting(PodSecurityViolation::check)
                .containsExactly("runAsNonRoot");
    }

    @ParameterizedTest
    @CsvSource({
        "seccomp.security.alpha.kubernetes.io/pod, unconfined, 1",
        "container.seccomp.security.alpha.kubernetes.io/project, unconfined, 1",
        "container.seccomp.security.alpha.kubernetes.io/project, '', 1",
        "container.seccomp.security.alpha.kubernetes.io/another, unconfined, 0",
        "seccomp.security.alpha.kubernetes.io/pod, runtime/default, 0",
        "seccomp.security.alpha.kubernetes.io/pod, docker/default, 0",
        "seccomp.security.alpha.kubernetes.io/pod, localhost/mine, 0"
    })
    void before119TheAnnotationsOfSeccompCount(String key, String profile, int violations) {
        Pod pod = pod("{'op':'add','path':'/metadata/annotations','value':{'" + key + "':'" + profile + "'}}");

        for (PodSecurityLevel level : List.of(PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED)) {
            assertThat(PodSecurity.of(level, PodSecurityVersion.parse("v1.18")).violations(pod))
                    .filteredOn(violation -> violation.check().equals("seccompProfile_baseline"))
                    .hasSize(violations)
                    .allSatisfy(
                            violation -> assertThat(violation.field()).isEqualTo("metadata.annotations[" + key + "]"));
            assertThat(PodSecurity.of(level, PodSecurityVersion.parse("v1.19")).violations(pod))
                    .noneMatch(violation -> violation.check().equals("seccompProfile_baseline"));
        }
    }

    @Test
    void privilegedAdmitsEverything() {
        String all = "{'op':'add','path':'/spec/hostNetwork','value':true}";

        assertThat(PodSecurity.of(PodSecurityLevel.PRIVILEGED).violations(pod(all)))
                .isEmpty();
    }

    @Test
    void aTemplateAndAPodWithoutAnythingAreChecked() {
        assertThat(RESTRICTED.violations(new PodTemplateSpec())).isEmpty();
        assertThat(BASELINE.violations(new Pod())).isEmpty();
        assertThat(BASELINE.violations(new PodTemplateSpec(null, pod().getSpec())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'op':'add','path':'/spec/hostNetwork','value':true} | spec.hostNetwork
            {'op':'add','path':'/spec/hostPID','value':true} | spec.hostPID
            {'op':'add','path':'/spec/hostIPC','value':true} | spec.hostIPC
            {'op':'add','path':'/spec/volumes/-','value':{'name':'h','hostPath':{'path':'/x'}}} | spec.volumes[2].hostPath
            {'op':'add','path':'/spec/securityContext/sysctls','value':[{'name':'kernel.msgmax','value':'1'}]} | spec.securityContext.sysctls[0]
            {'op':'add','path':'/spec/securityContext/seccompProfile','value':{'type':'Unconfined'}} | spec.securityContext.seccompProfile.type
            {'op':'add','path':'/spec/securityContext/appArmorProfile','value':{'type':'Unconfined'}} | spec.securityContext.appArmorProfile.type
            {'op':'add','path':'/spec/securityContext/windowsOptions','value':{'hostProcess':true}} | spec.securityContext.windowsOptions.hostProcess
            {'op':'add','path':'/spec/securityContext/seLinuxOptions','value':{'type':'spc_t'}} | spec.securityContext.seLinuxOptions.type
            {'op':'add','path':'/spec/securityContext/seLinuxOptions','value':{'user':'u'}} | spec.securityContext.seLinuxOptions.user
            {'op':'add','path':'/spec/securityContext/seLinuxOptions','value':{'role':'r'}} | spec.securityContext.seLinuxOptions.role
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'privileged':true}} | spec.containers[0].securityContext.privileged
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'procMount':'Unmasked'}} | spec.containers[0].securityContext.procMount
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'capabilities':{'add':['SYS_ADMIN','CHOWN']}}} | spec.containers[0].securityContext.capabilities.add
            {'op':'add','path':'/spec/containers/0/ports','value':[{'containerPort':1},{'containerPort':1,'hostPort':2}]} | spec.containers[0].ports[1].hostPort
            {'op':'add','path':'/spec/ephemeralContainers','value':[{'name':'e','securityContext':{'privileged':true}}]} | spec.ephemeralContainers[0].securityContext.privileged
            {'op':'add','path':'/metadata/annotations','value':{'container.apparmor.security.beta.kubernetes.io/project':'unconfined'}} | metadata.annotations[container.apparmor.security.beta.kubernetes.io/project]
            {'op':'add','path':'/spec/containers/0/livenessProbe','value':{'httpGet':{'host':'10.0.0.1','port':80}}} | spec.containers[0].livenessProbe.httpGet.host
            {'op':'add','path':'/spec/containers/0/readinessProbe','value':{'tcpSocket':{'host':'10.0.0.1','port':80}}} | spec.containers[0].readinessProbe.tcpSocket.host
            {'op':'add','path':'/spec/containers/0/startupProbe','value':{'httpGet':{'host':'x','port':80}}} | spec.containers[0].startupProbe.httpGet.host
            {'op':'add','path':'/spec/containers/0/lifecycle','value':{'postStart':{'tcpSocket':{'host':'x','port':80}}}} | spec.containers[0].lifecycle.postStart.tcpSocket.host
            {'op':'add','path':'/spec/containers/0/lifecycle','value':{'preStop':{'httpGet':{'host':'x','port':80}}}} | spec.containers[0].lifecycle.preStop.httpGet.host
            {'op':'add','path':'/spec/initContainers','value':[{'name':'i','restartPolicy':'Always','livenessProbe':{'tcpSocket':{'host':'x','port':80}}}]} | spec.initContainers[0].livenessProbe.tcpSocket.host
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'seccompProfile':{'type':'Unconfined'}}} | spec.containers[0].securityContext.seccompProfile.type
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'appArmorProfile':{'type':'Unconfined'}}} | spec.containers[0].securityContext.appArmorProfile.type
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'seLinuxOptions':{'type':'unconfined_t'}}} | spec.containers[0].securityContext.seLinuxOptions.type
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'windowsOptions':{'hostProcess':true}}} | spec.containers[0].securityContext.windowsOptions.hostProcess
            """)
    void baselineRefuses(String operation, String field) {
        assertThat(BASELINE.violations(pod(operation)))
                .extracting(PodSecurityViolation::field)
                .containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'/spec/containers/0/livenessProbe','value':{'httpGet':{'host':'','port':80}}}",
                "{'op':'add','path':'/spec/containers/0/lifecycle','value':{'preStop':{'sleep':{'seconds':1}}}}",
                "{'op':'add','path':'/spec/containers/0/ports','value':[{'containerPort':1,'hostPort':0}]}",
                "{'op':'add','path':'/spec/containers/0/securityContext','value':{'procMount':'Default'}}",
                "{'op':'add','path':'/spec/securityContext/sysctls','value':[{'name':'net.ipv4.tcp_syncookies'}]}",
                "{'op':'add','path':'/spec/securityContext/seLinuxOptions','value':{'type':'container_t','level':'s0'}}",
                "{'op':'add','path':'/spec/securityContext/appArmorProfile','value':{'type':'Localhost'}}",
                "{'op':'add','path':'/metadata/annotations','value':{'a':'unconfined'}}",
                "{'op':'add','path':'/spec/volumes/-','value':{'name':'n','nfs':{'server':'s','path':'/'}}}"
            })
    void baselineAdmits(String operation) {
        assertThat(BASELINE.violations(pod(operation))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime/default", "localhost/mine", ""})
    void confinedAppArmorAnnotationsAreAdmitted(String profile) {
        String annotation = "{'op':'add','path':'/metadata/annotations','value':"
                + "{'container.apparmor.security.beta.kubernetes.io/project':'" + profile + "'}}";

        assertThat(BASELINE.violations(pod(annotation))).isEmpty();
    }

    @Test
    void theHostOfAProbeMattersSinceItsVersion() {
        Pod pod = pod(
                "{'op':'add','path':'/spec/containers/0/livenessProbe','value':{'httpGet':{'host':'x','port':80}}}");

        assertThat(PodSecurity.of(PodSecurityLevel.BASELINE, PodSecurityVersion.parse("v1.33"))
                        .violations(pod))
                .isEmpty();
        assertThat(PodSecurity.of(PodSecurityLevel.BASELINE, PodSecurityVersion.parse("v1.34"))
                        .violations(pod))
                .extracting(PodSecurityViolation::toString)
                .containsExactly(
                        "hostProbesAndHostLifecycle (spec.containers[0].livenessProbe.httpGet.host must not be set)");
    }

    @Test
    void aPodForWindowsNeedsNeitherSeccompNorDroppedCapabilities() {
        Pod pod = pod(
                "{'op':'add','path':'/spec/os','value':{'name':'windows'}}",
                "{'op':'add','path':'/spec/securityContext','value':{'runAsNonRoot':true}}");

        assertThat(RESTRICTED.violations(pod)).isEmpty();
        assertThat(PodSecurity.of(PodSecurityLevel.RESTRICTED, PodSecurityVersion.parse("v1.24"))
                        .violations(pod))
                .extracting(PodSecurityViolation::check)
                .containsExactly("seccompProfile_restricted", "allowPrivilegeEscalation", "capabilities_restricted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'nfs':{'server':'s','path':'/'}}",
                "{'iscsi':{'targetPortal':'p','iqn':'iqn','lun':0}}",
                "{'hostPath':{'path':'/'}}",
                "{'cephfs':{'monitors':['m']}}"
            })
    void restrictedRefusesVolumesOfTheNode(String source) {
        String volume = "{'op':'add','path':'/spec/volumes/-','value':" + source + "}";

        assertThat(RESTRICTED.violations(pod(HARDEN, volume)))
                .extracting(PodSecurityViolation::check)
                .containsExactly("restrictedVolumes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"emptyDir", "configMap", "secret", "projected", "csi", "image", "ephemeral", "downwardAPI"})
    void restrictedAdmitsVolumesOfThePod(String kind) {
        String volume = "{'op':'add','path':'/spec/volumes/-','value':{'" + kind + "':{}}}";

        assertThat(RESTRICTED.violations(pod(HARDEN, volume))).isEmpty();
    }

    @Test
    void dropAllInLowerCaseAndUnconfinedDoNotCount() {
        String lower = HARDEN.replace("'ALL'", "'all'").replace("RuntimeDefault", "Unconfined");

        assertThat(RESTRICTED.violations(pod(lower)))
                .extracting(PodSecurityViolation::check)
                .containsExactly("seccompProfile_restricted", "capabilities_restricted");
    }

    @Test
    void newSafeSysctlsAndTypesNeedTheirVersion() {
        Pod pod = pod(
                "{'op':'add','path':'/spec/securityContext/sysctls','value':[{'name':'net.ipv4.tcp_rmem','value':'1'}]}",
                "{'op':'add','path':'/spec/securityContext/seLinuxOptions','value':{'type':'container_engine_t'}}");

        assertThat(BASELINE.violations(pod)).isEmpty();
        assertThat(PodSecurity.of(PodSecurityLevel.BASELINE, PodSecurityVersion.parse("v1.30"))
                        .violations(pod))
                .hasSize(2);
    }

    @Test
    void labelsAreReadAsTheServerReadsThem() {
        assertThat(PodSecurityLevel.parse("restricted")).isEqualTo(PodSecurityLevel.RESTRICTED);
        assertThat(PodSecurityVersion.parse("latest"))
                .isEqualTo(PodSecurityVersion.LATEST)
                .hasToString("latest");
        assertThat(PodSecurityVersion.parse("v1.99")).hasToString("v1.99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PodSecurityLevel.parse("Restricted"))
                .withMessage(
                        "Pod Security level must be privileged, baseline or restricted, but was \"Restricted\"; write"
                                + " one of the three in lower case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.34", "v1.34.1", "v2.0", "", "v1.01", "v1.", "v1.-1"})
    void otherVersionsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PodSecurityVersion.parse(text))
                .withMessage("Pod Security version must be latest or v1.N, but was \"" + text
                        + "\"; leave the patch version out");
    }

    private static String init(String context) {
        return "{'op':'add','path':'/spec/initContainers','value':[{'name':'i','image':'x','securityContext':" + context
                + "}]}";
    }

    private static Pod pod(String... operations) {
        try {
            return new ObjectMapper().readValue(Audited.patched("[" + String.join(",", operations) + "]"), Pod.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
