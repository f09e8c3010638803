package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways into another project's home that do not lead through a mount of the claims. */
class IsolationAuditTest {

    private static final StorageConfig REPAIRING = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();

    private static List<String> places(String operation) {
        return Audited.places(PodAudit.auditJson(Audited.patched("[" + operation + "]"), Audited.project()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hostPID     | host-pid
            hostIPC     | host-ipc
            hostNetwork | host-network
            """)
    void aNamespaceOfTheNodeIsAnError(String field, String code) {
        String operation = "{'op':'add','path':'/spec/" + field + "','value':true}";

        List<Finding> findings = PodAudit.auditJson(Audited.patched("[" + operation + "]"), Audited.project());

        assertThat(Audited.places(findings)).containsExactly(code + "@/spec/" + field);
        assertThat(findings.get(0).severity()).isEqualTo(Severity.ERROR);
        assertThat(findings.get(0).what()).isEqualTo(field + " is true, in a pod of project " + Audited.ID);
    }

    @Test
    void aNamespaceOfThePodAloneIsNoFinding() {
        assertThat(places("{'op':'add','path':'/spec/hostPID','value':false}")).isEmpty();
        assertThat(places("{'op':'add','path':'/spec/shareProcessNamespace','value':true}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALL",
                "all",
                "SYS_ADMIN",
                "CAP_SYS_ADMIN",
                "cap_sys_ptrace",
                "SYS_PTRACE",
                "SYS_MODULE",
                "SYS_RAWIO",
                "SYS_BOOT",
                "SYS_CHROOT",
                "DAC_READ_SEARCH",
                "DAC_OVERRIDE",
                "MKNOD",
                "BPF",
                "PERFMON",
                "CHECKPOINT_RESTORE"
            })
    void aCapabilityThatLeadsOutOfTheContainerIsAnError(String capability) {
        for (String kind : List.of("containers", "initContainers")) {
            String container =
                    "{'name':'x','image':'x','securityContext':{'capabilities':{'add':['" + capability + "']}}}";
            String path = kind.equals("containers") ? "/spec/containers/-" : "/spec/initContainers";
            String value = kind.equals("containers") ? container : "[" + container + "]";
            int index = kind.equals("containers") ? 1 : 0;

            List<String> places = places("{'op':'add','path':'" + path + "','value':" + value + "}");

            assertThat(places)
                    .containsExactly(
                            "dangerous-capability@/spec/" + kind + "/" + index + "/securityContext/capabilities/add/0");
        }
    }

    /** As istio-init and linkerd-init are. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            initContainers | 'image':'x'                          | added-capability
            initContainers | 'image':'x','restartPolicy':'Always' | dangerous-capability
            containers     | 'image':'x'                          | dangerous-capability
            """, quoteCharacter = '"')
    void theNetworkOfThePodIsSetUpByAnInitContainerAlone(String list, String more, String code) {
        String container =
                "{'name':'net'," + more + ",'securityContext':{'capabilities':{'add':['NET_ADMIN'],'drop':['ALL']}}}";
        boolean isInit = list.equals("initContainers");

        List<String> places = places("{'op':'add','path':'/spec/" + (isInit ? list : "containers/-") + "','value':"
                + (isInit ? "[" + container + "]" : container) + "}");

        assertThat(places)
                .containsExactly(
                        code + "@/spec/" + list + (isInit ? "/0" : "/1") + "/securityContext/capabilities/add/0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'capabilities':{'add':['CHOWN','NET_BIND_SERVICE','SETUID']}} |
            {'capabilities':{'drop':['ALL']}}                 |
            {'capabilities':{'add':['SYS_TIME']}}             | added-capability@/spec/containers/0/securityContext/capabilities/add/0
            {'seccompProfile':{'type':'Unconfined'}}          | seccomp-unconfined@/spec/containers/0/securityContext/seccompProfile/type
            {'seccompProfile':{'type':'RuntimeDefault'}}      |
            {'appArmorProfile':{'type':'Unconfined'}}         | app-armor-unconfined@/spec/containers/0/securityContext/appArmorProfile/type
            {'appArmorProfile':{'type':'RuntimeDefault'}}     |
            {'seLinuxOptions':{'type':'spc_t'}}               | se-linux-unconfined@/spec/containers/0/securityContext/seLinuxOptions
            {'seLinuxOptions':{'type':'container_runtime_t'}} | se-linux-unconfined@/spec/containers/0/securityContext/seLinuxOptions
            {'seLinuxOptions':{'type':'container_kvm_t'}}     |
            {'seLinuxOptions':{'user':'system_u'}}            | se-linux-unconfined@/spec/containers/0/securityContext/seLinuxOptions
            {'seLinuxOptions':{'type':'container_t','level':'s0:c26,c15'}} |
            {'privileged':true}                               | privileged@/spec/containers/0/securityContext/privileged
            {'privileged':false}                              |
            """)
    void aContainersContextIsJudgedFieldByField(String context, String place) {
        List<String> places =
                places("{'op':'add','path':'/spec/containers/0/securityContext','value':" + context + "}");

        assertThat(places).isEqualTo(place == null ? List.of() : List.of(place));
    }

    @Test
    void anUnmaskedProcIsFound() {
        List<String> places = places("{'op':'add','path':'/spec/hostUsers','value':false},"
                + "{'op':'add','path':'/spec/containers/0/securityContext','value':{'procMount':'Unmasked'}}");

        assertThat(places)
                .containsExactly(
                        "own-users@/spec/hostUsers", "proc-unmasked@/spec/containers/0/securityContext/procMount");
    }

    @Test
    void theWholePodsProfilesAreJudgedToo() {
        assertThat(places("{'op':'add','path':'/spec/securityContext/seccompProfile','value':{'type':'Unconfined'}}"))
                .containsExactly("seccomp-unconfined@/spec/securityContext/seccompProfile/type");
        assertThat(places("{'op':'add','path':'/spec/securityContext/appArmorProfile','value':{'type':'Unconfined'}}"))
                .containsExactly("app-armor-unconfined@/spec/securityContext/appArmorProfile/type");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /                                        | host-path-to-volumes
            /var                                     | host-path-to-volumes
            /var/lib/kubelet/pods                    | host-path-to-volumes
            /var/lib/rancher/k3s/agent               | host-path-to-volumes
            /var/lib/k0s/kubelet                     | host-path-to-volumes
            /var/snap/microk8s/common/var/lib/kubelet | host-path-to-volumes
            /opt/rke/var/lib/kubelet/pods            | host-path-to-volumes
            /var/data/kubelet                        | host-path-to-volumes
            /var/vcap/data/kubelet                   | host-path-to-volumes
            /var/lib/docker                          | host-path-to-volumes
            /data/kubelet/pods                       | host-path-to-volumes
            /mnt/stateful_partition/var/lib/kubelet  | host-path-to-volumes
            /local/var/lib/containerd                | host-path-to-volumes
            /sysroot/ostree/deploy/rhcos/var         | host-path-to-volumes
            /usr/libexec/kubernetes/kubelet-plugins  | host-path
            /mnt                                     | host-path-to-volumes
            /mnt/data                                | host-path
            /mnt/stateful_partition/kube-ephemeral-ssd | host-path-to-volumes
            /mnt/k8s-disks/0                         | host-path-to-volumes
            /ostree/deploy                           | host-path-to-volumes
            /home/kubernetes/containerized_mounter/rootfs | host-path-to-volumes
            /var/snap/docker/common/var-lib-docker   | host-path-to-volumes
            /var/snap/k8s/common/run                 | host-path-to-volumes
            /home                                    | host-path
            /var/run/isulad.sock                     | host-path-to-node
            /run/snap.docker/docker.sock             | host-path-to-node
            /var/vcap/sys/run/containerd             | host-path-to-node
            /var/lib/minikube/certs                  | host-path-to-node
            /etc/srv/kubernetes/pki                  | host-path-to-node
            /local/scratch                           | host-path
            /run/kata-containers/shared              | host-path-to-node
            /etc                                     | host-path-to-node
            /etc/kubernetes/manifests                | host-path-to-node
            /var/lib/etcd                            | host-path-to-node
            /var/run/dbus/system_bus_socket          | host-path-to-node
            /run/systemd/private                     | host-path-to-node
            /etc/localtime                           | host-path
            /proc                                    | host-path-to-node
            /proc/1/root                             | host-path-to-node
            /dev                                     | host-path-to-node
            /dev/sda                                 | host-path-to-node
            /run                                     | host-path-to-node
            /var/run/docker.sock                     | host-path-to-node
            /run/containerd/containerd.sock          | host-path-to-node
            /var/run//crio/crio.sock                 | host-path-to-node
            /run/k3s/containerd/containerd.sock      | host-path-to-node
            /data                                    | host-path
            /var/lib/kubelet2                        | host-path
            /devices                                 | host-path
            /var/lib/container/kubelet/pods          | host-path-to-volumes
            /sys                                     | host-path-to-node
            /sys/fs/cgroup                           | host-path-to-node
            /run/nri/nri.sock                        | host-path-to-node
            /system                                  | host-path-to-node
            /sysctl                                  | host-path
            /system/secrets/kubernetes               | host-path-to-node
            /mnt/aks                                 | host-path-to-volumes
            /var/data/criorootstorage                | host-path-to-volumes
            /var/lib/origin/openshift.local.volumes  | host-path-to-volumes
            /var/lib/edged/pods                      | host-path-to-volumes
            /var/lib/microshift/resources            | host-path-to-node
            /srv/nfs                                 | host-path
            /etc/k0s/k0stoken                        | host-path-to-node
            /run/vc/vm                               | host-path-to-node
            /run/api.sock                            | host-path-to-node
            /run/host-containerd/host-containerd.sock | host-path-to-node
            /run/cri-dockerd-mke.sock                | host-path-to-node
            /data/docker/docker.sock                 | host-path-to-node
            /home/me/.docker/run/docker.sock         | host-path-to-node
            /run/buildkit/buildkitd.sock             | host-path-to-node
            /run/firecracker-containerd/containerd.sock | host-path-to-node
            /run/spire/sockets/agent.sock            | host-path
            /var/run/datadog/apm.socket              | host-path
            /opt/local-path-provisioner/pvc-1_cocalc_data | host-path-to-volumes
            /opt                                     | host-path-to-volumes
            /opt/nvidia                              | host-path
            /var/local-path-provisioner              | host-path-to-volumes
            /var/openebs/local                       | host-path-to-volumes
            /var/lib/longhorn/replicas               | host-path-to-volumes
            /var/lib/k8s-pvs                         | host-path-to-volumes
            /tmp/hostpath-provisioner/cocalc         | host-path-to-volumes
            /tmp                                     | host-path
            /home/kubernetes                         | host-path-to-volumes
            /home/kubernetes/bin                     | host-path
            /etc/default/kubelet                     | host-path
            /usr/bin/kubelet                         | host-path
            /var/log/kubelet                         | host-path
            /var/log/pods                            | host-path
            /root/.kube                              | host-path-to-node
            """)
    void aPathOfTheNodeIsJudgedByWhatItLeadsTo(String path, String code) {
        List<String> places =
                places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n','hostPath':{'path':'" + path + "'}}}");

        assertThat(places).containsExactly(code + "@/spec/volumes/2/hostPath");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            /etc/cron.d           | 0    | false | host-path-to-node
            /etc/systemd/system   | 0    | false | host-path-to-node
            /usr/local/bin        | 0    | false | host-path-to-node
            /usr                  | 0    | false | host-path-to-node
            /opt/cni/bin          | 0    | false | host-path-to-node
            /lib/modules          | 0    | false | host-path-to-node
            /var/spool/cron       | 0    | false | host-path-to-node
            /home/shared          | 0    | false | host-path
            /opt/models           | 0    | false | host-path
            /etc/cron.d           | 0    | true  | host-path
            /etc/cron.d           | 1000 | false | host-path
            /etc/localtime        | 0    | false | host-path
            /etc/ssl/certs        | 0    | false | host-path
            /usr/share/zoneinfo   | 0    | false | host-path
            /data                 | 0    | false | host-path
            /srv/scratch          | 0    | false | host-path
            """)
    void whatTheNodesRootRunsOrReadsIsNotWrittenByRootOfAContainer(
            String path, int user, boolean readOnly, String code) {
        List<String> places = places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n','hostPath':{'path':'"
                + path
                + "'}}},{'op':'add','path':'/spec/initContainers','value':[{'name':'i','image':'x','securityContext':"
                + "{'runAsUser':" + user + "},'volumeMounts':[{'name':'n','mountPath':'/n','readOnly':" + readOnly
                + "}]}]}");

        assertThat(places).containsExactly(code + "@/spec/volumes/2/hostPath");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'nfs':{'server':'s','path':'/'}                                        | inline-storage-writable | nfs
            'nfs':{'server':'s','path':'/','readOnly':true}                        | inline-storage          | nfs
            'cephfs':{'monitors':['m']}                                            | inline-storage-writable | cephfs
            'azureFile':{'secretName':'s','shareName':'f'}                         | inline-storage-writable | azureFile
            'iscsi':{'targetPortal':'1.2.3.4','iqn':'iqn.2001-04.com.example:x','lun':0} | inline-storage-writable | iscsi
            'flexVolume':{'driver':'example.com/nfs'}                              | inline-storage-writable | flexVolume
            'storageos':{'volumeName':'v'}                                         | inline-storage-writable | storageos
            'scaleIO':{'gateway':'g','system':'s','secretRef':{'name':'n'}}        | inline-storage-writable | scaleIO
            'flexVolume':{'driver':'example.com/nfs','readOnly':true,'options':{'share':'s:/e'}} | inline-storage | flexVolume
            'azureDisk':{'diskName':'d','diskURI':'/subscriptions/s/d','kind':'Managed','readOnly':true} | inline-storage     | azureDisk
            'azureDisk':{'diskName':'d','diskURI':'/subscriptions/s/d','kind':'Managed'} | inline-storage-writable | azureDisk
            'rbd':{'monitors':['m'],'image':'i','readOnly':true}                   | inline-storage          | rbd
            'csi':{'driver':'nfs.csi.k8s.io','volumeAttributes':{'server':'s','share':'/'}} | inline-storage-writable | csi
            'csi':{'driver':'smb.csi.k8s.io'}                                      | inline-storage-writable | csi
            'csi':{'driver':'smb.csi.k8s.io','readOnly':true}                      | inline-storage          | csi
            'csi':{'driver':'other.example.com'}                                   | inline-storage          | csi
            'csi':{'driver':'openshift-storage.cephfs.csi.ceph.com'}               | inline-storage-writable | csi
            'csi':{'driver':'other.example.com','volumeAttributes':{'Server':'s'}} | inline-storage-writable | csi
            'csi':{'driver':'other.example.com','volumeAttributes':{'source':'//s/e'}} | inline-storage-writable | csi
            'csi':{'driver':'other.example.com','volumeAttributes':{'source':'a'}} | inline-storage          | csi
            'csi':{'driver':'gcsfuse.csi.storage.gke.io','volumeAttributes':{'bucketName':'b'}} | inline-storage    | csi
            'csi':{'driver':'csi.tigera.io'}                                       |                         |
            'csi':{'driver':'secrets-store.csi.k8s.io'}                            |                         |
            'emptyDir':{}                                                          |                         |
            """)
    void storageWithoutAClaimIsJudgedByWhatItMayChange(String source, String code, String field) {
        List<String> places = places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n'," + source + "}},"
                + "{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':{'name':'n','mountPath':'/n'}}");

        assertThat(places).isEqualTo(code == null ? List.of() : List.of(code + "@/spec/volumes/2/" + field));
    }

    @Test
    void aVolumeThatIsACopyOfOurClaimIsAnError() {
        String template =
                "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}},'dataSource':"
                        + "{'kind':'PersistentVolumeClaim','name':'projects-data'}}";

        List<String> places =
                places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n','ephemeral':{'volumeClaimTemplate':{"
                        + template + "}}}}");

        assertThat(places)
                .containsExactly("clone-of-claim@/spec/volumes/2/ephemeral/volumeClaimTemplate/spec/dataSource");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'projects-software'} | clone-of-claim | dataSourceRef
            'dataSource':{'kind':'PersistentVolumeClaim','name':'other'}                |                |
            'dataSourceRef':{'apiGroup':'x.io','kind':'PersistentVolumeClaim','name':'projects-data'} | inline-storage | dataSourceRef
            'dataSource':{'apiGroup':'snapshot.storage.k8s.io','kind':'VolumeSnapshot','name':'s'} | inline-storage | dataSource
            'selector':{'matchLabels':{'a':'b'}}                                        | inline-storage | selector
            'volumeName':'pv-1'                                                         | inline-storage-writable | volumeName
            """)
    void anEphemeralVolumeIsJudgedByWhatItsClaimIsFilledWith(String source, String code, String field) {
        String template =
                "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}," + source + "}";

        List<String> places =
                places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n','ephemeral':{'volumeClaimTemplate':{"
                        + template + "}}}}");

        assertThat(places)
                .isEqualTo(
                        code == null
                                ? List.of()
                                : List.of(code + "@/spec/volumes/2/ephemeral/volumeClaimTemplate/spec/" + field));
    }

    @Test
    void aClaimThatIsMadeUnderOurNameIsAnError() {
        String template = "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}";

        List<String> places = places("{'op':'replace','path':'/metadata/name','value':'projects'},"
                + "{'op':'add','path':'/spec/volumes/-','value':{'name':'data','ephemeral':{'volumeClaimTemplate':{"
                + template + "}}}}");

        assertThat(places)
                .containsExactly(
                        "refused-by-server@/spec/volumes/0/persistentVolumeClaim/claimName",
                        "ephemeral-claim-name@/spec/volumes/2/name");
    }

    @Test
    void aHomeInAnotherContainerThanTheFirstIsAWarning() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("proxy")
                .withImage("x")
                .endContainer()
                .addNewContainer()
                .withName("project")
                .withImage("x")
                .endContainer()
                .endSpec()
                .build();
        ProjectVolumes volumes = ProjectVolumes.forProject(UUID.fromString(Audited.ID), List.of());
        Pod merged = PodStorage.of(volumes).applyTo(pod, "project");

        assertThat(Audited.places(PodAudit.audit(merged, Expected.forProject(volumes))))
                .containsExactly("mounted-in-sidecar@/spec/containers/0");
        assertThat(PodAudit.audit(merged, Expected.forProject(volumes).inContainer("project")))
                .isEmpty();
        assertThat(Audited.places(
                        PodAudit.audit(merged, Expected.forProject(volumes).inContainer("proxy"))))
                .containsExactly("not-mounted@/spec/containers/0");
        assertThat(Audited.places(
                        PodAudit.audit(merged, Expected.forProject(volumes).inContainer("gone"))))
                .containsExactly("not-mounted@/spec/containers");
    }

    @Test
    void aDirectoryInsideAShareIsAnErrorForAServiceToo() {
        ServiceVolumes service = ServiceVolumes.forService(StorageService.HUB_NEXT, StorageConfig.defaults());
        Pod pod = PodStorage.of(service)
                .applyTo(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("hub")
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("hub")
                                .withImage("x")
                                .endContainer()
                                .endSpec()
                                .build(),
                        "hub");
        Container container = pod.getSpec().getContainers().get(0);
        container
                .getVolumeMounts()
                .add(new VolumeMountBuilder()
                        .withName("data")
                        .withMountPath("/one")
                        .withSubPath("shares/" + Audited.ID + "/talks")
                        .withReadOnly(true)
                        .build());

        assertThat(Audited.places(PodAudit.audit(pod, Expected.forService(service))))
                .containsExactly("sub-path-in-home@/spec/containers/0/volumeMounts/1/subPath");
    }

    private static Pod repaired() {
        return PodStorage.of(ProjectVolumes.forProject(UUID.fromString(Audited.ID), List.of(), REPAIRING))
                .applyTo(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName("p")
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("project")
                                .withImage("x")
                                .endContainer()
                                .endSpec()
                                .build(),
                        "project");
    }

    @Test
    void theRepairOfHomesIsNoFindingWhereItIsAskedFor() {
        assertThat(PodAudit.audit(repaired(), Audited.project(REPAIRING))).isEmpty();
    }

    @Test
    void aRepairThatIsMissingIsAnError() {
        Pod pod = repaired();
        pod.getSpec().setInitContainers(List.of());

        assertThat(Audited.places(PodAudit.audit(pod, Audited.project(REPAIRING))))
                .containsExactly("home-repair-missing@/spec/initContainers");
    }

    @Test
    void aRepairWithAnotherCommandIsAnError() {
        Pod pod = repaired();
        pod.getSpec().getInitContainers().get(0).setCommand(List.of("sh", "-c", "true"));

        assertThat(Audited.places(PodAudit.audit(pod, Audited.project(REPAIRING))))
                .contains("home-repair-changed@/spec/initContainers/0/command");
    }

    @Test
    void aRepairThatFindsItsProgramsInTheHomeIsAnError() {
        Pod pod = repaired();
        pod.getSpec().getInitContainers().get(0).getEnv().add(new EnvVar("HTTP_PROXY", "http://proxy", null));
        assertThat(PodAudit.audit(pod, Audited.project(REPAIRING))).isEmpty();

        pod.getSpec().getInitContainers().get(0).getEnv().add(new EnvVar("PATH", "/home/user/bin", null));
        assertThat(Audited.places(PodAudit.audit(pod, Audited.project(REPAIRING))))
                .containsExactly("home-repair-changed@/spec/initContainers/0/env/1");
    }

    @Test
    void aRepairHasNoOtherCapabilityThanItNeeds() {
        Pod pod = repaired();
        pod.getSpec()
                .getInitContainers()
                .get(0)
                .getSecurityContext()
                .getCapabilities()
                .getAdd()
                .add("SYS_ADMIN");

        assertThat(Audited.places(PodAudit.audit(pod, Audited.project(REPAIRING))))
                .containsExactly("dangerous-capability@/spec/initContainers/0/securityContext/capabilities/add/2");
    }

    @Test
    void aForeignInitContainerThatRunsAsRootOverTheHomeIsFound() {
        Pod pod = repaired();
        Container foreign = new ContainerBuilder(
                        pod.getSpec().getInitContainers().get(0))
                .withName("setup")
                .withCommand("sh")
                .build();
        pod.getSpec().getInitContainers().add(foreign);

        assertThat(Audited.places(PodAudit.audit(pod, Audited.project(REPAIRING))))
                .contains("root-beside-repair@/spec/initContainers/1/securityContext/runAsUser");
    }

    @Test
    void aForeignInitContainerOfRootIsAWarningWhereNothingElseRepairsTheHomeAndFineWithoutIt() {
        Pod pod = repaired();
        Container foreign = new ContainerBuilder(
                        pod.getSpec().getInitContainers().get(0))
                .withName("setup")
                .build();
        pod.getSpec().getInitContainers().set(0, foreign);

        assertThat(Audited.places(PodAudit.audit(pod, Audited.project(StorageConfig.defaults()))))
                .contains("root-beside-home@/spec/initContainers/0/securityContext/runAsUser");

        foreign.setVolumeMounts(List.of());

        assertThat(Audited.places(PodAudit.audit(pod, Audited.project(REPAIRING))))
                .noneMatch(place -> place.startsWith("root-"));
    }

    @Test
    void aPodForWindowsIsFound() {
        assertThat(places("{'op':'add','path':'/spec/os','value':{'name':'windows'}}"))
                .containsExactly("windows@/spec/os/name");
        assertThat(places("{'op':'add','path':'/spec/os','value':{'name':'linux'}}"))
                .isEmpty();
    }

    @Test
    void aRepositoryThatTheKubeletClonesIsFound() {
        assertThat(
                        places(
                                "{'op':'add','path':'/spec/volumes/-','value':{'name':'n','gitRepo':{'repository':'https://x/y'}}}"))
                .containsExactly("git-repo@/spec/volumes/2/gitRepo");
    }

    @Test
    void anInitContainerOfAServiceMeshIsNotBesideTheHome() {
        assertThat(places(
                        "{'op':'add','path':'/spec/initContainers','value':[{'name':'i','image':'x','securityContext':"
                                + "{'runAsUser':0,'runAsGroup':0,'runAsNonRoot':false}}]}"))
                .isEmpty();
    }
}
