package com.cocalc.storage.rwx;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The words of one operation of a {@link RuleScript} as fields of the oracle's protocol. */
final class RuleOperation {
    private RuleOperation() {}

    /** @param mounts makes the mount that a word names */
    static void fill(Map<String, Object> op, List<String> words, UnaryOperator<String> mounts) {
        String name = words.get(0);
        op.put("op", name);
        String first = words.get(1);
        switch (name) {
            case "mkdir", "chmod" -> {
                op.put("path", first);
                octal(op, words, 2);
            }
            case "create" -> {
                op.put("path", first);
                octal(op, words, 2);
                put(op, "content", wordOr(words, 3, "hello"), "excl", words.contains("excl"));
            }
            case "open" -> {
                put(op, "path", first, "flags", List.of(words.get(2).split(",", -1)));
                octal(op, words, 4);
                if (words.size() > 3) {
                    op.put("handle", words.get(3));
                }
            }
            case "write", "append" -> put(op, "path", first, "content", words.get(2));
            case "truncate" -> put(op, "path", first, "size", Long.parseLong(words.get(2)));
            case "rename", "link" -> put(op, "path", first, "to", words.get(2));
            case "cross", "crosslink" ->
                put(
                        op,
                        "op",
                        name.equals("cross") ? "rename" : "link",
                        "path",
                        first,
                        "to",
                        words.get(2),
                        "toMount",
                        mounts.apply(words.get(3)));
            case "symlink" -> put(op, "target", first, "path", words.get(2));
            case "chown", "lchown" ->
                put(
                        op,
                        "op",
                        "chown",
                        "path",
                        first,
                        "uid",
                        Long.parseLong(words.get(2)),
                        "gid",
                        Long.parseLong(words.get(3)),
                        "nofollow",
                        name.equals("lchown"));
            case "access" -> put(op, "path", first, "want", wordOr(words, 2, ""));
            case "utimes", "lutimes" ->
                put(
                        op,
                        "op",
                        "utimes",
                        "path",
                        first,
                        "now",
                        words.contains("now"),
                        "atimeNs",
                        7,
                        "mtimeNs",
                        7,
                        "nofollow",
                        name.equals("lutimes"));
            case "mode", "owner", "kind", "names", "size", "times" ->
                put(op, "op", "lstat", "path", first, "times", name.equals("times"));
            case "hmode", "hnames", "hsize" -> put(op, "op", "hstat", "handle", first);
            case "hwrite" -> {
                put(op, "handle", first, "content", words.get(2));
                if (words.size() > 3) {
                    op.put("offset", Long.parseLong(words.get(3)));
                }
            }
            case "htruncate" -> put(op, "handle", first, "size", Long.parseLong(words.get(2)));
            case "hread", "hreaddir", "hclose" -> op.put("handle", first);
            default -> op.put("path", first);
        }
    }

    private static void octal(Map<String, Object> op, List<String> words, int index) {
        if (words.size() > index) {
            op.put("mode", Integer.parseInt(words.get(index), 8));
        }
    }

    private static String wordOr(List<String> words, int index, String otherwise) {
        return words.size() > index ? words.get(index) : otherwise;
    }

    static void put(Map<String, Object> op, Object... fields) {
        for (int i = 0; i < fields.length; i += 2) {
            op.put((String) fields[i], fields[i + 1]);
        }
    }
}
