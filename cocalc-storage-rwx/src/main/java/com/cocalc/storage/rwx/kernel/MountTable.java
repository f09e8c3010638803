package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Inode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The mounts of one container. */
public final class MountTable {
    /** Up to here, a look at each mount is faster than to hash. */
    private static final int FEW = 8;

    private static final Comparator<Server> BY_NUMBER = Comparator.comparingLong(Server::number);

    private final MountPoint root;
    private final MountPoint[] nested;
    private final Server[] servers;
    private final KnownDirectories known;
    private final AtomicBoolean isDetached = new AtomicBoolean();
    /** Null where there are few. */
    private final @Nullable MountIndex many;

    /** Later mounts of one directory hide earlier ones. */
    public MountTable(MountPoint root, List<MountPoint> nested) {
        this(root, nested, serversOf(root, nested), nested.size() <= FEW ? null : MountIndex.of(nested));
    }

    private static Set<Server> serversOf(MountPoint root, List<MountPoint> nested) {
        Set<Server> servers = new HashSet<>();
        servers.add(root.server());
        for (MountPoint mount : nested) {
            servers.add(mount.server());
        }
        return servers;
    }

    /**
     * With mounts that are found by their index alone.
     *
     * @param servers all that a walk may come to
     */
    MountTable(MountPoint root, MountIndex many, Set<Server> servers) {
        this(root, List.of(), servers, many);
    }

    private MountTable(MountPoint root, List<MountPoint> nested, Set<Server> servers, @Nullable MountIndex many) {
        this.root = root;
        this.nested = nested.toArray(MountPoint[]::new);
        this.servers = servers.toArray(Server[]::new);
        Arrays.sort(this.servers, BY_NUMBER);
        this.known = new KnownDirectories(this.servers);
        this.many = many;
    }

    /** The end of the container, of which nobody has anything open: all its mounts go. */
    public void detach() {
        if (isDetached.compareAndSet(false, true)) {
            root.detach();
            for (MountPoint mount : nested) {
                mount.detach();
            }
        }
    }

    KnownDirectories known() {
        return known;
    }

    public MountPoint root() {
        return root;
    }

    /** All servers once, in the order in which they are locked: not to be changed. */
    Server[] servers() {
        return servers;
    }

    /** The time of a system call that starts now. */
    long tick() {
        return root.server().tick();
    }

    /** A system call, or what it does to files. */
    @FunctionalInterface
    interface Call<R extends @Nullable Object> {
        R perform(long now) throws ErrnoException;
    }

    /** Performs a system call with one path, which starts at the root of this container if not elsewhere. */
    <R extends @Nullable Object> R locked(@Nullable OpenFile at, Call<R> call) throws ErrnoException {
        return locked(at, this, null, call);
    }

    /**
     * Performs a system call while the locks of all volumes are held that its walks may come to, in the order of the
     * servers' numbers.
     *
     * @param at where the first path of it starts, if not at the root of this container
     * @param to the container of the second path
     * @param other where that starts, if not at its root
     */
    <R extends @Nullable Object> R locked(@Nullable OpenFile at, MountTable to, @Nullable OpenFile other, Call<R> call)
            throws ErrnoException {
        if (to == this && (at == null || at.table() == this) && (other == null || other.table() == this)) {
            return locked(servers, call);
        }
        Set<Server> all = new TreeSet<>(BY_NUMBER);
        all.addAll(List.of(servers));
        all.addAll(List.of(to.servers));
        all.addAll(at == null ? List.of() : List.of(at.table().servers));
        all.addAll(other == null ? List.of() : List.of(other.table().servers));
        return locked(all.toArray(Server[]::new), call);
    }

    private <R extends @Nullable Object> R locked(Server[] toLock, Call<R> call) throws ErrnoException {
        for (Server server : toLock) {
            server.lock().lock();
        }
        try {
            return call.perform(tick());
        } finally {
            for (Server server : toLock) {
                server.lock().unlock();
            }
        }
    }

    /** What is mounted on this directory of this mount, or null. */
    @Nullable
    MountPoint over(MountPoint mount, Inode directory) {
        if (many != null) {
            return many.over(mount, directory);
        }
        for (int i = nested.length - 1; i >= 0; i--) {
            MountPoint candidate = nested[i];
            if (candidate.covered() == directory
                    && candidate.below() != null
                    && candidate.below().isSameMount(mount)) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether something is mounted on this directory: then it is busy, whichever mount one comes to it by. */
    boolean isMountPoint(Inode directory) {
        if (many != null) {
            return many.isMountPoint(directory);
        }
        for (MountPoint candidate : nested) {
            if (candidate.covered() == directory) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a path leads to this server, by its text alone: what a hook is told about comes before the walk. Links
     * that lead into another mount count where they stand.
     */
    boolean isProbablyOn(Server server, @Nullable OpenFile at, byte[] path) {
        if (nested.length == 0 && many == null) {
            return root.server() == server;
        }
        if (at != null && (path.length == 0 || path[0] != '/')) {
            return at.mount().server() == server;
        }
        String text = "/" + ByteText.withSurrogates(path).replaceAll("/+", "/").replaceFirst("^/", "") + "/";
        return around(text).server() == server;
    }

    private MountPoint around(String text) {
        if (many != null) {
            List<MountPoint> along = many.along(text);
            return along.isEmpty() ? root : along.get(along.size() - 1);
        }
        MountPoint longest = root;
        for (MountPoint candidate : nested) {
            if (text.startsWith(candidate.path() + "/")
                    && candidate.path().length() >= longest.path().length()) {
                longest = candidate;
            }
        }
        return longest;
    }
}
