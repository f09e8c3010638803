package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.PathNames;
import com.cocalc.storage.files.tree.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is asked by path, as the JDK has no call for it in an open directory: what a symbolic link says, and how many
 * names a file has. This is the one place that uses the path of something that a project can change.
 *
 * <p>The text of a link is read between two looks that show that each directory on the way, and the link itself, are
 * those that are open. Somebody who swaps a directory after the first look and swaps it back before the second can make
 * this read one other link's text; contents of files are never read this way. What a link of the target says is
 * compared and goes nowhere. The number of names is a hint, and nothing about safety depends on it.
 */
public final class TreePaths {

    /** As much as Linux takes in one path. */
    private static final int LONGEST_PATH = 4095;

    private static final int LONGEST_NAME = 255;

    /** Which of the two trees. */
    private enum Side {
        SOURCE,
        TARGET
    }

    private final Way way;
    private final PathNames names;
    private final Side side;
    private final int wayLength;

    private TreePaths(Way way, PathNames names, Side side) {
        this.way = way;
        this.names = names;
        this.side = side;
        this.wayLength = names.textBytes(way.path()).length;
    }

    static TreePaths ofSource(Way way, PathNames names) {
        return new TreePaths(way, names, Side.SOURCE);
    }

    static TreePaths ofTarget(Way way, PathNames names) {
        return new TreePaths(way, names, Side.TARGET);
    }

    /** The text, or null if the way to the link, or the link, is not what is open, or too deep. */
    @Nullable
    Path read(TreeNode node, Path name, Object key) throws IOException {
        if (isTooDeep(node, name)) {
            return null;
        }
        Path link = path(node).resolve(name);
        if (!isThere(node, link, key)) {
            return null;
        }
        Path text;
        try {
            text = Files.readSymbolicLink(link);
        } catch (NoSuchFileException | java.nio.file.NotLinkException e) {
            return null;
        }
        return isThere(node, link, key) ? text : null;
    }

    /** A hint, which may be wrong in either direction. */
    boolean mayHaveSeveralNames(TreeNode node, Path name) {
        try {
            return !isTooDeep(node, name)
                    && (int) Files.getAttribute(path(node).resolve(name), "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
        } catch (IOException e) {
            return false;
        }
    }

    /** The text of a link in the directory at the end of the way. */
    public static @Nullable Path read(Way way, PathNames names, Path name, Object key) throws IOException {
        return ofSource(way, names).read(new TreeNode(way.directory(), name), name, key);
    }

    boolean isTooDeep(TreeNode node, Path name) {
        // With room for the longest names of the root and of the link, nothing need be counted.
        int roughly = wayLength + node.pathLength;
        return roughly + 2 * LONGEST_NAME > LONGEST_PATH
                && roughly + rootLength(node) + names.bytes(name).length > LONGEST_PATH;
    }

    /** How long the name of the tree's root is, which is not in the path of a directory in it. */
    private int rootLength(TreeNode node) {
        TreeNode root = node;
        while (root.parent != null && root.parent.parent != null) {
            root = root.parent;
        }
        return root.parent == null ? 0 : names.bytes(side == Side.SOURCE ? root.name : root.targetName).length;
    }

    private Path path(TreeNode node) {
        Deque<Path> names = new ArrayDeque<>();
        for (TreeNode above = node; above.parent != null; above = above.parent) {
            names.push(side == Side.SOURCE ? above.name : above.targetName);
        }
        Path path = way.path();
        for (Path name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    private boolean isThere(TreeNode node, Path link, Object key) throws IOException {
        for (Way.Step step : way.steps()) {
            if (!isKey(step.path(), step.key())) {
                return false;
            }
        }
        Path path = link.getParent();
        for (TreeNode above = node; above.parent != null; above = above.parent) {
            Object open = side == Side.SOURCE ? above.sourceKey : above.targetKey;
            if (path == null || !isKey(path, open)) {
                return false;
            }
            path = path.getParent();
        }
        return isKey(link, key);
    }

    private static boolean isKey(Path path, @Nullable Object key) throws IOException {
        try {
            Object found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            return found != null && found.equals(key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
