package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Merges our volumes into those of a pod. The key is the name, and no claim may have two volumes. */
final class VolumeMerge {

    private final Conflicts conflicts;

    VolumeMerge(Conflicts conflicts) {
        this.conflicts = conflicts;
    }

    List<Volume> merge(List<Volume> existing, List<Volume> ours) {
        List<Volume> merged = new ArrayList<>(existing.size() + ours.size());
        merged.addAll(existing);
        for (Volume our : ours) {
            if (!isThere(existing, our)) {
                merged.add(our);
            }
        }
        return merged;
    }

    /** Returns whether the pod has our volume; checks all volumes, as one may be ours and another may use our claim. */
    private boolean isThere(List<Volume> existing, Volume our) {
        boolean there = false;
        for (int i = 0; i < existing.size(); i++) {
            Volume volume = existing.get(i);
            if (volume == null) {
                continue;
            }
            String place = "spec.volumes[" + i + "]";
            if (our.getName().equals(volume.getName())) {
                if (!withDefaults(volume).equals(withDefaults(our))) {
                    conflicts.add(place, describe(volume), describe(our), "rename that volume, or remove it");
                }
                there = true;
            } else if (Objects.equals(claimOf(our), claimOf(volume))) {
                conflicts.add(
                        place,
                        describe(volume),
                        "one volume on that claim, " + describe(our),
                        "remove it and mount " + MessageText.quoted(our.getName())
                                + "; two volumes on one claim keep the pod from starting, or lose readOnly");
            }
        }
        return there;
    }

    private static Volume withDefaults(Volume volume) {
        PersistentVolumeClaimVolumeSource source = volume.getPersistentVolumeClaim();
        if (source == null) {
            return volume;
        }
        PersistentVolumeClaimVolumeSource full = ShallowCopy.of(source);
        full.setReadOnly(Boolean.TRUE.equals(source.getReadOnly()));
        Volume copy = ShallowCopy.of(volume);
        copy.setPersistentVolumeClaim(full);
        return copy;
    }

    private static @Nullable String claimOf(Volume volume) {
        PersistentVolumeClaimVolumeSource source = volume.getPersistentVolumeClaim();
        return source == null ? null : source.getClaimName();
    }

    private static String describe(Volume volume) {
        PersistentVolumeClaimVolumeSource source = volume.getPersistentVolumeClaim();
        String name = "volume " + MessageText.quoted(volume.getName());
        if (source == null) {
            return name + " that is not a claim";
        }
        return name + " on claim " + MessageText.quoted(source.getClaimName())
                + (Boolean.TRUE.equals(source.getReadOnly()) ? ", read-only" : ", read-write");
    }
}
