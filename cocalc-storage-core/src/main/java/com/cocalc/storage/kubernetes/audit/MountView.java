package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.CleanedPath;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import com.cocalc.storage.kubernetes.apiserver.OneLine;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.jspecify.annotations.Nullable;

/** One mount of one container, with what it means: which claim, which part, which place, which access. */
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

    public VolumeMount mount() {
        return mount;
    }

    public FieldPath at() {
        return at;
    }

    /** The field, where it is written; else the mount itself. */
    public FieldPath at(String field, @Nullable Object value) {
        return value == null ? at : at.child(field);
    }

    /** Null where the pod has no such volume. */
    @Nullable
    VolumeView volume() {
        return volume;
    }

    /** The claim, {@code ""} where there is none. */
    public String claim() {
        return volume == null ? "" : volume.claim();
    }

    /** Where it is mounted, clean and absolute; {@code ""} where no path is given. */
    public String path() {
        return path;
    }

    public SubPathValue part() {
        return part;
    }

    /** Where the part is written. */
    FieldPath partAt() {
        return part.isExpression() ? at("subPathExpr", mount.getSubPathExpr()) : at("subPath", mount.getSubPath());
    }

    public boolean isReadOnly() {
        return Absent.isTrue(mount.getReadOnly()) || (volume != null && volume.isReadOnly());
    }

    /** Which part of which claim it shows where, and with which access, for a person. */
    public String inWords() {
        String shown = !part.isKnown()
                ? "a part that depends on variables"
                : part.path().isEmpty() ? "the whole" : OneLine.quoted(part.path());
        String claim = claim().isEmpty() ? "no claim" : "claim " + OneLine.quoted(claim());
        return shown + " of " + claim + " at " + OneLine.quoted(path) + (isReadOnly() ? ", read-only" : ", read-write");
    }
}
