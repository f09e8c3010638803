package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.OpenName;
import com.cocalc.storage.rwx.disk.TreeListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The watches of the directories of a volume. The lock of the volume must be held. */
final class Watches implements TreeListener {
    private final Map<DirectoryNode, List<Watch>> byDirectory = new HashMap<>();

    void add(DirectoryNode directory, Watch watch) {
        byDirectory.computeIfAbsent(directory, unseen -> new ArrayList<>()).add(watch);
    }

    void remove(DirectoryNode directory, Watch watch) {
        List<Watch> watches = byDirectory.get(directory);
        if (watches != null && watches.remove(watch) && watches.isEmpty()) {
            byDirectory.remove(directory);
        }
    }

    @Override
    public void named(DirectoryNode directory, byte[] name) {
        tell(directory, Watch.Kind.CREATED, name);
    }

    @Override
    public void unnamed(DirectoryNode directory, byte[] name) {
        tell(directory, Watch.Kind.DELETED, name);
    }

    @Override
    public void removed(DirectoryNode directory) {
        List<Watch> watches = byDirectory.remove(directory);
        if (watches != null) {
            watches.forEach(Watch::ended);
        }
    }

    /** The server is gone. */
    void endAll() {
        byDirectory.values().forEach(watches -> watches.forEach(Watch::ended));
        byDirectory.clear();
    }

    /** Contents or attributes of an inode changed that was found in a directory, or not by a name if that is null. */
    void modified(Inode node, @Nullable DirectoryNode foundIn, LastName name) {
        if (!byDirectory.isEmpty()) {
            modified(node, foundIn == null ? null : name.openName(foundIn, node));
        }
    }

    /**
     * Contents or attributes of an inode changed. As on Linux the directory of the name is told by which it was found,
     * and no other one that has a name of it.
     */
    void modified(Inode node, @Nullable OpenName name) {
        if (byDirectory.isEmpty()) {
            return;
        }
        if (name != null) {
            tell(name.directory(), Watch.Kind.MODIFIED, name.name());
            return;
        }
        // It was found as the directory that . or .. is, or as what is mounted.
        for (DirectoryNode directory : List.copyOf(byDirectory.keySet())) {
            int at = directory.names().inodes().indexOf(node);
            if (at >= 0) {
                tell(directory, Watch.Kind.MODIFIED, directory.names().list().get(at));
            }
        }
    }

    private void tell(DirectoryNode directory, Watch.Kind kind, byte[] name) {
        if (!byDirectory.isEmpty()) {
            byDirectory.getOrDefault(directory, List.of()).forEach(watch -> watch.happened(kind, name));
        }
    }
}
