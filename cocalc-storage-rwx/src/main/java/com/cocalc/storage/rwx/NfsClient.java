package com.cocalc.storage.rwx;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mount of a volume with the NFS profile: what its client has open. The server knows nothing of open files, so the
 * client itself keeps those alive that it removes: under another name, until their last handle is closed.
 */
final class NfsClient {
    private final Map<Inode, Held> held = new HashMap<>();
    private final NfsBeliefs beliefs = new NfsBeliefs();
    private int namesGiven;

    /** An inode that is open here. */
    private static final class Held {
        private int handles;
        private @Nullable KeptName kept;
    }

    /** The name that a removed file has until it is closed. */
    @SuppressWarnings("ArrayRecordComponent") // a name is bytes, and this one is never compared
    private record KeptName(DirectoryNode directory, byte[] name) {}

    NfsBeliefs beliefs() {
        return beliefs;
    }

    synchronized void opened(Inode node) {
        // Close-to-open: who opens a file sees what was closed before.
        beliefs.forget(node);
        held.computeIfAbsent(node, unseen -> new Held()).handles++;
    }

    /**
     * The name under which a file that is about to lose its last one stays, because it is open here; null if it need
     * not. The monitors of both must be held.
     *
     * @throws ErrnoException EBUSY if the name that it loses was given here
     */
    synchronized byte @Nullable [] nameToKeep(DirectoryNode directory, Inode node) throws ErrnoException {
        Held open = held.get(node);
        if (open == null || !(node instanceof FileNode) || node.nlink != 1) {
            return null;
        }
        if (open.kept != null) {
            throw Errno.EBUSY.exception();
        }
        byte[] name;
        do {
            name = String.format(".nfs%016x%08x", node.ino, ++namesGiven).getBytes(US_ASCII);
        } while (directory.find(name) != null);
        open.kept = new KeptName(directory, name);
        return name;
    }

    /** After the last handle, what was kept for it goes. No monitor may be held. */
    void closed(Inode node, Server server) {
        KeptName kept = close(node);
        if (kept == null) {
            return;
        }
        DirectoryNode directory = kept.directory;
        byte[] name = kept.name;
        long now = server.tick();
        synchronized (directory) {
            // Another client may have removed or renamed it.
            int position = directory.names().position(name, 0, name.length, Words.hash(name, 0, name.length));
            if (position != Names.NONE && directory.names().node(position) == node) {
                synchronized (node) {
                    directory.beginChange();
                    directory.remove(position);
                    server.inodes().dropName(node, now);
                    directory.mtime = now;
                    directory.ctime = now;
                    directory.endChange();
                    Disk disk = server.disk();
                    if (disk != null) {
                        disk.unnamed(directory, name, node, null);
                    }
                    beliefs.forget(directory);
                }
            }
        }
    }

    private synchronized @Nullable KeptName close(Inode node) {
        Held open = held.get(node);
        if (open == null || --open.handles > 0) {
            return null;
        }
        held.remove(node);
        return open.kept;
    }
}
