package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;
import com.cocalc.storage.rwx.disk.Words;
import org.jspecify.annotations.Nullable;

/**
 * A path on its way: the only place where paths are resolved, and where mount points are crossed, down into what is
 * mounted and up again out of it. {@link #toParent} stops before the last element, {@link #find} goes all the way.
 * Permissions are those of the user of the mount that the walk is in. The locks of all volumes that it may come to are
 * held.
 */
final class Walk {
    static final int MAX_PATH = 4095;

    private final MountTable own;
    private final long now;

    private final LastName last = new LastName();

    private MountTable table;
    private MountPoint mount;
    private Inode here;
    /** Whether this only asks for something, which an NFS client answers from what the server told it recently. */
    private boolean isAsking;

    private boolean hasGoneUp;

    /** Null as long as there was none. */
    private @Nullable LinksOnTheWay links;

    /**
     * At the root of a container.
     *
     * @param now the time for what the walk itself changes: the last access of links
     */
    Walk(MountTable own, long now) {
        this.own = own;
        this.table = own;
        this.mount = own.root();
        this.here = mount.root();
        this.now = now;
    }

    Walk asking() {
        isAsking = true;
        return this;
    }

    /** After {@link #toParent}: the directory of the last element. */
    DirectoryNode parent() {
        return (DirectoryNode) here();
    }

    /** The same; null if what the walk has come to has no name there. */
    @Nullable
    DirectoryNode parentOfName() {
        return last.isName() && here instanceof DirectoryNode directory ? directory : null;
    }

    LastName.Kind last() {
        return last.kind();
    }

    /** The directory and the name by which the inode was found, for watches. */
    LastName lastName() {
        return last;
    }

    boolean isName() {
        return last.isName();
    }

    /** Whether slashes follow the last element. */
    boolean hasSlash() {
        return last.hasSlash();
    }

    byte[] name() {
        return last.bytes();
    }

    /** Resolves all but the last element. */
    Walk toParent(@Nullable OpenFile at, byte[] wholePath) throws ErrnoException {
        KnownDirectories.Known known = at == null ? own.known().find(wholePath) : null;
        if (known == null) {
            return toUnknownParent(at, wholePath);
        }
        mount = known.mount;
        here = known.directory;
        Permissions.require(user(), requireDirectory(), Permissions.EXECUTE);
        last.set(
                wholePath,
                Words.skipSlashes(wholePath, known.length()),
                Words.skipSlashesBack(wholePath, wholePath.length));
        return this;
    }

    private Walk toUnknownParent(@Nullable OpenFile at, byte[] wholePath) throws ErrnoException {
        if (wholePath.length == 0) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        if (wholePath.length > MAX_PATH) {
            throw ErrnoException.of(Errno.ENAMETOOLONG);
        }
        boolean isRelative = at != null && wholePath[0] != '/';
        if (at != null && isRelative) {
            startAt(at);
        }
        continueToParent(wholePath, 0);
        if (!isRelative && !hasGoneUp && links == null && here instanceof DirectoryNode directory) {
            own.known().remember(wholePath, mount, directory);
        }
        return this;
    }

    private void continueToParent(byte[] next, int start) throws ErrnoException {
        byte[] now = next;
        int at = start;
        if (start == 0 && now[0] == '/') {
            jumpToRoot();
        }
        while (true) {
            at = Words.skipSlashes(now, at);
            if (at == now.length) {
                if (links == null || links.isNoneWaiting()) {
                    last.setRoot();
                    return;
                }
                now = links.path();
                at = links.pop();
                continue;
            }
            DirectoryNode directory = requireDirectory();
            Permissions.require(user(), directory, Permissions.EXECUTE);
            int end = Words.endOfElement(now, at);
            int after = Words.skipSlashes(now, end);
            if (after == now.length && (links == null || links.isNoneWaiting())) {
                last.set(now, at, end);
                return;
            }
            LastName.Kind kind = LastName.kindOf(now, at, end);
            if (kind == LastName.Kind.DOT_DOT) {
                hasGoneUp = true;
                goUp();
            } else if (kind == LastName.Kind.NAME) {
                Inode node = lookUp(directory, now, at, end);
                if (node instanceof LinkNode link) {
                    counted(link).push(now, after);
                    now = link.target();
                    at = 0;
                    if (now[0] == '/') {
                        jumpToRoot();
                    }
                    continue;
                }
                enter(node);
            }
            at = after;
        }
    }

    /** Resolves the last element too. A link there is followed if asked for, or if slashes come behind it. */
    Inode find(boolean follow) throws ErrnoException {
        boolean isFollowing = follow;
        boolean mustBeDirectory = false;
        while (true) {
            if (!isName()) {
                return arriveAtDots();
            }
            if (last.hasSlash()) {
                isFollowing = true;
                mustBeDirectory = true;
            }
            Inode node = lookUpLast();
            if (node == null) {
                throw ErrnoException.of(Errno.ENOENT);
            }
            if (isFollowing && node instanceof LinkNode link) {
                follow(link);
                continue;
            }
            if (mustBeDirectory && !node.isDirectory()) {
                throw ErrnoException.of(Errno.ENOTDIR);
            }
            return arrive(node);
        }
    }

