package com.cocalc.storage.rwx;

import org.jspecify.annotations.Nullable;

/**
 * A path on its way: the only place where paths are resolved. {@link #toParent} stops before the last element,
 * {@link #find} goes all the way. Permissions are those of the user of the mount that the walk is in.
 */
final class Walk extends Location {
    static final int MAX_PATH = 4095;

    private final long now;

    private final LastName last = new LastName();

    /** Whether this only asks for something, which a client of NFS answers by what it was told lately. */
    private boolean isAsking;

    /** What a client of NFS is to open, whatever has the name by now. */
    private @Nullable Inode believed;

    private boolean hasGoneUp;

    /** Null as long as there was none. */
    private @Nullable LinksOnTheWay links;

    /** @param now the time for what the walk itself changes: the last access of links */
    Walk(MountTable own, long now) {
        super(own);
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

    LastName.Kind last() {
        return last.kind();
    }

    boolean isName() {
        return last.kind() == LastName.Kind.NAME;
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
        if (wholePath.length == 0) {
            throw Errno.ENOENT.exception();
        }
        if (wholePath.length > MAX_PATH) {
            throw Errno.ENAMETOOLONG.exception();
        }
        if (at != null && wholePath[0] != '/') {
            startAt(at);
            continueToParent(wholePath, 0);
            return this;
        }
        int end = Words.skipSlashesBack(wholePath, wholePath.length);
        int start = Words.startOfElement(wholePath, end);
        int prefix = Words.skipSlashesBack(wholePath, start);
        if (prefix == 0) {
            continueToParent(wholePath, 0);
            return this;
        }
        KnownDirectories directories = ownTable().known();
        KnownDirectories.Known known = directories.find(wholePath, prefix);
        if (known != null) {
            jumpTo(known);
            Permissions.require(user(), requireDirectory(), Permissions.EXECUTE);
            last.set(wholePath, start, end);
            return this;
        }
        long[] stamps = directories.stamps();
        continueToParent(wholePath, 0);
        if (stamps != null && !hasGoneUp && links == null && here() instanceof DirectoryNode directory) {
            directories.remember(wholePath, prefix, stamps, mount(), directory);
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
        if (last.kind() == LastName.Kind.DOT_DOT) {
            goUp();
        }
        return here();
    }

    /** The inode of the last name, as of one moment; null if it is missing. */
    @Nullable
    Inode lookUpLast() throws ErrnoException {
        last.requireFitting(parent());
        Inode node = last.findIn(parent());
        NfsClient nfs = mount().nfs();
        return nfs == null || !isAsking ? node : nfs.beliefs().learn(parent(), name(), node, now);
    }

    /** The same for who opens it: a client of NFS opens what it believes to have that name. */
    @Nullable
    Inode lookUpToOpen(int flags) throws ErrnoException {
        Inode node = lookUpLast();
        NfsClient nfs = mount().nfs();
        if (nfs == null) {
            return node;
        }
        boolean isExclusive = (flags & OpenFlags.EXCL) != 0 && (flags & OpenFlags.CREAT) != 0;
        believed = isExclusive
                ? nfs.beliefs().told(parent(), name(), node, now)
                : nfs.beliefs().toOpen(parent(), name(), node, (flags & OpenFlags.CREAT) != 0, now);
        return believed;
    }

    /** This client has given the last name to an inode. */
    void learnLast(Inode made) {
        NfsClient nfs = mount().nfs();
        if (nfs != null) {
            nfs.beliefs().told(parent(), name(), made, now);
        }
    }

    /** The inode of the last name; the parent's monitor must be held. */
    @Nullable
    Inode lookUpLastLocked() throws ErrnoException {
        last.requireFitting(parent());
        return last.findLockedIn(parent());
    }

    /** Starts anew if the last name is no longer what {@link #lookUpLast} found. */
    void requireStillThere(Inode node) {
        if (isName()
                && (!isAsking || mount().nfs() == null)
                && here() != node
                && believed != node
                && here() instanceof DirectoryNode directory
                && !last.isStill(node, directory)) {
            throw Retry.NOW;
        }
    }

    void follow(LinkNode link) throws ErrnoException {
        counted(link);
        continueToParent(link.target(), 0);
    }

    /** After {@link #lookUpLastLocked} found something: gives the last name to another inode. */
    void replaceLast(Inode node) {
        last.replaceIn(parent(), node);
    }

    /** After {@link #lookUpLastLocked} found nothing: gives the last name to an inode. */
    void putLast(Inode node) {
        last.putIn(parent(), node);
    }

    /** Where a client of NFS has the inode of the last name open: the name to give to it instead. Null otherwise. */
    byte @Nullable [] nameToKeep(Inode node) throws ErrnoException {
        NfsClient nfs = mount().nfs();
        return nfs == null ? null : nfs.nameToKeep(parent(), node);
    }

    /** After {@link #lookUpLastLocked} found something: removes the last name. */
    void removeLast() {
        last.removeFrom(parent());
    }

    private static Inode lookUp(DirectoryNode directory, byte[] path, int from, int to) throws ErrnoException {
        LastName.requireFitting(directory, from, to);
        Inode node = directory.names().find(path, from, to, Words.hash(path, from, to));
        if (node == null) {
            throw Errno.ENOENT.exception();
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
