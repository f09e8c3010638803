package com.cocalc.storage.kubernetes;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges our mounts into those of a container. The key is the mount path.
 *
 * <p>Other containers of the pod may mount our volumes only as we do: the same part with the same access.
 */
final class MountMerge {

    private final Conflicts conflicts;
    private final Set<String> ourVolumes = new HashSet<>();
    private final Set<String> ourClaims = new HashSet<>();
    private final List<VolumeMount> ours;

    MountMerge(Conflicts conflicts, List<Volume> volumes, List<VolumeMount> ours) {
        this.conflicts = conflicts;
        this.ours = ours;
        for (Volume volume : volumes) {
            ourVolumes.add(volume.getName());
            ourClaims.add(volume.getPersistentVolumeClaim().getClaimName());
        }
    }

    List<VolumeMount> merge(List<VolumeMount> existing, String container) {
        List<VolumeMount> merged = new ArrayList<>(existing.size() + ours.size());
        merged.addAll(existing);
        for (VolumeMount our : ours) {
            if (!isThere(existing, our, container)) {
                merged.add(our);
            }
        }
        for (int i = 0; i < existing.size(); i++) {
            VolumeMount mount = existing.get(i);
            if (mount != null && !isAtOneOfOurPlaces(mount)) {
                checkSeesNoMore(mount, container + ".volumeMounts[" + i + "]");
            }
        }
        return merged;
    }

    private boolean isThere(List<VolumeMount> existing, VolumeMount our, String container) {
        boolean there = false;
        for (int i = 0; i < existing.size(); i++) {
            VolumeMount mount = existing.get(i);
            if (mount == null || mount.getMountPath() == null) {
                continue;
            }
            String place = CleanedPath.absolute(mount.getMountPath());
            if (place.equals(our.getMountPath())) {
                if (there || !withDefaults(mount).equals(withDefaults(our))) {
                    conflicts.add(
                            container + ".volumeMounts[" + i + "]",
                            describe(mount),
                            describe(our),
                            "remove that mount, or mount it elsewhere");
                }
                there = true;
            } else if (CleanedPath.overlap(place, our.getMountPath())) {
                conflicts.add(
                        container + ".volumeMounts[" + i + "]",
                        describe(mount),
                        describe(our) + " alone",
                        "mount it beside; a nested mount hides files and leaves a directory of root behind");
            }
        }
        return there;
    }

