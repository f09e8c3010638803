package com.cocalc.storage.rwx.disk;

import com.cocalc.storage.rwx.disk.DiskDirectory.Place;
import com.cocalc.storage.rwx.disk.DiskDirectory.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a server: all that was forced, and the later changes, of which a crash keeps some. Told of each change by
 * the tree, which has made it.
 */
final class Disk {
    /** What the disk has of each inode that is in use. */
    private final Map<Inode, DiskNode> nodes = new HashMap<>();

    private final Map<Long, Quota> quotas = new LinkedHashMap<>();
    private DiskDirectory root;

    /** All that is there now is on the disk. */
    Disk(DirectoryNode root) {
        this.root = add(root);
    }

    /** Forces everything, as sync(2). */
    void forceAll(DirectoryNode top) {
        nodes.clear();
        root = add(top);
    }

    /** A directory as it is now, with all that is below it. */
    private DiskDirectory add(DirectoryNode top) {
        Deque<DirectoryNode> open = new ArrayDeque<>(List.of(top));
        DiskDirectory added = addEmpty(top);
        while (!open.isEmpty()) {
            DirectoryNode directory = open.remove();
            DiskDirectory known = (DiskDirectory) Objects.requireNonNull(nodes.get(directory));
            List<byte[]> names = directory.names().list();
            List<Inode> inodes = directory.names().inodes();
            for (int i = 0; i < names.size(); i++) {
                if (inodes.get(i) instanceof DirectoryNode below) {
                    known.put(key(names.get(i)), addEmpty(below));
                    open.add(below);
                } else {
                    known.put(key(names.get(i)), nodeOf(inodes.get(i)));
                }
            }
        }
        return added;
    }

    private DiskDirectory addEmpty(DirectoryNode directory) {
        DiskDirectory added = new DiskDirectory(directory);
        nodes.put(directory, added);
        return added;
    }

    /** What the disk has of an inode; where it has nothing yet, it gets what a new name brings with it. */
    private DiskNode nodeOf(Inode node) {
        DiskNode known = nodes.get(node);
        if (known == null) {
            if (node instanceof DirectoryNode directory) {
                return add(directory);
            }
            known = node instanceof FileNode file ? new DiskFile(file) : new DiskLeaf(node);
            nodes.put(node, known);
        }
        return known;
    }

    private static String key(byte[] name) {
        return ByteText.withSurrogates(name);
    }

    private @Nullable DiskDirectory find(DirectoryNode directory) {
        return (DiskDirectory) nodes.get(directory);
    }

    /** A new inode, before anybody can find it: so that nothing which happens to it goes unseen. */
    void born(Inode node) {
        nodeOf(node);
    }

    /** The directory has a name more, of a new inode or of one that is there. */
    void named(DirectoryNode parent, byte[] name, Inode node) {
        DiskDirectory directory = find(parent);
        if (directory != null) {
            DiskNode named = nodeOf(node);
            if (named instanceof DiskDirectory below) {
                below.named = directory.next();
            }
            add(directory, parent, names(name, named), List.of());
        }
    }

    /** The directory has a name less; the inode may have got another one in its place. */
    void unnamed(DirectoryNode parent, byte[] name, Inode node, byte @Nullable [] kept) {
        DiskDirectory directory = find(parent);
        if (directory != null) {
            Map<String, @Nullable DiskNode> names = new LinkedHashMap<>();
            if (kept != null) {
                names.put(key(kept), nodeOf(node));
            }
            names.put(key(name), null);
            add(directory, parent, names, emptying(node));
        }
    }

    /** A name moved, and may have replaced another one, which may have been kept. */
    void renamed(
            DirectoryNode from,
            byte[] name,
            DirectoryNode to,
            byte[] newName,
            Inode node,
            @Nullable Inode replaced,
            byte @Nullable [] kept) {
        DiskDirectory source = find(from);
        DiskDirectory target = find(to);
        if (source == null || target == null) {
            return;
        }
        DiskNode moved = nodeOf(node);
        Map<String, @Nullable DiskNode> names = names(newName, moved);
        if (replaced != null && kept != null) {
            names.put(key(kept), nodeOf(replaced));
        }
        List<Place> needs = emptying(replaced);
        Place arrival = target.next();
        if (source == target) {
            names.put(key(name), null);
        } else {
            // A name is on the disk under the new path before it is gone from the old one, and that path leads there:
            // so nothing that moves is lost, nor can two directories end up below each other.
            List<Place> before = wayTo(target);
            before.add(arrival);
            if (moved instanceof DiskDirectory) {
                // A directory has one parent: it moves in both or in neither.
                needs = new ArrayList<>(needs);
                needs.add(source.next());
            }
            add(source, from, names(name, null), before);
        }
        if (moved instanceof DiskDirectory directory) {
            directory.named = arrival;
        }
        add(target, to, names, needs);
    }

    private static Map<String, @Nullable DiskNode> names(byte[] name, @Nullable DiskNode node) {
        Map<String, @Nullable DiskNode> names = new LinkedHashMap<>();
        names.put(key(name), node);
        return names;
    }

    private static void add(
            DiskDirectory directory, DirectoryNode now, Map<String, @Nullable DiskNode> names, List<Place> needs) {
        directory.add(new Step(SavedAttributes.of(now), names, needs));
    }

    /** What was in a directory is gone from the disk before the directory is. */
    private List<Place> emptying(@Nullable Inode removed) {
        DiskDirectory directory = removed instanceof DirectoryNode node ? find(node) : null;
        return directory == null || directory.end() == 0
                ? List.of()
                : List.of(new Place(directory, directory.end() - 1));
    }

    private static List<Place> wayTo(DiskDirectory directory) {
        List<Place> way = new ArrayList<>();
        for (Place place = directory.named; place != null; place = place.directory().named) {
            way.add(place);
        }
        return way;
    }

    /** Attributes changed, or the size without contents. */
    void changed(Inode node) {
        DiskNode known = nodes.get(node);
        if (known != null) {
            known.changed(SavedAttributes.of(node));
        }
    }

    void wrote(FileNode file, long position, int count) {
        if (nodes.get(file) instanceof DiskFile known) {
            known.wrote(position, count, SavedAttributes.of(file));
        }
    }

    /** The file is about to have this size. */
    void resizing(FileNode file, long size) {
        if (size < file.size() && nodes.get(file) instanceof DiskFile known) {
            known.cutting();
        }
    }

    /**
     * Nobody has the inode any more, and what it holds is about to go. The directories here may still name what is left
     * of it.
     */
    void evicted(Inode node) {
        if (nodes.remove(node) instanceof DiskFile known) {
            known.evicted();
        }
    }

    /** fsync(2), or fdatasync(2) without attributes. */
    void force(Inode node, boolean isWithAttributes) {
        DiskNode known = nodes.get(node);
        if (known instanceof DiskDirectory directory) {
            DiskCut cut = new DiskCut();
            cut.raise(directory, directory.end());
            cut.force();
        } else if (known instanceof DiskFile file) {
            file.force(isWithAttributes, SavedAttributes.of(node));
        }
    }

    /** An administrator's limit, which a crash does not touch. */
    void limit(DirectoryNode directory, Quota quota) {
        quotas.remove(directory.ino);
        quotas.put(directory.ino, quota);
    }

    /** What a crash leaves. */
    Survivors survivors(long seed) {
        return new Survivors(root, new Chances(seed), quotas);
    }
}
