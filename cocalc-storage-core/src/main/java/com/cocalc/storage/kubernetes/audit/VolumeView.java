package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import com.cocalc.storage.kubernetes.apiserver.VolumeSourceKind;
import io.fabric8.kubernetes.api.model.Volume;
import org.jspecify.annotations.Nullable;

/** One volume of a pod, and how the pod's containers use it. */
public final class VolumeView {

    private final String name;
    private final FieldPath at;
    private final @Nullable VolumeSourceKind kind;
    private final String claim;
    private final boolean readOnly;
    private boolean used;
    private boolean usedInPart;
    private boolean usedWritable;

    VolumeView(Volume volume, FieldPath at) {
        this.at = at;
        name = Absent.asEmpty(volume.getName());
        kind = VolumeSourceKind.findFirst(volume);
        claim = kind == VolumeSourceKind.CLAIM
                ? Absent.asEmpty(volume.getPersistentVolumeClaim().getClaimName())
                : "";
        readOnly = kind != null && kind.isReadOnly(volume);
    }

    void use(MountView mount) {
        used = true;
        usedInPart |= !mount.part().isKnown() || !mount.part().path().isEmpty();
        usedWritable |= !Boolean.TRUE.equals(mount.mount().getReadOnly());
    }

    void useAsDevice() {
        used = true;
    }

    /**
     * Returns the name of the volume.
     *
     * @return the name, {@code ""} where there is none
     */
    public String name() {
        return name;
    }

    /** Null where there is no source. */
    @Nullable
    VolumeSourceKind kind() {
        return kind;
    }

    /**
     * Returns the claim that the volume is on.
     *
     * @return the name of the claim, {@code ""} for a volume of another kind
     */
    public String claim() {
        return claim;
    }

    /**
     * Returns whether the source makes every mount read-only.
     *
     * @return whether the volume is read-only
     */
    public boolean isReadOnly() {
        return readOnly;
    }

    boolean isUsed() {
        return used;
    }

    boolean isUsedInPart() {
        return usedInPart;
    }

    boolean isUsedWritable() {
        return usedWritable;
    }

    /**
     * Returns where the volume is in the pod.
     *
     * @return the field path
     */
    public FieldPath at() {
        return at;
    }

    /** Where the source is written. */
    FieldPath sourceAt() {
        return kind == null ? at : at.child(kind.field());
    }

    FieldPath claimNameAt() {
        return sourceAt().child("claimName");
    }

    /**
     * Returns which volume on which claim it is.
     *
     * @return a text for a person
     */
    public String inWords() {
        String words = "volume " + MessageText.quoted(name);
        return claim.isEmpty()
                ? words + " that is not a claim"
                : words + " on claim " + MessageText.quoted(claim) + (readOnly ? ", read-only" : "");
    }
}