    private boolean isAtOneOfOurPlaces(VolumeMount mount) {
        for (VolumeMount our : ours) {
            if (mount.getMountPath() != null
                    && CleanedPath.absolute(mount.getMountPath()).equals(our.getMountPath())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Checks every container except the one that gets the mounts.
     *
     * @param spec the pod
     * @param target the container that gets the mounts
     * @param ownInitContainer the name of the init container that belongs to the storage, if there is one
     */
    void checkStrangers(PodSpec spec, int target, @Nullable String ownInitContainer) {
        for (PlacedContainer placed : PlacedContainer.of(spec)) {
            Container container = placed.container();
            String place = placed.at().toString();
            boolean isOwn =
                    placed.kind() == PlacedContainer.Kind.INIT && placed.name().equals(ownInitContainer);
            if (placed.isOverAtStart()) {
                if (!isOwn) {
                    checkForeignInit(container, place);
                }
            } else if (placed.kind() == PlacedContainer.Kind.REGULAR && placed.index() == target) {
                checkDevices(container.getVolumeDevices(), place);
                checkDevicePlaces(container.getVolumeDevices(), place);
                checkTerminationMessage(placed);
                continue;
            } else {
                checkMounts(container.getVolumeMounts(), place);
                checkDevices(container.getVolumeDevices(), place);
            }
            if (!placed.isOverAtStart()) {
                checkPlaces(container.getVolumeMounts(), container.getVolumeDevices(), place);
            }
        }
    }

    /**
     * Checks for mounts of the installation's claims that are not for this pod.
     *
     * @param spec the pod
     * @param claims the claims of the installation
     */
    void checkOtherClaims(PodSpec spec, Set<String> claims) {
        Map<String, String> others = new HashMap<>();
        for (Volume volume : Absent.asEmpty(spec.getVolumes())) {
            String claim = volume == null || volume.getPersistentVolumeClaim() == null
                    ? ""
                    : Absent.asEmpty(volume.getPersistentVolumeClaim().getClaimName());
            if (claims.contains(claim) && !ourClaims.contains(claim)) {
                others.put(Absent.asEmpty(volume.getName()), claim);
            }
        }
        for (PlacedContainer placed : others.isEmpty() ? List.<PlacedContainer>of() : PlacedContainer.of(spec)) {
            List<VolumeMount> mounts = Absent.asEmpty(placed.container().getVolumeMounts());
            for (int i = 0; i < mounts.size(); i++) {
                String name = mounts.get(i) == null ? null : mounts.get(i).getName();
                addOtherClaim(placed.at() + ".volumeMounts[" + i + "]", others.get(Absent.asEmpty(name)));
            }
            List<VolumeDevice> devices = Absent.asEmpty(placed.container().getVolumeDevices());
            for (int i = 0; i < devices.size(); i++) {
                String name = devices.get(i) == null ? null : devices.get(i).getName();
                addOtherClaim(placed.at() + ".volumeDevices[" + i + "]", others.get(Absent.asEmpty(name)));
            }
        }
    }

    private void addOtherClaim(String place, @Nullable String claim) {
        if (claim != null) {
            conflicts.add(
                    place,
                    "the claim " + MessageText.quoted(claim) + " of the installation",
                    "no mount of that claim in this pod",
                    "remove it");
        }
    }

    /** Returns whether a container has a mount of our volumes that is not read-only. */
    boolean writes(Container container) {
        return Absent.asEmpty(container.getVolumeMounts()).stream()
                .anyMatch(mount -> mount != null && ourVolumes.contains(mount.getName()) && !isReadOnly(mount));
    }

    /** Refuses a foreign init container with our volumes, because it runs first and often as root. */
    private void checkForeignInit(Container container, String place) {
        List<VolumeMount> mounts = Absent.asEmpty(container.getVolumeMounts());
        for (int i = 0; i < mounts.size(); i++) {
            if (mounts.get(i) != null && ourVolumes.contains(mounts.get(i).getName())) {
                conflicts.add(
                        place + ".volumeMounts[" + i + "]",
                        describe(mounts.get(i)) + " in the foreign init container "
                                + MessageText.quoted(container.getName()),
                        "no mount of its volumes there",
                        "remove that mount; an init container runs before the project, often as root");
            }
        }
        checkDevices(container.getVolumeDevices(), place);
    }

    /** Checks that a container beside the project has our files, or none, at our mount paths. */
    private void checkPlaces(
            @Nullable List<VolumeMount> mounts, @Nullable List<VolumeDevice> devices, String container) {
        List<VolumeMount> present = Absent.asEmpty(mounts);
        for (int i = 0; i < present.size(); i++) {
            VolumeMount mount = present.get(i);
            if (mount == null || mount.getMountPath() == null) {
                continue;
            }
            String place = CleanedPath.absolute(mount.getMountPath());
            for (VolumeMount our : ours) {
                boolean same = place.equals(our.getMountPath());
                if (same ? !our.getName().equals(mount.getName()) : CleanedPath.overlap(place, our.getMountPath())) {
                    conflicts.add(
                            container + ".volumeMounts[" + i + "]",
                            describe(mount),
                            describe(our) + (same ? "" : " alone"),
                            same
                                    ? "mount it elsewhere; programs expect other files there"
                                    : "mount it beside; programs expect other files there");
                }
            }
        }
        checkDevicePlaces(devices, container);
    }

    private void checkDevicePlaces(@Nullable List<VolumeDevice> devices, String container) {
        List<VolumeDevice> present = Absent.asEmpty(devices);
        for (int i = 0; i < present.size(); i++) {
            VolumeDevice device = present.get(i);
            if (device == null || device.getDevicePath() == null) {
                continue;
            }
            for (VolumeMount our : ours) {
                if (CleanedPath.overlap(CleanedPath.absolute(device.getDevicePath()), our.getMountPath())) {
                    conflicts.add(
                            container + ".volumeDevices[" + i + "].devicePath",
                            "the device of volume " + MessageText.quoted(device.getName()) + " at "
                                    + MessageText.quoted(device.getDevicePath()),
                            describe(our) + " alone",
                            "write another devicePath");
                }
            }
        }
    }

    /** Checks the file that the kubelet mounts into the container: inside our mounts it needs a mount point there. */
    private void checkTerminationMessage(PlacedContainer container) {
        for (VolumeMount our : ours) {
            if (CleanedPath.overlap(container.terminationMessagePath(), our.getMountPath())) {
                conflicts.add(
                        container.at() + ".terminationMessagePath",
                        "a file of the kubelet at " + MessageText.quoted(container.terminationMessagePath()),
                        describe(our) + " alone",
                        "remove that field, or write a path beside");
            }
        }
    }

    private void checkMounts(@Nullable List<VolumeMount> mounts, String container) {
        List<VolumeMount> present = Absent.asEmpty(mounts);
        for (int i = 0; i < present.size(); i++) {
            if (present.get(i) != null) {
                checkSeesNoMore(present.get(i), container + ".volumeMounts[" + i + "]");
            }
        }
    }

    private void checkSeesNoMore(VolumeMount mount, String place) {
        if (!ourVolumes.contains(mount.getName())) {
            return;
        }
        VolumeMount wanted = null;
        for (VolumeMount our : ours) {
            if (our.getName().equals(mount.getName())) {
                VolumeMount asOurs = withDefaults(mount);
                asOurs.setMountPath(our.getMountPath());
                if (isReadOnly(mount)) {
                    asOurs.setReadOnly(isReadOnly(our)); // only reading what we may write is less, and fine
                    asOurs.setRecursiveReadOnly(null);
                }
                if (asOurs.equals(withDefaults(our))) {
                    return;
                }
                wanted = wanted == null ? our : wanted;
            }
        }
        conflicts.add(
                place,
                describe(mount),
                wanted == null ? "no such mount" : describe(wanted),
                "remove that mount; nothing in the pod may see more of the volume");
    }

    private void checkDevices(@Nullable List<VolumeDevice> devices, String container) {
        List<VolumeDevice> present = Absent.asEmpty(devices);
        for (int i = 0; i < present.size(); i++) {
            if (present.get(i) != null && ourVolumes.contains(present.get(i).getName())) {
                conflicts.add(
                        container + ".volumeDevices[" + i + "]",
                        "volume " + MessageText.quoted(present.get(i).getName()) + " as a device",
                        "it as a file system",
                        "remove that device");
            }
        }
    }

    private static boolean isReadOnly(VolumeMount mount) {
        return Boolean.TRUE.equals(mount.getReadOnly());
    }

    /** Returns the mount with all defaults filled in, so that mounts can be compared. */
    static VolumeMount withDefaults(VolumeMount mount) {
        VolumeMount full = ShallowCopy.of(mount);
        full.setMountPath(mount.getMountPath() == null ? null : CleanedPath.absolute(mount.getMountPath()));
        full.setReadOnly(isReadOnly(mount));
        full.setSubPath(absentIf("", mount.getSubPath()));
        full.setSubPathExpr(absentIf("", mount.getSubPathExpr()));
        full.setMountPropagation(absentIf("None", mount.getMountPropagation()));
        // Below our mounts nothing is mounted, so IfPossible changes nothing.
        full.setRecursiveReadOnly(absentIf("IfPossible", absentIf("Disabled", mount.getRecursiveReadOnly())));
        return full;
    }

    private static @Nullable String absentIf(String standard, @Nullable String value) {
        return standard.equals(value) ? null : value;
    }

    private static String describe(VolumeMount mount) {
        StringBuilder text = new StringBuilder("volume ").append(MessageText.quoted(mount.getName()));
        if (mount.getSubPathExpr() != null) {
            text.append(", subPathExpr ").append(MessageText.quoted(mount.getSubPathExpr()));
        } else {
            boolean whole = mount.getSubPath() == null || mount.getSubPath().isEmpty();
            text.append(whole ? ", whole" : ", subPath " + MessageText.quoted(mount.getSubPath()));
        }
        text.append(isReadOnly(mount) ? ", read-only" : ", read-write");
        VolumeMount full = withDefaults(mount);
        if (full.getRecursiveReadOnly() != null) {
            text.append(", recursiveReadOnly ").append(MessageText.plain(full.getRecursiveReadOnly()));
        }
        if (full.getMountPropagation() != null) {
            text.append(", mountPropagation ").append(MessageText.plain(full.getMountPropagation()));
        }
        return text.append(" at ")
                .append(MessageText.quoted(mount.getMountPath()))
                .toString();
    }
}
