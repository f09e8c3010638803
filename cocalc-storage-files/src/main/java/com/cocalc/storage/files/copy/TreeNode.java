package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.OpenDirectory;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A directory that is being copied: what is known of it, whether its handles are open or not. */
public final class TreeNode {

    final @Nullable TreeNode parent;
    final Path name;
    final byte[] nameBytes;
    final Path targetName;
    /** How long its path is, roughly: a handle keeps the path. */
    final int pathLength;

    final @Nullable FileState state;
    final @Nullable Object sourceKey;
    volatile @Nullable Object targetKey;

    /** Guarded by {@link Handles}, and fixed while pinned. */
    @Nullable
    OpenDirectory source;

    @Nullable
    OpenDirectory target;

    int pins;

    /** Chunks of names, and directories, that are not done yet. */
    final AtomicInteger outstanding = new AtomicInteger(1);

    final PackedNames subdirectories = new PackedNames();
    volatile boolean entered;

    /** The name in the staging directory while it is there and nobody else sees it. */
    volatile @Nullable Path stagedAs;

    final ReentrantReadWriteLock placing = new ReentrantReadWriteLock();
    final AtomicInteger stagedFiles = new AtomicInteger();
    final AtomicLong stagedBytes = new AtomicLong();
    volatile boolean existed;

    /** The mode of a directory that the target had, before filling it needed more rights. */
    volatile @Nullable Set<PosixFilePermission> modeBefore;

    TreeNode(
            @Nullable TreeNode parent,
            Path name,
            byte[] nameBytes,
            Path targetName,
            @Nullable FileState state,
            OpenDirectory source,
            @Nullable OpenDirectory target) {
        this.parent = parent;
        this.name = name;
        this.nameBytes = nameBytes;
        this.targetName = targetName;
        this.state = state;
        this.sourceKey = state == null ? null : state.key();
        this.source = source;
        this.target = target;
        this.pathLength = (parent == null ? 0 : parent.pathLength) + 1 + nameBytes.length;
    }

    /** The directory that a walk starts from. */
    TreeNode(OpenDirectory source, Path name) {
        this(null, name, new byte[0], name, null, source, null);
    }

    OpenDirectory source() {
        OpenDirectory open = source;
        if (open == null) {
            throw new IllegalStateException("a directory is used while it is closed");
        }
        return open;
    }

    @Nullable
    OpenDirectory findTarget() {
        return target;
    }

    OpenDirectory target() {
        OpenDirectory open = target;
        if (open == null) {
            throw new IllegalStateException("a target directory is used while it is closed");
        }
        return open;
    }

    /** The path of a name in it, relative to the root of the copied tree. */
    byte[] pathOf(byte[] below) {
        int length = below.length;
        for (TreeNode node = this; node != null && node.isInTree(); node = node.parent) {
            length += node.nameBytes.length + 1;
        }
        if (below.length == 0 && length > 0) {
            length--;
        }
        byte[] path = new byte[length];
        int end = length - below.length;
        System.arraycopy(below, 0, path, end, below.length);
        boolean slash = below.length > 0;
        for (TreeNode node = this; node != null && node.isInTree(); node = node.parent) {
            if (slash) {
                path[--end] = '/';
            }
            slash = true;
            end -= node.nameBytes.length;
            System.arraycopy(node.nameBytes, 0, path, end, node.nameBytes.length);
        }
        return path;
    }

    /** Whether a walk that is at a directory is not done with this one. */
    boolean isAtOrAbove(TreeNode other) {
        for (TreeNode node = other; node != null; node = node.parent) {
            if (node == this) {
                return true;
            }
        }
        return false;
    }

    byte[] path() {
        return pathOf(new byte[0]);
    }

    /**
     * Whether it lies below the root of the copied tree; the directory that holds the root and the root itself do not.
     */
    private boolean isInTree() {
        return parent != null && parent.parent != null;
    }

    @Override
    public String toString() {
        return Arrays.toString(nameBytes);
    }
}
