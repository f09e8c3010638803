package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.cocalc.storage.kubernetes.audit.Manifests;
import com.cocalc.storage.kubernetes.audit.Severity;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No licence decides who a pod is: where it runs, under which labels, as whom and with which rights. */
class PatchedIdentityTest {

    private static final UUID PROJECT = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final ProjectVolumes VOLUMES = ProjectVolumes.forProject(PROJECT, ProjectLicenses.none());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op":"add","path":"/metadata/namespace","value":"other"} | patch-namespace | /metadata/namespace | metadata.namespace "projects" becomes "other"
            {"op":"remove","path":"/metadata/namespace"} | patch-namespace | /metadata/namespace | metadata.namespace "projects" becomes absent
            {"op":"replace","path":"/metadata/name","value":"other"} | patch-name | /metadata/name | metadata.name "project-1" becomes "other"
            {"op":"add","path":"/metadata/generateName","value":"other-"} | patch-name | /metadata/generateName | metadata.generateName absent becomes "other-"
            {"op":"replace","path":"/metadata/labels/run","value":"hub-next"} | patch-label | /metadata/labels/run | metadata.labels.run "project" becomes "hub-next"
            {"op":"remove","path":"/metadata/labels/run"} | patch-label | /metadata/labels/run | metadata.labels.run "project" becomes absent
            {"op":"add","path":"/spec/serviceAccountName","value":"hub"} | patch-service-account | /spec/serviceAccountName | spec.serviceAccountName absent becomes "hub"
            {"op":"add","path":"/spec/serviceAccount","value":"hub"} | patch-service-account | /spec/serviceAccountName | spec.serviceAccountName absent becomes "hub"
            {"op":"replace","path":"/spec/automountServiceAccountToken","value":true} | patch-service-account-token | /spec/automountServiceAccountToken | spec.automountServiceAccountToken "false" becomes "true"
            {"op":"remove","path":"/spec/automountServiceAccountToken"} | patch-service-account-token | /spec/automountServiceAccountToken | spec.automountServiceAccountToken "false" becomes absent
            {"op":"add","path":"/spec/volumes/-","value":{"name":"t","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}} | patch-service-account-token | /spec/volumes/2/projected | volume "t" brings a token of the service account
            {"op":"replace","path":"/spec/containers/0/env/0/value","value":"/tmp"} | patch-home-variable | /spec/containers/0/env/0 | HOME of container "project" "/home/user" becomes "/tmp"
            {"op":"remove","path":"/spec/containers/0/env/0"} | patch-home-variable | /spec/containers/0/env | HOME of container "project" "/home/user" becomes absent
            {"op":"add","path":"/spec/containers/0/env/-","value":{"name":"HOME","value":"/tmp"}} | patch-home-variable | /spec/containers/0/env/2 | HOME of container "project" "/home/user" becomes "/tmp"
            {"op":"add","path":"/spec/containers/0/env/-","value":{"name":"HOME","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}} | patch-home-variable | /spec/containers/0/env/2 | HOME of container "project" "/home/user" becomes from elsewhere
            {"op":"add","path":"/spec/securityContext/supplementalGroups","value":[0]} | patch-pod-security | /spec/securityContext | the security context of the pod changes
            {"op":"add","path":"/spec/containers/0/securityContext","value":{"readOnlyRootFilesystem":true}} | patch-container-security | /spec/containers/0/securityContext | the security context of container "project" changes
            {"op":"add","path":"/spec/hostUsers","value":false} | patch-host-users | /spec/hostUsers | spec.hostUsers absent becomes "false"
            {"op":"replace","path":"/spec/runtimeClassName","value":"runc"} | patch-runtime-class | /spec/runtimeClassName | spec.runtimeClassName "sandbox" becomes "runc"
            {"op":"remove","path":"/spec/runtimeClassName"} | patch-runtime-class | /spec/runtimeClassName | spec.runtimeClassName "sandbox" becomes absent
            {"op":"add","path":"/metadata/annotations","value":{"k8s.v1.cni.cncf.io/networks":"storage"}} | patch-annotation | /metadata/annotations/k8s.v1.cni.cncf.io~1networks | metadata.annotations.k8s.v1.cni.cncf.io/networks absent becomes "storage"
            {"op":"add","path":"/metadata/annotations","value":{"v1.multus-cni.io/default-network":"n"}} | patch-annotation | /metadata/annotations/v1.multus-cni.io~1default-network | metadata.annotations.v1.multus-cni.io/default-network absent becomes "n"
            {"op":"add","path":"/metadata/annotations","value":{"io.kubernetes.cri-o.Devices":"/dev/sda"}} | patch-annotation | /metadata/annotations/io.kubernetes.cri-o.Devices | metadata.annotations.io.kubernetes.cri-o.Devices absent becomes "/dev/sda"
            {"op":"add","path":"/metadata/annotations","value":{"sidecar.istio.io/userVolumeMount":"[]"}} | patch-annotation | /metadata/annotations/sidecar.istio.io~1userVolumeMount | metadata.annotations.sidecar.istio.io/userVolumeMount absent becomes "[]"
            {"op":"add","path":"/metadata/annotations","value":{"container.apparmor.security.beta.kubernetes.io/project":"localhost/mine"}} | patch-annotation | /metadata/annotations/container.apparmor.security.beta.kubernetes.io~1project | metadata.annotations.container.apparmor.security.beta.kubernetes.io/project absent becomes "localhost/mine"
            {"op":"add","path":"/metadata/annotations","value":{"networking.gke.io/interfaces":"[]"}} | patch-annotation | /metadata/annotations/networking.gke.io~1interfaces | metadata.annotations.networking.gke.io/interfaces absent becomes "[]"
            {"op":"add","path":"/metadata/annotations","value":{"devices.nri.io/container.project":"a"}} | patch-annotation | /metadata/annotations/devices.nri.io~1container.project | metadata.annotations.devices.nri.io/container.project absent becomes "a"
            {"op":"add","path":"/metadata/annotations","value":{"dev.gvisor.spec.mount.home.share":"shared"}} | patch-annotation | /metadata/annotations/dev.gvisor.spec.mount.home.share | metadata.annotations.dev.gvisor.spec.mount.home.share absent becomes "shared"
            {"op":"add","path":"/spec/volumes/-","value":{"name":"t","projected":{"sources":[{"podCertificate":{"signerName":"kubernetes.io/kube-apiserver-client-pod","keyType":"ED25519","credentialBundlePath":"c"}}]}}} | patch-service-account-token | /spec/volumes/2/projected | volume "t" brings a certificate of the service account
            {"op":"replace","path":"/spec/containers/0/name","value":"other"} | patch-container-name | /spec/containers | there is no container "project" any more, in which the project runs
            {"op":"add","path":"/spec/os","value":{"name":"windows"}} | windows | /spec/os/name | the operating system of the pod is windows
            {"op":"add","path":"/spec/volumes/-","value":{"name":"g","gitRepo":{"repository":"https://x/y"}}} | git-repo | /spec/volumes/2/gitRepo | volume "g" is a clone of the repository "https://x/y"
            {"op":"add","path":"/spec/hostPID","value":true} | host-pid | /spec/hostPID | hostPID is true, in a pod of project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11
            {"op":"add","path":"/spec/hostIPC","value":true} | host-ipc | /spec/hostIPC | hostIPC is true, in a pod of project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11
            {"op":"add","path":"/spec/hostNetwork","value":true} | host-network | /spec/hostNetwork | hostNetwork is true, in a pod of project 6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11
            """)
    void theStrictGuardRefuses(String operation, String code, String pointer, String what) {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, "[" + operation + "]")));

        List<PatchFinding> findings = PatchGuard.reporting(VOLUMES).apply(patches, pod()).findings().stream()
                .filter(PatchGuard::isError)
                .toList();

        assertThat(findings)
                .extracting(finding -> finding.finding().rule().code()
                        + " " + finding.finding().pointer()
                        + " " + finding.finding().what()
                        + " " + finding.finding().severity())
                .containsExactly(code + " " + pointer + " " + what + " ERROR");
        assertThatThrownBy(() -> PatchGuard.strict(VOLUMES).apply(patches, pod()))
                .isInstanceOf(PatchRefusedException.class)
                .hasMessageContaining(
                        " of the patch of licence " + Licenses.A + " causes ERROR " + code + " at " + pointer + ": "
                                + what + "; " + findings.get(0).finding().rule().atRunTime());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op":"remove","path":"/spec/containers/0/env/0"},{"op":"add","path":"/spec/containers/0/envFrom","value":[{"secretRef":{"name":"s"}}]} | patch-home-variable /spec/containers/0/env, patch-home-variable-from-elsewhere /spec/containers/0/envFrom/0
            {"op":"add","path":"/spec/containers/0/envFrom","value":[{"secretRef":{"name":"s"}}]} |
            """)
    void variablesFromElsewhereAreToldWhereHomeMayBeAmongThem(String operations, String expected) {
        assertThat(told(operations, pod())).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"secretRef":{"name":"s"}}                  | patch-home-variable-from-elsewhere /spec/containers/0/envFrom/0
            {"configMapRef":{"name":"c"},"prefix":""}   | patch-home-variable-from-elsewhere /spec/containers/0/envFrom/0
            {"configMapRef":{"name":"c"},"prefix":"HO"} | patch-home-variable-from-elsewhere /spec/containers/0/envFrom/0
            {"configMapRef":{"name":"c"},"prefix":"GPU_"} |
            """)
    void aPodWithoutAHomeVariableMayGetOneFromElsewhere(String source, String expected) {
        Pod pod = pod();
        pod.getSpec()
                .getContainers()
                .get(0)
                .getEnv()
                .removeIf(variable -> variable.getName().equals("HOME"));

        assertThat(told("{\"op\":\"add\",\"path\":\"/spec/containers/0/envFrom\",\"value\":[" + source + "]}", pod))
                .isEqualTo(expected == null ? "" : expected);
    }

    private static String told(String operations, Pod pod) {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, "[" + operations + "]")));
        return PatchGuard.reporting(VOLUMES).apply(patches, pod).findings().stream()
                .map(finding -> finding.finding().rule().code() + " "
                        + finding.finding().pointer())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "appmesh.k8s.aws~1volumeMounts",
                "cdi-devices.noderesource.dev~1container.project",
                "cdi.k8s.io~1gpu",
                "consul.hashicorp.com~1consul-sidecar-user-volume",
                "consul.hashicorp.com~1consul-sidecar-user-volume-mount",
                "devices.noderesource.dev~1pod",
                "devices.nri.io",
                "ipam.antrea.io~1ippools",
                "ipam.cilium.io~1ip-pool",
                "ipam.spidernet.io~1ippool",
                "mounts.noderesource.dev",
                "seccomp-profile.kubernetes.cri-o.io",
                "seccomp-profile.kubernetes.cri-o.io~1project"
            })
    void anAnnotationForNetworksDevicesRightsOrVolumesIsRefused(String key) {
        assertThat(told(
                        "{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{}},"
                                + "{\"op\":\"add\",\"path\":\"/metadata/annotations/" + key + "\",\"value\":\"x\"}",
                        pod()))
                .isEqualTo("patch-annotation /metadata/annotations/" + key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            initContainers | {"name":"n","image":"x","securityContext":{"runAsUser":0}}                          | patch-container-security /spec/initContainers/0/securityContext/runAsUser
            initContainers | {"name":"n","image":"x","restartPolicy":"Always","securityContext":{"runAsUser":0}} | patch-container-security /spec/initContainers/0/securityContext/runAsUser
            initContainers | {"name":"n","image":"x","securityContext":{"runAsUser":999,"runAsGroup":999}}       |
            initContainers | {"name":"n","image":"x"}                                                            |
            """)
    void aNewContainerOfRootIsRefusedAsTheOthersRunAsTheProjectsUser(String list, String container, String expected) {
        String operation = "{\"op\":\"add\",\"path\":\"/spec/" + list + "\",\"value\":[" + container + "]}";

        assertThat(told(operation, pod())).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aNewContainerWithACapabilityIsRefusedAlsoWhereItEndsBeforeTheProject() {
        String init =
                "{\"name\":\"net\",\"image\":\"x\",\"securityContext\":{\"capabilities\":{\"add\":[\"NET_ADMIN\"]}}}";
        String operation = "{\"op\":\"add\",\"path\":\"/spec/initContainers\",\"value\":[" + init + "]}";

        assertThat(told(operation, pod()))
                .isEqualTo("added-capability /spec/initContainers/0/securityContext/capabilities/add/0,"
                        + " patch-container-security /spec/initContainers/0/securityContext/capabilities/add/0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"seccompProfile":{"type":"Unconfined"}}  | seccomp-unconfined     | /seccompProfile/type
            {"appArmorProfile":{"type":"Unconfined"}} | app-armor-unconfined   | /appArmorProfile/type
            {"seLinuxOptions":{"type":"spc_t"}}       | se-linux-unconfined    | /seLinuxOptions
            {"capabilities":{"add":["NET_RAW"]}}      | added-capability       | /capabilities/add/0
            """)
    void aNewContainerHasNoMoreRightsThanTheOthers(String context, String code, String at) {
        for (String list : List.of("containers/-", "initContainers")) {
            String container = "{\"name\":\"new\",\"image\":\"x\",\"securityContext\":" + context + "}";
            String value = list.equals("initContainers") ? "[" + container + "]" : container;
            String place = "/spec/" + (list.equals("initContainers") ? "initContainers/0" : "containers/1")
                    + "/securityContext" + at;

            assertThat(told("{\"op\":\"add\",\"path\":\"/spec/" + list + "\",\"value\":" + value + "}", pod()))
                    .isEqualTo(code + " " + place + ", patch-container-security " + place);
        }
    }

    @Test
    void aNewContainerOfRootIsReportedOnce() {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(
                Licenses.A,
                "[{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":{\"name\":\"new\",\"image\":\"x\","
                        + "\"securityContext\":{\"runAsUser\":0}}}]")));

        assertThat(PatchGuard.reporting(VOLUMES).apply(patches, pod()).findings())
                .extracting(finding -> finding.finding().what())
                .containsExactly("the new container \"new\" runs as root");
    }

    @Test
    void theContainerOfTheProjectKeepsItsNameAlsoWhereAnotherOneTakesItsPlace() {
        String sidecar =
                "{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":{\"name\":\"log\",\"image\":\"x\"}}";

        assertThat(told(
                        sidecar
                                + ",{\"op\":\"replace\",\"path\":\"/spec/containers/0/name\",\"value\":\"other\"}"
                                + ",{\"op\":\"replace\",\"path\":\"/spec/containers/1/name\",\"value\":\"project\"}",
                        pod()))
                .contains("not-mounted /spec/containers/1");
        assertThat(told(
                        "{\"op\":\"add\",\"path\":\"/spec/initContainers\",\"value\":[]},"
                                + "{\"op\":\"move\",\"from\":\"/spec/containers/0\",\"path\":\"/spec/initContainers/0\"}",
                        pod()))
                .contains("patch-container-name /spec/containers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op":"replace","path":"/spec/initContainers/0/image","value":"other"} | patch-home-repair /spec/initContainers/0/image
            {"op":"replace","path":"/spec/initContainers/0/command","value":["sh"]} | dangerous-capability /spec/initContainers/0/securityContext/capabilities/add/1, root-beside-home /spec/initContainers/0/securityContext/runAsUser, home-repair-changed /spec/initContainers/0/command, patch-home-repair /spec/initContainers/0/command
            {"op":"add","path":"/spec/initContainers/0/env","value":[{"name":"BASH_ENV","value":"/home/user/x"}]} | patch-home-repair /spec/initContainers/0/env
            {"op":"add","path":"/spec/initContainers/0/workingDir","value":"/home/user"} | patch-home-repair /spec/initContainers/0/workingDir
            {"op":"replace","path":"/spec/initContainers/0/image","value":"gpu"},{"op":"replace","path":"/spec/containers/0/image","value":"gpu"} |
            {"op":"replace","path":"/spec/initContainers/0/resources","value":{}} |
            """)
    void whatRepairsTheHomeStaysAsItIs(String operations, String expected) {
        StorageConfig repairing = StorageConfig.builder()
                .homeOwnership(HomeOwnership.fixPermissionsInit())
                .build();
        ProjectVolumes volumes = ProjectVolumes.forProject(PROJECT, ProjectLicenses.none(), repairing);
        Pod pod = PodStorage.of(volumes)
                .applyTo(
                        Manifests.pod("metadata: { name: p }\nspec: { containers: [{ name: project, image: x }] }"),
                        "project");
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, "[" + operations + "]")));

        assertThat(PatchGuard.reporting(volumes).apply(patches, pod).findings())
                .extracting(finding -> finding.finding().rule().code() + " "
                        + finding.finding().pointer())
                .containsExactly(expected == null ? new String[0] : expected.split(", "));
    }

    @Test
    void theMessageSaysWhatHappensAndWhatToDo() {
        PodPatches patches = PodPatches.of(Licenses.of(
                Licenses.patch(Licenses.A, "[{\"op\":\"add\",\"path\":\"/metadata/namespace\",\"value\":\"other\"}]")));

        assertThatThrownBy(() -> PatchGuard.strict(VOLUMES).apply(patches, pod()))
                .hasMessage("patches of licences must leave the project's storage as it is, but operation 0 (add"
                        + " \"/metadata/namespace\") of the patch of licence " + Licenses.A
                        + " causes ERROR patch-namespace at /metadata/namespace: metadata.namespace \"projects\" becomes"
                        + " \"other\"; the pod runs where other claims have these names and other policies hold, or is"
                        + " refused; remove the operation: no licence decides about namespaces; remove the operation from"
                        + " the licence, and grant writing with ext_rw where that is meant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"add\",\"path\":\"/metadata/labels/gpu\",\"value\":\"1\"}",
                "{\"op\":\"replace\",\"path\":\"/metadata/labels/run\",\"value\":\"project\"}",
                "{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"a\":\"b\"}}",
                "{\"op\":\"add\",\"path\":\"/spec/serviceAccountName\",\"value\":\"default\"}",
                "{\"op\":\"add\",\"path\":\"/spec/automountServiceAccountToken\",\"value\":false}",
                "{\"op\":\"add\",\"path\":\"/spec/containers/0/env/-\",\"value\":{\"name\":\"HOME\",\"value\":\"/home/user\"}}",
                "{\"op\":\"add\",\"path\":\"/spec/containers/0/env/-\",\"value\":{\"name\":\"GPU\",\"value\":\"1\"}}",
                "{\"op\":\"add\",\"path\":\"/spec/containers/0/resources\",\"value\":{\"limits\":{\"nvidia.com/gpu\":1}}}",
                "{\"op\":\"add\",\"path\":\"/spec/nodeSelector\",\"value\":{\"gpu\":\"a100\"}}",
                "{\"op\":\"add\",\"path\":\"/spec/containers/0\",\"value\":{\"name\":\"first\",\"image\":\"x\",\"securityContext\":{}}}",
                "{\"op\":\"add\",\"path\":\"/spec/hostPID\",\"value\":false}"
            })
    void whatChangesNothingOfThatPasses(String operation) {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, "[" + operation + "]")));

        assertThatCode(() -> PatchGuard.strict(VOLUMES).apply(patches, pod())).doesNotThrowAnyException();
        assertThat(PatchGuard.reporting(VOLUMES).apply(patches, pod()).findings())
                .noneMatch(finding -> finding.finding().rule() instanceof PatchRule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op":"add","path":"/metadata/labels/app.kubernetes.io~1name","value":"hub"} | patch-label-added | /metadata/labels/app.kubernetes.io~1name
            {"op":"add","path":"/metadata/labels/role","value":"hub"} | patch-label-added | /metadata/labels/role
            """)
    void aLabelOnWhichPoliciesUsuallySelectIsAWarning(String operation, String code, String pointer) {
        assertThat(warnings(operation, pod())).containsExactly(code + " " + pointer);
    }

    @Test
    void aRuntimeClassWhereNoneWasIsAWarningAsAGpuMayNeedIt() {
        Pod pod = pod();
        pod.getSpec().setRuntimeClassName(null);

        assertThat(warnings("{\"op\":\"add\",\"path\":\"/spec/runtimeClassName\",\"value\":\"nvidia\"}", pod))
                .containsExactly("patch-runtime-class-added /spec/runtimeClassName");
    }

    @Test
    void aRenamedContainerIsStillTheOneAtItsPlace() {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, """
                [{"op":"replace","path":"/spec/containers/0/name","value":"x"},
                 {"op":"replace","path":"/spec/containers/0/env/0/value","value":"/tmp"}]""")));

        assertThat(PatchGuard.reporting(VOLUMES).apply(patches, pod()).findings())
                .extracting(finding -> finding.finding().rule().code() + " "
                        + finding.operation().index())
                .containsExactly("patch-home-variable 1", "patch-container-name 0");
    }

    private static List<String> warnings(String operation, Pod pod) {
        PodPatches patches = PodPatches.of(Licenses.of(Licenses.patch(Licenses.A, "[" + operation + "]")));
        List<PatchFinding> findings =
                PatchGuard.strict(VOLUMES).apply(patches, pod).findings();
        assertThat(findings).allMatch(finding -> finding.finding().severity() == Severity.WARNING);
        return findings.stream()
                .map(finding -> finding.finding().rule().code() + " "
                        + finding.finding().pointer())
                .toList();
    }

    private static Pod pod() {
        return PodStorage.of(VOLUMES).applyTo(Manifests.pod("""
                apiVersion: v1
                kind: Pod
                metadata: { name: project-1, namespace: projects, labels: { run: project } }
                spec:
                  automountServiceAccountToken: false
                  runtimeClassName: sandbox
                  containers:
                    - name: project
                      image: "registry.example/project:1"
                      env: [{ name: HOME, value: /home/user }]
                """), "project");
    }
}
