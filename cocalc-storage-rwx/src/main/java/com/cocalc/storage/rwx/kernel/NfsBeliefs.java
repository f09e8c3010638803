package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.Stat;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The caches of an NFS client: attributes and names, also missing ones, that it believes for a while after the server
 * reported them. What the client changes itself, or lists, it asks for anew.
 */
final class NfsBeliefs {
    /** As acregmin of a Linux client: three seconds. */
    private static final long ATTRIBUTES_NS = 3_000_000_000L;

    /** As acdirmin of a Linux client: thirty seconds. */
    private static final long NAMES_NS = 30_000_000_000L;

    private static final int MANY = 10_000;

    private final Map<Inode, Told> attributes = new HashMap<>();
    private final Map<DirectoryNode, Map<String, Named>> names = new HashMap<>();

    /** Attributes, and when the server told them. */
    private record Told(Stat stat, long at) {}

    /** What has a name (null: nothing), and when the server said so. */
    private record Named(@Nullable Inode node, long at) {}

    Stat stat(Inode node, long dev, long now) {
        Told told = attributes.get(node);
        if (told != null && now - told.at < ATTRIBUTES_NS) {
            return told.stat;
        }
        Stat stat = node.stat(dev);
        if (attributes.size() >= MANY) {
            attributes.clear();
        }
        attributes.put(node, new Told(stat, now));
        return stat;
    }

    /** Returns the inode that this client believes to have a name, where the server would now answer {@code node}. */
    @Nullable
    Inode learn(DirectoryNode directory, byte[] name, @Nullable Inode node, long now) {
        Named known = known(directory, name, now);
        if (known != null && (known.node == null || isAlive(known.node, now))) {
            return known.node;
        }
        return told(directory, name, node, now);
    }

    /**
     * What this client opens by a name that the server has given to {@code node} by now. A file that it knows by the
     * name it opens without a look at the name: also one that another client has moved away.
     */
    @Nullable
    Inode toOpen(DirectoryNode directory, byte[] name, @Nullable Inode node, boolean canMake, long now) {
        Named known = known(directory, name, now);
        if (known != null && known.node == null && !canMake) {
            return null;
        }
        if (known != null && known.node instanceof FileNode && known.node.nlink > 0) {
            return known.node;
        }
        return told(directory, name, node, now);
    }

    /** The server has just said what has this name. */
    @Nullable
    Inode told(DirectoryNode directory, byte[] name, @Nullable Inode node, long now) {
        if (names.size() >= MANY) {
            names.clear();
        }
        Map<String, Named> inDirectory = names.computeIfAbsent(directory, unseen -> new HashMap<>());
        if (inDirectory.size() >= MANY) {
            inDirectory.clear();
        }
        inDirectory.put(ByteText.withSurrogates(name), new Named(node, now));
        return node;
    }

    private @Nullable Named known(DirectoryNode directory, byte[] name, long now) {
        Map<String, Named> inDirectory = names.get(directory);
        Named known = inDirectory == null ? null : inDirectory.get(ByteText.withSurrogates(name));
        return known != null && now - known.at < NAMES_NS ? known : null;
    }

    /** Of an inode that is gone, the client knows so when it asks for its attributes again. */
    private boolean isAlive(Inode node, long now) {
        Told told = attributes.get(node);
        return node.nlink > 0 || (told != null && now - told.at < ATTRIBUTES_NS);
    }

    /** This client changed the inode, opens it, or lists it. */
    void forget(Inode node) {
        attributes.remove(node);
        if (node instanceof DirectoryNode directory) {
            names.remove(directory);
        }
    }
}
