package com.cocalc.storage.testkit.rwx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client of NFS was told by its server and believes for a while: attributes, and names, also that there is none.
 * What the client changes itself, it asks for anew.
 */
final class NfsBeliefs {
    /** As acregmin of a Linux client: three seconds. */
    private static final long LASTING_NS = 3_000_000_000L;

    private static final int MANY = 10_000;

    private final Map<Inode, Told> attributes = new HashMap<>();
    private final Map<DirectoryNode, Map<String, Named>> names = new HashMap<>();

    /** Attributes, and when the server told them. */
    private record Told(Stat stat, long at) {}

    /** What has a name (null: nothing), and when the server said so. */
    private record Named(@Nullable Inode node, long at) {}

    synchronized Stat stat(Inode node, long dev, long now) {
        Told told = attributes.get(node);
        if (told != null && now - told.at < LASTING_NS) {
            return told.stat;
        }
        if (attributes.size() >= MANY) {
            attributes.clear();
        }
        Stat stat = node.stat(dev);
        attributes.put(node, new Told(stat, now));
        return stat;
    }

    /** Believes from now on that this name has that inode, unless something is believed of it already. */
    synchronized @Nullable Inode learn(DirectoryNode directory, byte[] name, @Nullable Inode node, long now) {
        if (names.size() >= MANY) {
            names.clear();
        }
        Map<String, Named> inDirectory = names.computeIfAbsent(directory, unseen -> new HashMap<>());
        if (inDirectory.size() >= MANY) {
            inDirectory.clear();
        }
        String key = ByteText.withSurrogates(name);
        Named known = inDirectory.get(key);
        if (known != null && now - known.at < LASTING_NS) {
            return known.node;
        }
        inDirectory.put(key, new Named(node, now));
        return node;
    }

    synchronized boolean isMissing(DirectoryNode directory, byte[] name, long now) {
        Map<String, Named> inDirectory = names.get(directory);
        Named known = inDirectory == null ? null : inDirectory.get(ByteText.withSurrogates(name));
        return known != null && known.node == null && now - known.at < LASTING_NS;
    }

    /** This client changed the inode, or opens it. */
    synchronized void forget(Inode node) {
        attributes.remove(node);
        if (node instanceof DirectoryNode directory) {
            names.remove(directory);
        }
    }
}
