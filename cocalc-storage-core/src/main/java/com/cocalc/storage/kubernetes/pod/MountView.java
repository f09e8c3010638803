package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.jspecify.annotations.Nullable;

/** One mount of one container, with its claim, part, path and access. */
public final class MountView {

    private final VolumeMount mount;
    private final FieldPath at;
    private final @Nullable VolumeView volume;
    private final String path;
    private final SubPathValue part;

    MountView(VolumeMount mount, FieldPath at, @Nullable VolumeView volume, Variables variables) {
        this.mount = mount;
        this.at = at;
        this.volume = volume;
        String mountPath = Absent.asEmpty(mount.getMountPath());
        path = mountPath.isEmpty() ? "" : CleanedPath.absolute(mountPath);
        part = SubPathValue.of(mount, variables);
    }

    /** {@return the mount itself} */
    public VolumeMount mount() {
        return mount;
    }

    /** {@return the place of the mount in the pod} */
    public FieldPath at() {
        return at;
    }

    /** Returns the path of a field if it is written, otherwise of the mount itself. */
    public FieldPath at(String field, @Nullable Object value) {
        return value == null ? at : at.child(field);
    }

    /** Returns the volume, or null if the pod has no such volume. */
    @Nullable
    public VolumeView volume() {
        return volume;
    }

    /** {@return the name of the claim that is mounted, or {@code ""} if there is none} */
    public String claim() {
        return volume == null ? "" : volume.claim();
    }

    /** {@return the path at which the volume is mounted, clean and absolute, or {@code ""} if there is none} */
    public String path() {
        return path;
    }

    /** {@return the part of the volume that is mounted} */
    public SubPathValue part() {
        return part;
    }

    /** Returns the field with the part. */
    public FieldPath partAt() {
        return part.isExpression() ? at("subPathExpr", mount.getSubPathExpr()) : at("subPath", mount.getSubPath());
    }

    /** {@return whether the mount itself or the source of its volume is read-only} */
    public boolean isReadOnly() {
        return Boolean.TRUE.equals(mount.getReadOnly()) || (volume != null && volume.isReadOnly());
    }

    /** {@return a description of the mount: the part of the claim, the path and the access} */
    public String inWords() {
        String shown = !part.isKnown()
                ? "a part that depends on variables"
                : part.path().isEmpty() ? "the whole" : MessageText.quoted(part.path());
        String claim = claim().isEmpty() ? "no claim" : "claim " + MessageText.quoted(claim());
        return shown + " of " + claim + " at " + MessageText.quoted(path)
                + (isReadOnly() ? ", read-only" : ", read-write");
    }
}
