package com.cocalc.storage.rwx.disk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree that is found after a crash: a server's new inodes, with the numbers of the old ones. */
final class Survivors {
    private final DiskCut cut = new DiskCut();
    private final Chances chances;
    private final Map<DiskNode, Inode> made = new LinkedHashMap<>();
    private final Map<DirectoryNode, Quota> quotas = new LinkedHashMap<>();
    private final Deque<Runnable> toFill = new ArrayDeque<>();
    private final DirectoryNode root;

    Survivors(DiskDirectory top, Chances chances, Map<Long, Quota> quotas) {
        this.chances = chances;
        for (DiskDirectory directory : directories(top)) {
            long forced = directory.forced();
            cut.raise(directory, forced + chances.upTo((int) (directory.end() - forced)));
        }
        this.root = build(top);
        this.root.holders = 1;
        Map<Long, DirectoryNode> byNumber = new LinkedHashMap<>();
        made.values().forEach(node -> {
            if (node instanceof DirectoryNode directory) {
                byNumber.put(directory.ino, directory);
            }
        });
        quotas.forEach((number, quota) -> {
            DirectoryNode directory = byNumber.get(number);
            if (directory != null) {
                Quota again = quota.unused();
                again.assignTo(directory);
                this.quotas.put(directory, again);
            }
        });
    }

    DirectoryNode root() {
        return root;
    }

    /** The limits that directories have. */
    Map<DirectoryNode, Quota> quotas() {
        return quotas;
    }

    /** All that a name may still lead to, in an order that the operations alone decide. */
    private static Set<DiskDirectory> directories(DiskDirectory top) {
        Set<DiskDirectory> found = new LinkedHashSet<>();
        Deque<DiskDirectory> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            DiskDirectory directory = open.remove();
            if (found.add(directory)) {
                for (DiskNode node : directory.everNamed()) {
                    if (node instanceof DiskDirectory below) {
                        open.add(below);
                    }
                }
            }
        }
        return found;
    }

    /** Builds a directory with all that is below it, one after the other. */
    private DirectoryNode build(DiskDirectory top) {
        DirectoryNode built = directory(top, null);
        while (!toFill.isEmpty()) {
            toFill.remove().run();
        }
        return built;
    }

    private DirectoryNode directory(DiskDirectory directory, @Nullable DirectoryNode parent) {
        DiskDirectory.State state = directory.after(cut.count(directory));
        DirectoryNode node = new DirectoryNode(directory.ino, 0, 0, 0, 0, parent);
        state.attributes().giveTo(node);
        made.put(directory, node);
        toFill.add(() -> fill(node, state));
        return node;
    }

    private void fill(DirectoryNode node, DiskDirectory.State state) {
        state.names().forEach((name, named) -> {
            byte[] bytes = ByteText.toBytes(name);
            if (named instanceof DiskDirectory below) {
                node.names().put(bytes, directory(below, node));
                node.nlink++;
            } else {
                Inode there = made.computeIfAbsent(named, this::leaf);
                there.nlink++;
                node.names().put(bytes, there);
            }
        });
    }

    private Inode leaf(DiskNode node) {
        return node instanceof DiskFile file ? file.survivor(chances) : ((DiskLeaf) node).survivor(chances);
    }

    /** Takes what they use, even beyond the limit: a disk gives up nothing before it knows that it may. */
    void takeFrom(Space space) {
        for (Inode node : made.values()) {
            space.inodes().force(node.isDirectory() ? 1 : node.nlink);
            space.pages().force(Space.pagesOf(node));
        }
    }
}
