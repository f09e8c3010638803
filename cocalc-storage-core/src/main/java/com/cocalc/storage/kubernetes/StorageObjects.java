package com.cocalc.storage.kubernetes;

import com.cocalc.storage.StorageMount;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.WholeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;

/**
 * A pod's {@code volumes} and {@code volumeMounts}, made from mounts of the model: one volume for each claim, because
 * two volumes on one claim keep a pod from starting, or make the read-only one writable.
 *
 * <p>{@code readOnly} and {@code subPath} are on the mount. Only if a claim is mounted whole, the source also has
 * {@code readOnly}, with the same value: a read-only source would prevent the kubelet from creating a missing sub-path.
 */
final class StorageObjects {

    private StorageObjects() {}

    static List<Volume> volumes(List<StorageMount> mounts) {
        List<Volume> volumes = new ArrayList<>(mounts.size());
        for (int i = 0; i < mounts.size(); i++) {
            if (isFirstOfItsVolume(mounts, i)) {
                volumes.add(volume(mounts.get(i), mounts));
            }
        }
        return volumes;
    }

    private static boolean isFirstOfItsVolume(List<StorageMount> mounts, int index) {
        for (int i = 0; i < index; i++) {
            if (mounts.get(i).volume().equals(mounts.get(index).volume())) {
                return false;
            }
        }
        return true;
    }

    private static Volume volume(StorageMount first, List<StorageMount> mounts) {
        PersistentVolumeClaimVolumeSource source = new PersistentVolumeClaimVolumeSource();
        source.setClaimName(first.claim().value());
        boolean whole = true;
        boolean readOnly = true;
        for (StorageMount mount : mounts) {
            if (mount.volume().equals(first.volume())) {
                whole &= mount.part() instanceof WholeClaim;
                readOnly &= mount.access().isReadOnly();
            }
        }
        if (whole) {
            source.setReadOnly(readOnly);
        }
        Volume volume = new Volume();
        volume.setName(first.volume());
        volume.setPersistentVolumeClaim(source);
        return volume;
    }

    static List<VolumeMount> volumeMounts(List<StorageMount> mounts) {
        List<VolumeMount> volumeMounts = new ArrayList<>(mounts.size());
        for (StorageMount mount : mounts) {
            volumeMounts.add(volumeMount(mount));
        }
        return volumeMounts;
    }

    private static VolumeMount volumeMount(StorageMount mount) {
        VolumeMount volumeMount = new VolumeMount();
        volumeMount.setName(mount.volume());
        volumeMount.setMountPath(mount.mountPath().value());
        if (mount.part() instanceof SubPath subPath) {
            volumeMount.setSubPath(subPath.toString());
            if (mount.access().isReadOnly()) {
                volumeMount.setReadOnly(true);
            }
        } else {
            volumeMount.setReadOnly(mount.access().isReadOnly());
        }
        return volumeMount;
    }
}
