package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.MountPoint;
import com.cocalc.storage.rwx.kernel.MountTable;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.util.Collections;
import java.util.List;

/** One mount of a script. */
record ScriptView(String name, Syscalls calls) {

    /** Makes the mount, and its sub-path where it is missing. */
    static ScriptView of(ScriptFields spec, RwxVolume volume) {
        String subPath = spec.has("subPath") && spec.flag("subPath") ? spec.text("subPath") : "";
        ScriptFields.requireEncodable("subPath", subPath);
        try {
            Mount mount = mount(spec);
            mount = subPath.isEmpty() ? mount : mount.subPath(subPath);
            makeMissing(subPath, volume);
            return new ScriptView(spec.text("name"), volume.syscalls(mount));
        } catch (IllegalArgumentException e) {
            boolean isOfTheVolume = e.getCause() instanceof ErrnoException;
            throw new ScriptFailure((isOfTheVolume ? "outside an operation: " : "ValueError: ") + e.getMessage());
        }
    }

    /**
     * In the protocol it is always root who makes it, without set-id bits: a simpler kubelet than the real one. What
     * cannot be made the mount complains of.
     */
    private static void makeMissing(String subPath, RwxVolume volume) {
        Calls root = Calls.on(volume, Mount.asRoot());
        for (int end = subPath.indexOf('/'); !subPath.isEmpty(); end = subPath.indexOf('/', end + 1)) {
            String directory = end < 0 ? subPath : subPath.substring(0, end);
            Errno errno = root.mkdir(directory);
            if (errno == null) {
                root.chmod(directory, volume.server().root().mode & 0777);
            }
            if (end < 0 || (errno != null && errno != Errno.EEXIST)) {
                return;
            }
        }
    }

    private static Mount mount(ScriptFields spec) {
        Mount mount = Mount.as(spec.number("uid"), spec.number("gid"))
                .groups(spec.has("groups") ? groups(spec) : new long[0])
                .umask((int) spec.number("umask", 022) & 0777);
        mount = spec.flag("readOnly") ? mount.readOnly() : mount;
        return spec.flag("rootSquash") ? mount.rootSquash() : mount;
    }

    private static long[] groups(ScriptFields spec) {
        return spec.list("groups").stream()
                .mapToLong(group -> new ScriptFields(Collections.singletonMap("group", group)).number("group"))
                .toArray();
    }

    /** The same mount in the hands of another user. */
    Syscalls usedBy(ScriptView caller) {
        MountPoint root =
                calls.table().root().usedBy(caller.calls().table().root().user());
        return new Syscalls(new MountTable(root, List.of()), calls + " used by " + caller.calls);
    }
}
