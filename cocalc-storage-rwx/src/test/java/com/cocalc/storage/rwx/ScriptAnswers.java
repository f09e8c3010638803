package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What scripts are answered: attributes, names, and the whole tree at the end. */
final class ScriptAnswers {
    private ScriptAnswers() {}

    static Map<String, Object> attributes(Stat stat, boolean withTimes) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("type", stat.isDirectory() ? "dir" : stat.isLink() ? "link" : "file");
        value.put("mode", stat.permissions());
        value.put("uid", stat.uid());
        value.put("gid", stat.gid());
        value.put("nlink", stat.nlink());
        if (!stat.isDirectory()) {
            value.put("size", stat.size());
        }
        if (withTimes) {
            value.put("atimeNs", stat.atimeNs());
            value.put("mtimeNs", stat.mtimeNs());
            value.put("ctimeNs", stat.ctimeNs());
        }
        return value;
    }

    static List<String> names(List<byte[]> names) {
        return names.stream()
                .map(ByteText::withSurrogates)
                .sorted(ByteText.BY_CODE_POINT)
                .toList();
    }

    /** Everything below the root as these system calls see it, sorted by the bytes of the path. */
    static List<Map<String, Object>> tree(Syscalls calls) throws ErrnoException {
        List<Node> nodes = new ArrayList<>();
        visit(calls, new byte[] {'.'}, nodes);
        Map<Long, List<Node>> sharing = new HashMap<>();
        for (Node node : nodes) {
            if (!node.stat.isDirectory() && node.stat.nlink() > 1) {
                sharing.computeIfAbsent(node.stat.ino(), any -> new ArrayList<>())
                        .add(node);
            }
        }
        for (List<Node> same : sharing.values()) {
            String first = same.stream()
                    .map(node -> ByteText.withSurrogates(node.path))
                    .min(ByteText.BY_CODE_POINT)
                    .orElseThrow();
            same.forEach(node -> node.entry.put("sameFileAs", first));
        }
        return nodes.stream()
                .sorted(Comparator.comparing((Node node) -> node.path, Arrays::compareUnsigned))
                .map(node -> node.entry)
                .toList();
    }

    private static final class Node {
        private final byte[] path;
        private final Stat stat;
        private final Map<String, Object> entry;

        private Node(byte[] path, Stat stat, Map<String, Object> entry) {
            this.path = path;
            this.stat = stat;
            this.entry = entry;
        }
    }

    private static void visit(Syscalls calls, byte[] path, List<Node> nodes) throws ErrnoException {
        Stat stat = calls.stat(null, path, false);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", ByteText.withSurrogates(path));
        entry.putAll(attributes(stat, false));
        nodes.add(new Node(path, stat, entry));
        if (stat.isLink()) {
            entry.put("target", ByteText.withSurrogates(calls.readlink(null, path)));
        } else if (stat.isRegular()) {
            ScriptHandle handle = new ScriptHandle(calls.open(null, path, OpenFlags.READ, 0));
            entry.putAll(ScriptContent.read(handle));
            handle.file.close();
        } else {
            OpenFile directory = calls.open(null, path, OpenFlags.READ | OpenFlags.DIRECTORY, 0);
            for (byte[] name : directory.readdir()) {
                visit(calls, isTop(path) ? name : child(path, name), nodes);
            }
            directory.close();
        }
    }

    private static boolean isTop(byte[] path) {
        return path.length == 1 && path[0] == '.';
    }

    private static byte[] child(byte[] path, byte[] name) {
        byte[] child = Arrays.copyOf(path, path.length + 1 + name.length);
        child[path.length] = '/';
        System.arraycopy(name, 0, child, path.length + 1, name.length);
        return child;
    }
}
