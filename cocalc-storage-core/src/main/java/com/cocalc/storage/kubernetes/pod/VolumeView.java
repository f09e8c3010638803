package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One volume of a pod, and the uses of it by the pod's containers. */
public final class VolumeView {

    private final Volume volume;
    private final String name;
    private final FieldPath at;
    private final @Nullable VolumeSourceKind kind;
    private final String claim;
    private final boolean readOnly;
    private final List<MountView> mounts = new ArrayList<>(1);
    private boolean usedAsDevice;

    VolumeView(Volume volume, FieldPath at) {
        this.volume = volume;
        this.at = at;
        name = Absent.asEmpty(volume.getName());
        kind = VolumeSourceKind.findFirst(volume);
        claim = kind == VolumeSourceKind.CLAIM
                ? Absent.asEmpty(volume.getPersistentVolumeClaim().getClaimName())
                : "";
        readOnly = kind != null && kind.isReadOnly(volume);
    }

    void use(MountView mount) {
        mounts.add(mount);
    }

    void useAsDevice() {
        usedAsDevice = true;
    }

    /** The volume itself. */
    public Volume volume() {
        return volume;
    }

    /** {@return the name of the volume, or {@code ""} if there is none} */
    public String name() {
        return name;
    }

    /** Returns the kind of the source, or null if there is no source. */
    @Nullable
    public VolumeSourceKind kind() {
        return kind;
    }

    /** {@return the name of the claim of the volume, or {@code ""} for a volume of another kind} */
    public String claim() {
        return claim;
    }

    /** {@return whether the source makes every mount of the volume read-only} */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** {@return whether a container mounts the volume or uses it as a device} */
    public boolean isUsed() {
        return usedAsDevice || !mounts.isEmpty();
    }

    /** {@return whether a mount shows a part of the volume, or may do so} */
    public boolean isUsedInPart() {
        return mounts.stream()
                .anyMatch(
                        mount -> !mount.part().isKnown() || !mount.part().path().isEmpty());
    }

    /** {@return whether a mount of the volume is not read-only by itself} */
    public boolean isUsedWritable() {
        return mounts.stream()
                .anyMatch(mount -> !Boolean.TRUE.equals(mount.mount().getReadOnly()));
    }

    /** {@return the mounts of the volume, in the order of the containers} */
    public List<MountView> mounts() {
        return mounts;
    }

    /** {@return the place of the volume in the pod} */
    public FieldPath at() {
        return at;
    }

    /** Returns the field with the source. */
    public FieldPath sourceAt() {
        return kind == null ? at : at.child(kind.field());
    }

    /** {@return the field with the name of the claim} */
    public FieldPath claimNameAt() {
        return sourceAt().child("claimName");
    }

    /** {@return a description of the volume and its claim} */
    public String inWords() {
        String words = "volume " + MessageText.quoted(name);
        return claim.isEmpty()
                ? words + " that is not a claim"
                : words + " on claim " + MessageText.quoted(claim) + (readOnly ? ", read-only" : "");
    }
}
