package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;
import com.cocalc.storage.rwx.disk.Quota;
import com.cocalc.storage.rwx.disk.Tree;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Counts from scratch what a volume uses: all that has a name, and all that had one and is open or mounted. It has to
 * look between any two system calls, so that it has seen every inode while that had a name.
 */
final class SpaceCount {
    private final Set<Inode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Pages and inodes. */
    private record Used(long pages, long inodes) {
        private static final Used NOTHING = new Used(0, 0);

        Used plus(Used other) {
            return new Used(pages + other.pages, inodes + other.inodes);
        }
    }

    /** Compares with what the volume has counted. Returns how many handles and mounts hold inodes. */
    int check(RwxVolume volume) {
        volume.server().lock().lock();
        try {
            return check(volume.server().tree());
        } finally {
            volume.server().lock().unlock();
        }
    }

    private int check(Tree tree) {
        IdentityHashMap<Inode, Integer> names = names(tree.root());
        seen.addAll(names.keySet());
        IdentityHashMap<Quota, Used> ofQuotas = new IdentityHashMap<>();
        Used all = Used.NOTHING;
        int holders = 0;
        for (Inode node : List.copyOf(seen)) {
            assertThat(node.holders).isNotNegative();
            if (!node.isDirectory()) {
                assertThat(node.nlink).isEqualTo(names.getOrDefault(node, 0));
            }
            if (names.containsKey(node) || node.holders > 0) {
                Used used = new Used(pages(node), node.isDirectory() ? 1 : Math.max(1, node.nlink));
                all = all.plus(used);
                if (node.quota != null) {
                    ofQuotas.merge(node.quota, used, Used::plus);
                }
                holders += node.holders - heldByChildren(node);
            } else {
                assertThat(node.size()).as("size of what is gone").isLessThanOrEqualTo(node.isDirectory() ? 40 : 255);
                seen.remove(node);
            }
        }

        assertThat(new Used(tree.space().pages().used(), tree.space().inodes().used()))
                .isEqualTo(all);
        ofQuotas.forEach((quota, used) ->
                assertThat(new Used(quota.pages.used(), quota.inodes.used())).isEqualTo(used));
        return holders;
    }

    /** A directory that was removed while somebody had it open still leads to its parent. */
    private int heldByChildren(Inode node) {
        int count = 0;
        for (Inode other : seen) {
            boolean isRemoved = other instanceof DirectoryNode directory && directory.isRemoved();
            if (isRemoved && other.holders > 0 && ((DirectoryNode) other).parent == node) {
                count++;
            }
        }
        return count;
    }

    private static IdentityHashMap<Inode, Integer> names(DirectoryNode root) {
        IdentityHashMap<Inode, Integer> names = new IdentityHashMap<>();
        names.put(root, 1);
        Deque<DirectoryNode> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            for (Inode node : open.remove().names().inodes()) {
                names.merge(node, 1, Integer::sum);
                if (node instanceof DirectoryNode directory) {
                    open.add(directory);
                }
            }
        }
        return names;
    }

    private static long pages(Inode node) {
        if (node instanceof LinkNode link) {
            return LinkNode.pagesOf(link.target());
        }
        long count = 0;
        if (node instanceof FileNode file) {
            for (long page = file.nextPage(0); page >= 0; page = file.nextPage(page + 1)) {
                count++;
            }
        }
        return count;
    }
}
