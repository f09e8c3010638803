package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that directories and files have been since each was forced, seen from outside: what a crash may leave. Inode
 * numbers tell what is the same.
 */
final class CrashHistory {
    private static final int BLOCK = 4096;

    private final Path root;
    private final Map<Long, List<Map<String, Long>>> directories = new HashMap<>();
    private final Map<Long, List<byte[]>> files = new HashMap<>();
    /** What the disk can be relied on to have a name of. */
    private final Set<Long> safe = new HashSet<>();
    /** But for what lost a name on purpose. */
    private final Set<Long> gone = new HashSet<>();

    CrashHistory(Path root) throws IOException {
        this.root = root;
        look();
        directories.keySet().forEach(this::forced);
    }

    static long number(Path path) throws IOException {
        return (long) Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    /** After each operation. */
    void look() throws IOException {
        look(root);
    }

    private void look(Path directory) throws IOException {
        add(directories.computeIfAbsent(number(directory), unseen -> born(Map.of())), listing(directory));
        for (Path path : entries(directory)) {
            if (Files.isDirectory(path)) {
                look(path);
            } else {
                List<byte[]> contents = files.computeIfAbsent(number(path), unseen -> born(new byte[0]));
                byte[] now = Files.readAllBytes(path);
                if (!Arrays.equals(contents.get(contents.size() - 1), now)) {
                    contents.add(now);
                }
            }
        }
    }

    /** Whatever is new is empty. */
    private static <T> List<T> born(T empty) {
        return new ArrayList<>(List.of(empty));
    }

    private static void add(List<Map<String, Long>> states, Map<String, Long> state) {
        if (!states.get(states.size() - 1).equals(state)) {
            states.add(state);
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static Map<String, Long> listing(Path directory) throws IOException {
        Map<String, Long> names = new TreeMap<>();
        for (Path path : entries(directory)) {
            names.put(path.getFileName().toString(), number(path));
        }
        return names;
    }

    /** A file or directory was forced. */
    void forced(long number) {
        keepLast(directories.getOrDefault(number, new ArrayList<>()));
        keepLast(files.getOrDefault(number, new ArrayList<>()));
        safe.add(1L);
        boolean isGrowing = true;
        while (isGrowing) {
            isGrowing = false;
            for (long directory : List.copyOf(safe)) {
                List<Map<String, Long>> states = directories.get(directory);
                isGrowing |= states != null && safe.addAll(states.get(0).values());
            }
        }
    }

    private static void keepLast(List<?> states) {
        if (states.size() > 1) {
            states.subList(0, states.size() - 1).clear();
        }
    }

    /** A name of it was removed on purpose. */
    void gone(long number) {
        gone.add(number);
    }

    /** What a crash has left that it may not, or lost that it must not. */
    List<String> faultsOf(Path survivors) throws IOException {
        List<String> faults = new ArrayList<>();
        Map<Long, Integer> names = new HashMap<>();
        look(survivors, faults, names);
        for (long number : safe) {
            if (number != 1 && !gone.contains(number) && !names.containsKey(number)) {
                faults.add("inode " + number + " is lost");
            }
        }
        return faults;
    }

    private void look(Path directory, List<String> faults, Map<Long, Integer> names) throws IOException {
        Map<String, Long> listing = listing(directory);
        List<Map<String, Long>> legal = directories.getOrDefault(number(directory), List.of());
        if (!legal.contains(listing)) {
            faults.add(directory + " is " + listing + ", never was since it was forced; it was " + legal);
        }
        for (Path path : entries(directory)) {
            names.merge(number(path), 1, Integer::sum);
            if (Files.isDirectory(path)) {
                if (names.get(number(path)) > 1) {
                    faults.add(path + " is a directory with two names");
                    continue;
                }
                look(path, faults, names);
            } else {
                byte[] contents = Files.readAllBytes(path);
                if (!isLegal(contents, files.getOrDefault(number(path), List.of()))) {
                    faults.add(path + " has contents that it cannot have");
                }
            }
        }
    }

    private static boolean isLegal(byte[] contents, List<byte[]> history) {
        if (history.stream().noneMatch(then -> then.length == contents.length)) {
            return false;
        }
        for (int start = 0; start < contents.length; start += BLOCK) {
            int from = start;
            byte[] block = Arrays.copyOfRange(contents, from, Math.min(contents.length, from + BLOCK));
            // What was cut in between is zeros behind the cut, whatever was there before and comes later.
            boolean isKnown = history.stream()
                    .anyMatch(then -> history.stream()
                            .anyMatch(cut -> Arrays.equals(block, part(then, from, block.length, cut.length))
                                    || Arrays.equals(block, part(then, from, block.length, then.length))));
            boolean mayBeNew = history.stream().anyMatch(then -> then.length <= from) || history.get(0).length == 0;
            if (!isKnown && !(mayBeNew && Arrays.equals(block, new byte[block.length]))) {
                return false;
            }
        }
        return true;
    }

    /** What a file had there up to its end or a cut, with zeros behind that. */
    private static byte[] part(byte[] contents, int from, int length, int cut) {
        byte[] part = new byte[length];
        int end = Math.min(Math.min(contents.length, cut), from + length);
        if (from < end) {
            System.arraycopy(contents, from, part, 0, end - from);
        }
        return part;
    }
}
