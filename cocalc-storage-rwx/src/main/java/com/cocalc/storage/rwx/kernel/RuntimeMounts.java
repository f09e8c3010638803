package com.cocalc.storage.rwx.kernel;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Inode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The mounts of a container while the container runtime makes them, one after the other: as root, and before they are
 * made read-only.
 */
public final class RuntimeMounts {
    private static final Credentials SUPERUSER = Credentials.superuser(022);

    private static final int MANY = 64;

    private final MountPoint rootOfRuntime;
    private final MountIndex made = new MountIndex();
    /** By identity, as the container has them. */
    private final Map<Object, MountPoint> asMade = new HashMap<>();

    private final Set<Server> servers = new HashSet<>();

    public RuntimeMounts(MountPoint root) {
        rootOfRuntime = root.usedBy(SUPERUSER).writable();
        asMade.put(root.identity(), root);
        servers.add(root.server());
    }

    /** What a mount path leads to. */
    private record Place(MountPoint mount, Inode covered) {}

    /** Resolves the mount path as root in the container so far, makes what is missing, and mounts there. */
    public MountPoint attach(String path, Server server, Attachment mount) {
        MountTable sofar = new MountTable(rootOfRuntime, made, serversOnTheWay(path));
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        try {
            makeIfMissing(new Syscalls(sofar, "container runtime"), bytes);
            Place place = sofar.locked(null, now -> {
                Walk walk = new Walk(sofar, now).toParent(null, bytes);
                Inode covered = walk.find(true);
                return new Place(walk.mount(), covered);
            });
            MountPoint below = requireNonNull(asMade.get(place.mount.identity()));
            MountPoint point = server.attach(mount, below, place.covered, path);
            if (point.root().isDirectory() != place.covered.isDirectory()) {
                point.detach();
                throw ErrnoException.of(Errno.ENOTDIR);
            }
            made.add(point.usedBy(SUPERUSER).writable());
            asMade.put(point.identity(), point);
            servers.add(server);
            return point;
        } catch (ErrnoException e) {
            throw new IllegalArgumentException(
                    "mount path " + path + " must lead to a directory or to nothing: "
                            + e.errno().text() + "; look at what the image has there",
                    e);
        }
    }

    /** All, or where these are very many, those of the mounts that the path leads through by its text. */
    private Set<Server> serversOnTheWay(String path) {
        if (servers.size() <= MANY) {
            return servers;
        }
        Set<Server> onTheWay = new HashSet<>();
        onTheWay.add(rootOfRuntime.server());
        made.along(path + "/").forEach(outer -> onTheWay.add(outer.server()));
        return onTheWay;
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
