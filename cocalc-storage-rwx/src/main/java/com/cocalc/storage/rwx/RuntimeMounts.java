package com.cocalc.storage.rwx;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the container runtime sees while it makes the mounts of a container, one after the other: the same mounts, but
 * as root, and before they are made read-only. Each is made with a look at those on its way alone.
 */
final class RuntimeMounts {
    private static final Credentials SUPERUSER = Credentials.superuser(022);

    private final MountPoint root;
    private final MountPoint rootOfRuntime;
    /** By identity, as the container has them. */
    private final Map<Object, MountPoint> asMade = new HashMap<>();

    /** The servers that walks to the present mount point come to. */
    private final Set<Server> onTheWay = new HashSet<>();

    private final MountIndex made = new MountIndex() {
        @Override
        @Nullable
        MountPoint over(MountPoint mount, Inode directory) {
            MountPoint found = super.over(mount, directory);
            if (found != null) {
                onTheWay.add(found.server());
            }
            return found;
        }
    };

    RuntimeMounts(MountPoint root) {
        this.root = root;
        this.rootOfRuntime = root.usedBy(SUPERUSER).writable();
        asMade.put(root.identity(), root);
    }

    /** Resolves the mount path as root in the container so far, makes what is missing, and mounts there. */
    MountPoint attach(String path, Server server, Mount mount) {
        onTheWay.clear();
        onTheWay.add(root.server());
        made.along(path + "/").forEach(outer -> onTheWay.add(outer.server()));
        try {
            Walk walk;
            Inode covered;
            int watched;
            do {
                watched = onTheWay.size();
                MountTable sofar = new MountTable(rootOfRuntime, made, onTheWay);
                byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
                makeIfMissing(new Syscalls(sofar, "container runtime"), bytes);
                walk = new Walk(sofar, 0).toParent(null, bytes);
                covered = walk.find(true);
                // A link may have led into a mount that the path does not tell of.
            } while (onTheWay.size() > watched);
            if (!(covered instanceof DirectoryNode directory)) {
                throw Errno.ENOTDIR.exception();
            }
            MountPoint below = requireNonNull(asMade.get(walk.mount().identity()));
            MountPoint point = server.attach(mount, below, directory, path);
            made.add(point.usedBy(SUPERUSER).writable());
            asMade.put(point.identity(), point);
            return point;
        } catch (ErrnoException e) {
            throw new IllegalArgumentException(
                    "mount path " + path + " must lead to a directory or to nothing: "
                            + e.errno().text() + "; look at what the image has there",
                    e);
        }
    }

    private static void makeIfMissing(Syscalls runtime, byte[] path) throws ErrnoException {
        for (int i = 1; i <= path.length; i++) {
            if (i < path.length && path[i] != '/') {
                continue;
            }
            try {
                runtime.mkdir(null, Arrays.copyOf(path, i), 0755);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EEXIST) {
                    throw e;
                }
            }
        }
    }
}
