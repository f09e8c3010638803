package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.PodVolume.Access;
import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.List;

/** The mounts that the kubelet and the runtime add to those of a container. */
final class RuntimeMounts {

    private static final String FILES = """
            0644 0:0 "127.0.0.1\\tlocalhost\\n" hosts
            0644 0:0 "" hostname
            0644 0:0 "" resolv.conf
            0666 0:0 "" termination-log
            1777 0:0 - shm/
            """;

    private static final String SANDBOX = "/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/" + "0".repeat(64);

    private final PodVolume volume;
    private final List<ContainerMount> ofPod;
    private final List<ContainerMount> added = new ArrayList<>();

    private RuntimeMounts(PodVolume volume, List<ContainerMount> ofPod) {
        this.volume = volume;
        this.ofPod = ofPod;
    }

    /**
     * Returns the mounts, in the order in which the runtime is told.
     *
     * @param empty an empty volume for their files
     * @param ofPod the mounts of the container's volumes
     */
    static List<ContainerMount> of(
            PodRecord record, Container container, RwxVolume empty, List<ContainerMount> ofPod, ContainerUser user) {
        empty.populate(FILES);
        RuntimeMounts mounts =
                new RuntimeMounts(new PodVolume("", empty, "", null, Access.ALL, record.directory()), ofPod);
        mounts.addOfKubelet(record, container);
        for (String name : List.of("hostname", "resolv.conf")) {
            mounts.addOfRuntime("/etc/" + name, name, user.isRootReadOnly());
        }
        mounts.addOfRuntime("/dev/shm", "shm", false);
        return mounts.added;
    }

    /** Adds the files of the kubelet, which leaves its hosts out only where the pod writes this very path. */
    private void addOfKubelet(PodRecord record, Container container) {
        String hosts = "/etc/hosts";
        if (ofPod.stream().noneMatch(mount -> mount.written().equals(hosts))) {
            add(record.directory() + "/etc-hosts", hosts, "hosts", false);
        }
        String path = Absent.asEmpty(container.getTerminationMessagePath());
        String log = record.directory() + "/containers/" + container.getName() + "/00000000";
        add(log, path.isEmpty() ? "/dev/termination-log" : CleanedPath.absolute(path), "termination-log", false);
    }

    /** Adds what the runtime mounts, unless a volume of the pod takes its place. */
    private void addOfRuntime(String path, String name, boolean isReadOnly) {
        if (ofPod.stream().noneMatch(mount -> mount.path().equals(path))) {
            add(SANDBOX + "/" + name, path, name, isReadOnly);
        }
    }

    private void add(String source, String path, String name, boolean isReadOnly) {
        added.add(new ContainerMount(source, path, CleanedPath.absolute(path), volume, name, isReadOnly));
    }
}