    /** The directory that {@code .}, {@code ..} or {@code /} is. */
    Inode arriveAtDots() throws ErrnoException {
        requireNotStale();
        if (last.kind() == LastName.Kind.DOT_DOT) {
            goUp();
        }
        return here();
    }

    /** The inode of the last name, as the server has it; null if it is missing. */
    @Nullable
    Inode lookUpOnServer() throws ErrnoException {
        last.requireFitting(parent());
        return last.findIn(parent());
    }

    /** The inode of the last name; null if it is missing. */
    @Nullable
    Inode lookUpLast() throws ErrnoException {
        Inode node = lookUpOnServer();
        NfsClient nfs = mount.nfs();
        return nfs == null || !isAsking ? node : nfs.beliefs().learn(parent(), name(), node, now);
    }

    /** The same for open(2): an NFS client opens the inode that it believes to have that name. */
    @Nullable
    Inode lookUpToOpen(int flags) throws ErrnoException {
        Inode node = lookUpLast();
        NfsClient nfs = mount().nfs();
        if (nfs == null) {
            return node;
        }
        boolean isExclusive = (flags & OpenFlags.EXCL) != 0 && (flags & OpenFlags.CREAT) != 0;
        return isExclusive
                ? nfs.beliefs().told(parent(), name(), node, now)
                : nfs.beliefs().toOpen(parent(), name(), node, (flags & OpenFlags.CREAT) != 0, now);
    }

    /** This client has given the last name to an inode. */
    void learnLast(Inode made) {
        NfsClient nfs = mount().nfs();
        if (nfs != null) {
            nfs.beliefs().told(parent(), name(), made, now);
        }
    }

    void follow(LinkNode link) throws ErrnoException {
        counted(link);
        continueToParent(link.target(), 0);
    }

    /** Where a client of NFS has the inode of the last name open: the name to give to it instead. Null otherwise. */
    byte @Nullable [] nameToKeep(Inode node) throws ErrnoException {
        NfsClient nfs = mount().nfs();
        return nfs == null ? null : nfs.nameToKeep(parent(), node);
    }

    MountPoint mount() {
        return mount;
    }

    Credentials user() {
        return mount.user();
    }

    Server server() {
        return mount.server();
    }

    Inode here() {
        return here;
    }

    DirectoryNode requireDirectory() throws ErrnoException {
        if (here instanceof DirectoryNode directory) {
            requireNotStale();
            return directory;
        }
        throw ErrnoException.of(Errno.ENOTDIR);
    }

    /** A server does not know a directory that is gone, and says so; one host still has it. */
    void requireNotStale() throws ErrnoException {
        if (here.nlink == 0 && mount.nfs() != null) {
            throw ErrnoException.of(Errno.ESTALE);
        }
    }

    /** At an open directory, in the container that opened it. */
    void startAt(OpenFile directory) throws ErrnoException {
        here = directory.nodeAsBase();
        table = directory.table();
        mount = directory.mount();
    }

    void jumpToRoot() {
        table = own;
        mount = own.root();
        here = mount.root();
    }

    /** Goes down to an inode of this mount, or to the root of what is mounted over it. */
    void enter(Inode node) {
        here = node;
        MountPoint over = table.over(mount, node);
        while (over != null) {
            mount = over;
            here = over.root();
            over = table.over(mount, here);
        }
    }

    /** Goes up to the parent, out of a mount from its root; at the container's root it stays. */
    void goUp() throws ErrnoException {
        while (here == mount.root()) {
            MountPoint below = mount.below();
            Inode covered = mount.covered();
            if (below == null || covered == null || covered.nlink == 0) {
                return;
            }
            mount = below;
            here = covered;
        }
        DirectoryNode up = requireDirectory().parent;
        // Another call may have moved this directory out of the part that is mounted: there is no way up from there.
        if (mount.root() instanceof DirectoryNode root && root.parent != root && !up.isWithin(root)) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        enter(up);
    }

    /** What is at the end of the walk: a mount where one hides this inode. The directory of it is left then. */
    Inode arrive(Inode node) {
        if (table.over(mount, node) != null) {
            enter(node);
            return here;
        }
        return node;
    }

    private static Inode lookUp(DirectoryNode directory, byte[] path, int from, int to) throws ErrnoException {
        LastName.requireFitting(directory, from, to);
        Inode node = directory.names().find(path, from, to);
        if (node == null) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        return node;
    }

    private LinksOnTheWay counted(LinkNode link) throws ErrnoException {
        LinksOnTheWay followed = links == null ? new LinksOnTheWay() : links;
        links = followed;
        followed.count();
        if (!mount().isReadOnly()) {
            link.touch(now);
        }
        return followed;
    }
}
