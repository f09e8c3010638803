package com.cocalc.storage.rwx;

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
            // In the protocol it is always root who makes it, without set-id bits: a simpler kubelet than the real one.
            SubPaths.make(
                    volume.server(), subPath, Mount.asRoot(), volume.server().root().mode & 0777);
            return new ScriptView(spec.text("name"), volume.syscalls(mount));
        } catch (IllegalArgumentException e) {
            boolean isOfTheVolume = e.getCause() instanceof ErrnoException;
            throw new ScriptFailure((isOfTheVolume ? "outside an operation: " : "ValueError: ") + e.getMessage());
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
