package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.call.Operation;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What names do, one operation after the other: three directories with two names each. Small enough to be seen to be
 * right. Immutable.
 */
record NamesModel(TreeMap<String, Integer> names) {

    /** One operation: its number stands for what it makes. */
    record Operation(int number, String verb, String path, String other) {
        @Override
        public String toString() {
            return verb + " " + path + (other.isEmpty() ? "" : " " + other);
        }
    }

    /** The answer to an operation, and what is there afterwards. */
    record Outcome(String answer, NamesModel after) {}

    static NamesModel empty() {
        return new NamesModel(new TreeMap<>());
    }

    Outcome apply(Operation operation) {
        String path = operation.path;
        return switch (operation.verb) {
            case "mkdir" -> names.containsKey(path) ? same("EEXIST") : with(path, operation.number);
            case "rmdir" ->
                !names.containsKey(path) ? same("ENOENT") : isFull(path) ? same("ENOTEMPTY") : without(path);
            case "move" -> move(path, operation.other);
            case "create" -> create(path, operation.number, "EEXIST");
            case "open" -> create(path, operation.number, "ok");
            case "unlink", "delete" -> find(path) == null ? same("ENOENT") : without(key(path));
            case "rename", "shortcut" -> rename(path, operation.other);
            case "link" -> link(path, operation.other);
            case "stat" -> find(path) == null ? same("ENOENT") : same("names " + count(find(path)));
            default -> throw new IllegalArgumentException(operation.verb);
        };
    }

    /** Where the name is kept: by the directory itself, so that it moves with it. Null where there is no directory. */
    private @Nullable String key(String path) {
        Integer directory = names.get(path.substring(0, 1));
        return directory == null ? null : directory + path.substring(1);
    }

    private @Nullable Integer find(String path) {
        String key = key(path);
        return key == null ? null : names.get(key);
    }

    private long count(@Nullable Integer file) {
        return names.entrySet().stream()
                .filter(entry ->
                        entry.getKey().contains("/") && entry.getValue().equals(file))
                .count();
    }

    private boolean isFull(String directory) {
        return names.keySet().stream().anyMatch(key -> key.startsWith(names.get(directory) + "/"));
    }

    private Outcome create(String path, int number, String ifThere) {
        String key = key(path);
        if (key == null) {
            return same("ENOENT");
        }
        return names.containsKey(key) ? same(ifThere) : with(key, number);
    }

    private Outcome move(String from, String to) {
        if (!names.containsKey(from)) {
            return same("ENOENT");
        }
        if (from.equals(to)) {
            return same("ok");
        }
        if (names.containsKey(to) && isFull(to)) {
            return same("ENOTEMPTY");
        }
        return without(from).after.with(to, names.get(from));
    }

    private Outcome rename(String from, String to) {
        Integer file = find(from);
        String target = key(to);
        if (file == null || target == null) {
            return same("ENOENT");
        }
        // Two names of one file: nothing happens.
        return Objects.equals(names.get(target), file)
                ? same("ok")
                : without(key(from)).after.with(target, file);
    }

    private Outcome link(String from, String to) {
        Integer file = find(from);
        String target = key(to);
        if (file == null || target == null) {
            return same("ENOENT");
        }
        return names.containsKey(target) ? same("EEXIST") : with(target, file);
    }

    private Outcome same(String answer) {
        return new Outcome(answer, this);
    }

    private Outcome with(String key, int number) {
        TreeMap<String, Integer> changed = new TreeMap<>(names);
        changed.put(key, number);
        return new Outcome("ok", new NamesModel(changed));
    }

    private Outcome without(@Nullable String key) {
        TreeMap<String, Integer> changed = new TreeMap<>(names);
        changed.remove(key);
        return new Outcome("ok", new NamesModel(changed));
    }
}
