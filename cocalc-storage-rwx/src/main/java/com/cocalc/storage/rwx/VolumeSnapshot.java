package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.Names;
import com.cocalc.storage.rwx.disk.Pages;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The contents of a volume at one moment: names, modes, owners, sizes, targets and contents, but neither times nor
 * extended attributes. Taking a snapshot reads everything and changes nothing, not even access times. No other thread
 * may change the volume at the same time.
 */
public final class VolumeSnapshot {
    private final SortedMap<String, Entry> entries;

    private VolumeSnapshot(SortedMap<String, Entry> entries) {
        this.entries = entries;
    }

    /**
     * One name.
     *
     * @param line as the text tree shows it
     * @param digest of the contents of a file, otherwise empty
     */
    private record Entry(String line, String digest) {}

    static VolumeSnapshot of(RwxVolume volume) {
        volume.server().lock().lock();
        try {
            return of(volume.server().root());
        } finally {
            volume.server().lock().unlock();
        }
    }

    private static VolumeSnapshot of(DirectoryNode root) {
        SortedMap<String, Inode> inodes = inodes(root);
        SortedMap<String, Entry> entries = new TreeMap<>(ByteText.BY_CODE_POINT);
        Map<Inode, String> firstNames = new HashMap<>();
        inodes.forEach((path, node) -> {
            boolean mayHaveMore = node.nlink > 1 && !node.isDirectory();
            String first = mayHaveMore ? firstNames.putIfAbsent(node, path) : null;
            entries.put(
                    path,
                    first == null
                            ? new Entry(TreeLine.of(node, path), digest(node))
                            : new Entry(TreeLine.ofSame(node, path, first), ""));
        });
        return new VolumeSnapshot(entries);
    }

    private static SortedMap<String, Inode> inodes(DirectoryNode root) {
        SortedMap<String, Inode> inodes = new TreeMap<>(ByteText.BY_CODE_POINT);
        inodes.put("", root);
        Deque<String> open = new ArrayDeque<>(List.of(""));
        while (!open.isEmpty()) {
            String path = open.remove();
            Names names = ((DirectoryNode) Objects.requireNonNull(inodes.get(path))).names();
            List<byte[]> all = names.list();
            List<Inode> nodes = names.inodes();
            for (int i = 0; i < all.size(); i++) {
                String child = (path.isEmpty() ? "" : path + "/") + TreeLine.escaped(all.get(i));
                Inode node = nodes.get(i);
                inodes.put(child, node);
                if (node.isDirectory()) {
                    open.add(child);
                }
            }
        }
        return inodes;
    }

    /** Returns the digest of the data alone, so that a hole of any size takes no time. */
    private static String digest(Inode node) {
        if (!(node instanceof FileNode file)) {
            return "";
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (long number = file.nextPage(0); number >= 0; number = file.nextPage(number + 1)) {
                byte[] page = Objects.requireNonNull(file.copyOfPage(number));
                int end = (int) Math.min(page.length, file.size() - (number << Pages.SHIFT));
                while (end > 0 && page[end - 1] == 0) {
                    end--;
                }
                if (end > 0) {
                    sha.update(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
                    sha.update(page, 0, end);
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /**
     * Returns the differences of a later snapshot, one line each, in the order of paths: {@code +} and {@code -} before
     * lines of the text tree for what was added and removed, {@code ~} with the path and both lines for what changed,
     * {@code *} with the path where only contents changed.
     *
     * @param later the other snapshot
     * @return the differences, empty if there are none
     */
    public List<String> diff(VolumeSnapshot later) {
        Objects.requireNonNull(later, "later");
        List<String> lines = new ArrayList<>();
        SortedMap<String, Entry> all = new TreeMap<>(ByteText.BY_CODE_POINT);
        all.putAll(entries);
        all.putAll(later.entries);
        for (String path : all.keySet()) {
            Entry before = entries.get(path);
            Entry after = later.entries.get(path);
            if (before == null) {
                lines.add("+ " + all.get(path).line);
            } else if (after == null) {
                lines.add("- " + before.line);
            } else if (!before.line.equals(after.line)) {
                lines.add("~ " + before.line + " => " + after.line);
            } else if (!before.digest.equals(after.digest)) {
                lines.add("* " + after.line);
            }
        }
        return lines;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VolumeSnapshot snapshot && snapshot.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** {@return the text tree, as {@link RwxVolume#tree()} describes it} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            text.append(entry.getValue().line).append('\n');
        }
        return text.toString();
    }
}
