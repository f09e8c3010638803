package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.MovedException;
import com.cocalc.storage.files.tree.OpenDirectory;
import com.cocalc.storage.files.tree.Site;
import com.cocalc.storage.files.tree.Worker;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open directories of a copy. So many are open at a time, whatever the depth of the tree. One that was closed is
 * opened again from the nearest one above that is open, name by name, and each must be the directory that it was.
 */
public final class Handles {

    private static final int MOST_OPEN = 96;
    private static final long MOST_PATH_BYTES = 4 << 20;

    private final Site sourceSite;
    private final Site targetSite;
    private final Set<TreeNode> open = new LinkedHashSet<>();
    private long pathBytes;

    Handles(Site source, Site target) {
        this.sourceSite = source;
        this.targetSite = target;
    }

    /** Takes a node whose handles are open, and pins it. */
    synchronized void adopt(TreeNode node) throws IOException {
        node.pins++;
        register(node);
    }

    private void register(TreeNode node) throws IOException {
        open.add(node);
        pathBytes += node.pathLength;
        Iterator<TreeNode> oldest = open.iterator();
        while ((open.size() > MOST_OPEN || pathBytes > MOST_PATH_BYTES) && oldest.hasNext()) {
            TreeNode candidate = oldest.next();
            if (candidate.pins == 0) {
                oldest.remove();
                close(candidate);
            }
        }
    }

    /** The first directories are not opened here, and not closed. */
    private void close(TreeNode node) throws IOException {
        if (node.parent == null) {
            return;
        }
        pathBytes -= node.pathLength;
        OpenDirectory source = node.source;
        OpenDirectory target = node.target;
        node.source = null;
        node.target = null;
        if (source != null) {
            source.close();
        }
        if (target != null) {
            target.close();
        }
    }

    /** Keeps the handles of a node open until it is released, opening them anew if need be. */
    synchronized void acquire(Worker worker, TreeNode node) throws IOException {
        if (open.remove(node)) {
            open.add(node);
            node.pins++;
            return;
        }
        Deque<TreeNode> closed = new ArrayDeque<>();
        TreeNode above = node;
        while (above != null && !open.contains(above)) {
            closed.push(above);
            above = above.parent;
        }
        if (above == null) {
            throw new MovedException();
        }
        above.pins++;
        while (!closed.isEmpty()) {
            TreeNode next = closed.pop();
            try {
                reopen(worker, above, next);
            } finally {
                above.pins--;
            }
            next.pins++;
            register(next);
            above = next;
        }
    }

    private void reopen(Worker worker, TreeNode parent, TreeNode node) throws IOException {
        OpenDirectory source = enter(worker, parent.source(), node, true);
        OpenDirectory target = null;
        try {
            if (node.targetKey != null) {
                target = enter(worker, parent.target(), node, false);
            }
        } finally {
            if (node.targetKey != null && target == null) {
                source.close();
            }
        }
        node.source = source;
        node.target = target;
    }

    private OpenDirectory enter(Worker worker, OpenDirectory parent, TreeNode node, boolean inSource)
            throws IOException {
        java.nio.file.Path name = inSource ? node.name : node.targetName;
        @Nullable Object key = inSource ? node.sourceKey : node.targetKey;
        FileState state = parent.find(name);
        if (state == null || !state.isDirectory() || !state.key().equals(key)) {
            throw new MovedException();
        }
        Site site = inSource ? sourceSite : targetSite;
        OpenDirectory entered = worker.enter(parent, name, () -> site.foreign(node.path()));
        if (!entered.state().key().equals(key)) {
            entered.close();
            throw new MovedException();
        }
        return entered;
    }

    synchronized void release(TreeNode node) {
        node.pins--;
    }

    /** Closes a node that is done. */
    synchronized void finish(TreeNode node) throws IOException {
        if (open.remove(node)) {
            close(node);
        }
    }

    /** Closes all of them, when no thread uses them any more. */
    synchronized void closeAll() throws IOException {
        List<TreeNode> left = new ArrayList<>(open);
        open.clear();
        IOException failed = null;
        for (TreeNode node : left) {
            try {
                close(node);
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
