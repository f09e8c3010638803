package com.cocalc.storage.rwx.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mount of a volume with the NFS profile: what its client has open. The server knows nothing of open files, so the
 * client itself keeps those alive that it removes: under another name, until their last handle is closed. The lock of
 * the volume must be held.
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

    void opened(Inode node) {
        // Close-to-open: opening a file shows what was closed before.
        beliefs.forget(node);
        held.computeIfAbsent(node, unseen -> new Held()).handles++;
    }

    /**
     * The name under which a file that is about to lose its last one stays, because it is open here; null if it need
     * not.
     *
     * @throws ErrnoException EBUSY if the name that it loses was given here
     */
    byte @Nullable [] nameToKeep(DirectoryNode directory, Inode node) throws ErrnoException {
        Held open = held.get(node);
        if (open == null || !(node instanceof FileNode) || node.nlink != 1) {
            return null;
        }
        if (open.kept != null) {
            throw ErrnoException.of(Errno.EBUSY);
        }
        byte[] name;
        do {
            name = String.format(".nfs%016x%08x", node.ino, ++namesGiven).getBytes(US_ASCII);
        } while (directory.find(name) != null);
        open.kept = new KeptName(directory, name);
        return name;
    }

    /** After the last handle, what was kept for it goes. */
    void closed(Inode node, Server server) {
        KeptName kept = close(node);
        if (kept == null) {
            return;
        }
        // Another client may have removed or renamed it.
        if (kept.directory.find(kept.name) == node) {
            server.tree().unlink(kept.directory, kept.name, node, null, server.tick());
            beliefs.forget(kept.directory);
        }
    }

    private @Nullable KeptName close(Inode node) {
        Held open = held.get(node);
        if (open == null || --open.handles > 0) {
            return null;
        }
        held.remove(node);
        return open.kept;
    }
}
