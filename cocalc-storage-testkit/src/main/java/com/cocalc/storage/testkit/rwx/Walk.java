package com.cocalc.storage.testkit.rwx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A path on its way: the only place where paths are resolved. {@link #toParent} stops before the last element,
 * {@link #find} goes all the way. Permissions are those of the user of the mount that the walk is in.
 */
final class Walk {
    static final int MAX_PATH = 4095;
    static final int MAX_NAME = 255;
    private static final int MAX_LINKS = 40;
    private static final int UNLOCKED_TRIES = 16;
    private static final int NEVER = -1;
    private static final byte[][] NO_PATHS = {};
    private static final int[] NO_POSITIONS = {};

    /** What the last element is. */
    enum Last {
        NAME,
        DOT,
        DOT_DOT,
        /** There is none: the path was slashes only. */
        ROOT
    }

    private final MountTable own;
    private final long now;
    private MountTable table;
    private MountPoint mount;
    private Inode here;

    /** The last element: a part of the path that was passed, or of the target of the last link. */
    private byte[] path = PathText.EMPTY;

    private int from;
    private int to;
    private int hash;
    private Last last = Last.ROOT;
    private boolean hasSlash;

    /** What {@link #lookUpLast} found, and the version of the directory then; an odd version has found nothing yet. */
    private @Nullable Inode seen;

    private int position = Names.NONE;
    private int versionSeen = NEVER;

    /** Whether this only asks for something, which a client of NFS answers by what it was told lately. */
    private boolean isAsking;

    /** Whether only plain names were walked through so far. */
    private boolean isPlain = true;

    private int links;
    private int depth;
    private byte[][] waiting = NO_PATHS;
    private int[] waitingAt = NO_POSITIONS;

    /** @param now the time for what the walk itself changes: the last access of links */
    Walk(MountTable own, long now) {
        this.own = own;
        this.now = now;
        this.table = own;
        this.mount = own.root();
        this.here = mount.root();
    }

    Walk asking() {
        isAsking = true;
        return this;
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

    /** After {@link #toParent}: the directory of the last element. */
    DirectoryNode parent() {
        return (DirectoryNode) here;
    }

    Last last() {
        return last;
    }

    boolean isName() {
        return last == Last.NAME;
    }

    /** Whether slashes follow the last element. */
    boolean hasSlash() {
        return hasSlash;
    }

    byte[] name() {
        return Arrays.copyOfRange(path, from, to);
    }

    /** Resolves all but the last element. */
    Walk toParent(@Nullable OpenFile at, byte[] wholePath) throws ErrnoException {
        if (wholePath.length == 0) {
            throw Errno.ENOENT.exception();
        }
        if (wholePath.length > MAX_PATH) {
            throw Errno.ENAMETOOLONG.exception();
        }
        if (at != null && wholePath[0] != '/') {
            here = at.nodeAsBase();
            table = at.table();
            mount = at.mount();
            continueToParent(wholePath, 0);
            return this;
        }
        int end = skipSlashesBack(wholePath, wholePath.length);
        int start = Words.startOfElement(wholePath, end);
        int prefix = skipSlashesBack(wholePath, start);
        if (prefix == 0) {
            continueToParent(wholePath, 0);
            return this;
        }
        KnownDirectories.Known known = own.known().find(wholePath, prefix);
        if (known != null) {
            mount = known.mount;
            here = known.directory;
            Permissions.require(mount.user(), requireDirectory(), Permissions.EXECUTE);
            stopAt(wholePath, start, end);
            return this;
        }
        long[] stamps = own.known().stamps();
        continueToParent(wholePath, 0);
        if (stamps != null && isPlain && here instanceof DirectoryNode directory) {
            own.known().remember(wholePath, prefix, stamps, mount, directory);
        }
        return this;
    }

    private void stopAt(byte[] lastPath, int start, int end) {
        path = lastPath;
        from = start;
        to = end;
        hash = Words.hash(lastPath, start, end);
        last = kindOf(lastPath, start, end);
        hasSlash = end < lastPath.length;
        versionSeen = NEVER;
    }

    private void continueToParent(byte[] next, int start) throws ErrnoException {
        byte[] now = next;
        int at = start;
        if (start == 0 && now[0] == '/') {
            jumpToRoot();
        }
        while (true) {
            at = skipSlashes(now, at);
            if (at == now.length) {
                if (depth == 0) {
                    last = Last.ROOT;
                    hasSlash = false;
                    return;
                }
                depth--;
                now = waiting[depth];
                at = waitingAt[depth];
                continue;
            }
            DirectoryNode directory = requireDirectory();
            Permissions.require(mount.user(), directory, Permissions.EXECUTE);
            int end = at;
            while (end < now.length && now[end] != '/') {
                end++;
            }
            int after = skipSlashes(now, end);
            Last kind = kindOf(now, at, end);
            if (after == now.length && depth == 0) {
                stopAt(now, at, end);
                return;
            }
            if (kind == Last.DOT_DOT) {
                isPlain = false;
                goUp();
            } else if (kind == Last.NAME) {
                Inode node = lookUp(directory, now, at, end);
                if (node instanceof LinkNode link) {
                    countLink(link);
                    push(now, after);
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
            if (hasSlash) {
                isFollowing = true;
                mustBeDirectory = true;
            }
            Inode node = lookUpLast();
            if (node == null) {
                throw Errno.ENOENT.exception();
            }
            if (isFollowing && node instanceof LinkNode link) {
                follow(link);
                continue;
            }
            if (mustBeDirectory && !node.isDirectory()) {
                throw Errno.ENOTDIR.exception();
            }
            return arrive(node);
        }
    }

    /** The directory that {@code .}, {@code ..} or {@code /} is. */
    Inode arriveAtDots() throws ErrnoException {
        requireNotStale();
        if (last == Last.DOT_DOT) {
            goUp();
        }
        return here;
    }

    /** A server does not know a directory that is gone, and says so; one host still has it. */
    private void requireNotStale() throws ErrnoException {
        if (here.nlink == 0 && mount.nfs() != null) {
            throw Errno.ESTALE.exception();
        }
    }

    /** What is at the end of the walk: a mount where one hides this inode. {@link #parent} is no more afterwards. */
    Inode arrive(Inode node) {
        if (node.isDirectory() && table.over(mount, node) != null) {
            enter(node);
            return here;
        }
        return node;
    }

    /** The inode of the last name, as of one moment; null if it is missing. */
    @Nullable
    Inode lookUpLast() throws ErrnoException {
        if (to - from > MAX_NAME) {
            throw Errno.ENAMETOOLONG.exception();
        }
        DirectoryNode directory = parent();
        Inode node = findAtomically(directory);
        NfsClient nfs = mount.nfs();
        return nfs == null || !isAsking ? node : nfs.beliefs().learn(directory, name(), node, now);
    }

    /** Never as of a moment in the middle of a rename. */
    private @Nullable Inode findAtomically(DirectoryNode directory) {
        for (int i = 0; i < UNLOCKED_TRIES; i++) {
            int version = directory.version();
            find(directory.names());
            if (directory.isUnchanged(version)) {
                versionSeen = version;
                return seen;
            }
            Thread.onSpinWait();
        }
        synchronized (directory) {
            return findLocked(directory);
        }
    }

    private @Nullable Inode findLocked(DirectoryNode directory) {
        if (!directory.isUnchanged(versionSeen)) {
            find(directory.names());
            versionSeen = directory.version();
        }
        return seen;
    }

    private void find(Names names) {
        position = names.position(path, from, to, hash);
        seen = position == Names.NONE ? null : names.node(position);
    }

    /** Whether a client of NFS was told lately that there is no such name. */
    boolean isBelievedMissing() {
        NfsClient nfs = mount.nfs();
        return nfs != null && nfs.beliefs().isMissing(parent(), name(), now);
    }

    /** The inode of the last name; the parent's monitor must be held. */
    @Nullable
    Inode lookUpLastLocked() throws ErrnoException {
        if (to - from > MAX_NAME) {
            throw Errno.ENAMETOOLONG.exception();
        }
        return findLocked(parent());
    }

    /** Starts anew if the last name is no longer what {@link #lookUpLast} found. */
    void requireStillThere(Inode node) {
        if (isName()
                && (!isAsking || mount.nfs() == null)
                && here != node
                && here instanceof DirectoryNode directory
                && !directory.isUnchanged(versionSeen)
                && directory.names().find(path, from, to, hash) != node) {
            throw Retry.NOW;
        }
    }

    void follow(LinkNode link) throws ErrnoException {
        countLink(link);
        continueToParent(link.target(), 0);
    }

    /** After {@link #lookUpLastLocked} found something: gives the last name to another inode. */
    void replaceLast(Inode node) {
        parent().replace(position, node);
    }

    /** After {@link #lookUpLastLocked} found nothing: gives the last name to an inode. */
    void putLast(Inode node) {
        parent().put(name(), hash, node);
    }

    /** Where a client of NFS has the inode of the last name open: the name to give to it instead. Null otherwise. */
    byte @Nullable [] nameToKeep(Inode node) throws ErrnoException {
        NfsClient nfs = mount.nfs();
        return nfs == null ? null : nfs.nameToKeep(parent(), node);
    }

    /** After {@link #lookUpLastLocked} found something: removes the last name. */
    void removeLast() {
        parent().remove(position);
    }

    private DirectoryNode requireDirectory() throws ErrnoException {
        if (here instanceof DirectoryNode directory) {
            requireNotStale();
            return directory;
        }
        throw Errno.ENOTDIR.exception();
    }

    private static Inode lookUp(DirectoryNode directory, byte[] path, int from, int to) throws ErrnoException {
        if (to - from > MAX_NAME) {
            throw Errno.ENAMETOOLONG.exception();
        }
        Inode node = directory.names().find(path, from, to, Words.hash(path, from, to));
        if (node == null) {
            throw Errno.ENOENT.exception();
        }
        return node;
    }

    private void enter(Inode node) {
        here = node;
        MountPoint over = node.isDirectory() ? table.over(mount, node) : null;
        while (over != null) {
            mount = over;
            here = over.root();
            over = table.over(mount, here);
        }
    }

    private void goUp() throws ErrnoException {
        while (here == mount.root()) {
            MountPoint below = mount.below();
            DirectoryNode covered = mount.covered();
            if (below == null || covered == null) {
                return;
            }
            mount = below;
            here = covered;
        }
        DirectoryNode up = requireDirectory().parent;
        // Somebody may have moved this directory out of the part that is mounted: there is no way up from there.
        if (mount.root().parent != mount.root() && !up.isWithin(mount.root())) {
            throw Errno.ENOENT.exception();
        }
        enter(up);
    }

    private void jumpToRoot() {
        table = own;
        mount = own.root();
        here = mount.root();
    }

    private void countLink(LinkNode link) throws ErrnoException {
        isPlain = false;
        if (++links > MAX_LINKS) {
            throw Errno.ELOOP.exception();
        }
        if (!mount.isReadOnly()) {
            link.touch(now);
        }
    }

    private void push(byte[] rest, int at) {
        if (depth == waiting.length) {
            waiting = Arrays.copyOf(waiting, depth + 4);
            waitingAt = Arrays.copyOf(waitingAt, depth + 4);
        }
        waiting[depth] = rest;
        waitingAt[depth] = at;
        depth++;
    }

    private static int skipSlashes(byte[] path, int from) {
        int at = from;
        while (at < path.length && path[at] == '/') {
            at++;
        }
        return at;
    }

    private static int skipSlashesBack(byte[] path, int to) {
        int end = to;
        while (end > 0 && path[end - 1] == '/') {
            end--;
        }
        return end;
    }

    private static Last kindOf(byte[] path, int from, int to) {
        if (path[from] != '.' || to - from > 2) {
            return Last.NAME;
        }
        return to - from == 1 ? Last.DOT : path[from + 1] == '.' ? Last.DOT_DOT : Last.NAME;
    }
}
