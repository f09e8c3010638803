package com.cocalc.storage.kubernetes.apiserver;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.FieldPath;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API server's rules for {@code volumeMounts} and {@code volumeDevices}. */
final class MountRules {

    private static final List<String> PROPAGATIONS = List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

    private final Map<String, Volume> volumes;
    private final Set<String> removed;
    private final Faults faults;

    /**
     * Creates the rules of a pod.
     *
     * @param volumes the volumes that may be mounted, by name
     * @param removed the names of the volumes whose mounts the server removes
     */
    MountRules(Map<String, Volume> volumes, Set<String> removed, Faults faults) {
        this.volumes = volumes;
        this.removed = removed;
        this.faults = faults;
    }

    void check(Container container, FieldPath at) {
        List<VolumeMount> mounts = Absent.asEmpty(container.getVolumeMounts());
        List<VolumeDevice> devices = Absent.asEmpty(container.getVolumeDevices());
        checkMounts(container, mounts, devices, at.child("volumeMounts"));
        if (!devices.isEmpty()) {
            checkDevices(devices, mounts, at.child("volumeDevices"));
        }
    }

    private void checkMounts(Container container, List<VolumeMount> mounts, List<VolumeDevice> devices, FieldPath at) {
        Map<String, String> taken = devices.isEmpty() ? Map.of() : pathsOfDevices(devices);
        Set<String> devicePaths = devices.isEmpty() ? Set.of() : new HashSet<>(taken.values());
        Set<String> paths = new HashSet<>(mounts.size() * 2);
        for (int i = 0; i < mounts.size(); i++) {
            VolumeMount mount = Absent.asEmpty(mounts.get(i), VolumeMount::new);
            FieldPath path = at.index(i);
            String name = Absent.asEmpty(mount.getName());
            if (removed.contains(name)) {
                continue;
            }
            if (name.isEmpty()) {
                faults.required(path.child("name"), "");
            }
            if (!volumes.containsKey(name)) {
                faults.notFound(path.child("name"), name);
            }
            String mountPath = Absent.asEmpty(mount.getMountPath());
            if (mountPath.isEmpty()) {
                faults.required(path.child("mountPath"), "");
            }
            if (!paths.add(mountPath)) {
                faults.invalid(path.child("mountPath"), mountPath, "must be unique");
            }
            if (taken.containsKey(name)) {
                faults.invalid(path.child("name"), name, "must not already exist in volumeDevices");
            }
            if (devicePaths.contains(mountPath)) {
                faults.invalid(path.child("mountPath"), mountPath, "must not already exist as a path in volumeDevices");
            }
            checkSubPath(mount, at, path);
            checkPropagation(container, mount, at, path);
            checkRecursive(mount, at, path);
        }
    }

    private static Map<String, String> pathsOfDevices(List<VolumeDevice> devices) {
        Map<String, String> paths = new HashMap<>();
        for (VolumeDevice device : devices) {
            if (device != null) {
                paths.put(Absent.asEmpty(device.getName()), Absent.asEmpty(device.getDevicePath()));
            }
        }
        return paths;
    }

    /** Returns the path as the server writes it for these faults, without the mount's index. */
    private static FieldPath withoutIndex(FieldPath mounts, FieldPath mount, String field) {
        return mounts.child(field).placedAt(mount.child(field));
    }

    private void checkSubPath(VolumeMount mount, FieldPath mounts, FieldPath at) {
        String subPath = Absent.asEmpty(mount.getSubPath());
        String expression = Absent.asEmpty(mount.getSubPathExpr());
        if (!PathRules.isDescending(subPath)) {
            PathRules.checkDescending(subPath, withoutIndex(mounts, at, "subPath"), faults);
        }
        if (expression.isEmpty()) {
            return;
        }
        if (!subPath.isEmpty()) {
            faults.invalid(at.child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
        }
        PathRules.checkDescending(expression, withoutIndex(mounts, at, "subPathExpr"), faults);
    }

    private void checkPropagation(Container container, VolumeMount mount, FieldPath mounts, FieldPath at) {
        String propagation = mount.getMountPropagation();
        if (propagation == null) {
            return;
        }
        FieldPath path = withoutIndex(mounts, at, "mountPropagation");
        VolumeSourceRules.unsupported(propagation, PROPAGATIONS, path, faults);
        boolean privileged = container.getSecurityContext() != null
                && Boolean.TRUE.equals(container.getSecurityContext().getPrivileged());
        if (propagation.equals("Bidirectional") && !privileged) {
            faults.forbidden(path, "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private void checkRecursive(VolumeMount mount, FieldPath mounts, FieldPath at) {
        String recursive = mount.getRecursiveReadOnly();
        if (recursive == null) {
            return;
        }
        FieldPath path = withoutIndex(mounts, at, "recursiveReadOnly");
        VolumeSourceRules.unsupported(recursive, RECURSIVE, path, faults);
        if (!recursive.equals("Enabled") && !recursive.equals("IfPossible")) {
            return;
        }
        if (!Boolean.TRUE.equals(mount.getReadOnly())) {
            faults.forbidden(path, "may only be specified when readOnly is true");
        }
        String propagation = mount.getMountPropagation();
        if (propagation != null && !propagation.equals("None")) {
            faults.forbidden(path, "may only be specified when mountPropagation is None or not specified");
        }
    }

    private void checkDevices(List<VolumeDevice> devices, List<VolumeMount> mounts, FieldPath at) {
        Map<String, String> taken = new HashMap<>();
        for (VolumeMount mount : mounts) {
            if (mount != null && !removed.contains(Absent.asEmpty(mount.getName()))) {
                taken.put(Absent.asEmpty(mount.getName()), Absent.asEmpty(mount.getMountPath()));
            }
        }
        Set<String> mountPaths = new HashSet<>(taken.values());
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            VolumeDevice device = Absent.asEmpty(devices.get(i), VolumeDevice::new);
            String name = Absent.asEmpty(device.getName());
            String devicePath = Absent.asEmpty(device.getDevicePath());
            FieldPath path = at.index(i);
            checkDeviceName(name, names, path.child("name"));
            checkDevicePath(devicePath, paths, path.child("devicePath"));
            if (taken.containsKey(name)) {
                faults.invalid(path.child("name"), name, "must not already exist in volumeMounts");
            }
            if (mountPaths.contains(devicePath)) {
                faults.invalid(
                        path.child("devicePath"), devicePath, "must not already exist as a path in volumeMounts");
            }
        }
    }

    private void checkDeviceName(String name, Set<String> names, FieldPath at) {
        if (name.isEmpty()) {
            faults.required(at, "");
        } else if (!names.add(name)) {
            faults.invalid(at, name, "must be unique");
        }
        Volume volume = volumes.get(name);
        if (volume == null) {
            faults.notFound(at, name);
        } else if (volume.getPersistentVolumeClaim() == null && volume.getEphemeral() == null) {
            faults.invalid(
                    at, name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        }
    }

    private void checkDevicePath(String devicePath, Set<String> paths, FieldPath at) {
        if (devicePath.isEmpty()) {
            faults.required(at, "");
        }
        if (paths.contains(devicePath)) {
            faults.invalid(at, devicePath, "must be unique");
        }
        if (CleanedPath.hasBackstep(devicePath)) {
            faults.invalid(at, devicePath, "can not contain backsteps ('..')");
        } else {
            paths.add(devicePath);
        }
    }
}
