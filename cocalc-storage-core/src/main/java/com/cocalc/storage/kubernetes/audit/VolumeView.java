package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import com.cocalc.storage.kubernetes.apiserver.VolumeSourceKind;
import io.fabric8.kubernetes.api.model.Volume;
import org.jspecify.annotations.Nullable;

/** One volume of a pod, and the uses of it by the pod's containers. */
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

    /** {@return the name of the volume, or {@code ""} if there is none} */
    public String name() {
        return name;
    }

    /** Returns the kind of the source, or null if there is no source. */
    @Nullable
    VolumeSourceKind kind() {
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

    boolean isUsed() {
        return used;
    }

    boolean isUsedInPart() {
        return usedInPart;
    }

    boolean isUsedWritable() {
        return usedWritable;
    }

    /** {@return the place of the volume in the pod} */
    public FieldPath at() {
        return at;
    }

    /** Returns the field with the source. */
    FieldPath sourceAt() {
        return kind == null ? at : at.child(kind.field());
    }

    FieldPath claimNameAt() {
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
