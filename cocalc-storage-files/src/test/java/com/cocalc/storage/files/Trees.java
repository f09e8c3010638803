package com.cocalc.storage.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Trees of a real disk: random ones, and what one looks like. */
final class Trees {

    private Trees() {}

    /** What one tree has and the other lacks; empty if they are the same. */
    static List<String> differences(Path actual, Path expected) throws IOException {
        return differences(list(actual), list(expected));
    }

    static List<String> differences(List<String> found, List<String> wanted) {
        List<String> differences = new ArrayList<>();
        wanted.stream()
                .filter(line -> !found.contains(line))
                .map(line -> "missing: " + line)
                .forEach(differences::add);
        found.stream()
                .filter(line -> !wanted.contains(line))
                .map(line -> "wrong:   " + line)
                .forEach(differences::add);
        return differences;
    }

    /** The same without the times of directories, which {@code rsync --backup} leaves alone. */
    static List<String> withoutDirectoryTimes(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst(" (40[0-7]{3}) [0-9]+$", " $1"))
                .toList();
    }

    /** The same without names that end in two tildes. */
    static List<String> withoutSecondBackups(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.substring(0, line.indexOf(' ')).endsWith("~~"))
                .toList();
    }

    /** One line for each entry: path, kind, mode, time in microseconds, content, which names are one file. */
    static List<String> list(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return lines;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = new ArrayList<>(walk.toList());
        }
        paths.sort((one, other) -> one.compareTo(other));
        Map<Object, Integer> groups = new HashMap<>();
        for (Path path : paths) {
            if (!path.equals(root)) {
                lines.add(line(root, path, groups));
            }
        }
        return lines;
    }

    private static String line(Path root, Path path, Map<Object, Integer> groups) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) all.get("mode");
        long time = ((FileTime) all.get("lastModifiedTime")).to(TimeUnit.MICROSECONDS);
        String line = rawName(root, path) + " " + Integer.toOctalString(mode) + " " + time;
        if (Files.isSymbolicLink(path)) {
            return line + " -> " + Files.readSymbolicLink(path);
        }
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            line += " " + all.get("size") + " " + Arrays.hashCode(Files.readAllBytes(path));
            if ((Integer) all.get("nlink") > 1) {
                line += " group " + groups.computeIfAbsent(all.get("fileKey"), key -> groups.size());
            }
        }
        return line;
    }

    private static String rawName(Path root, Path path) {
        String raw =
                path.toUri().getRawPath().substring(root.toUri().getRawPath().length());
        return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    }

    /** Fills a directory with files, links, hard links, holes and directories of all modes that the owner can use. */
    static void fill(Path root, Random random, int entries) throws IOException {
        fill(root, random, entries, true);
    }

    static void fill(Path root, Random random, int entries, boolean hardLinks) throws IOException {
        List<Path> directories = new ArrayList<>(List.of(root));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            Path parent = directories.get(random.nextInt(directories.size()));
            Path path = child(parent, name(random));
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            int kind = random.nextInt(10);
            if (kind < 2) {
                directories.add(Files.createDirectory(path));
            } else if (kind == 2) {
                Path text = child(Path.of(random.nextBoolean() ? ".." : "nowhere"), name(random));
                Files.createSymbolicLink(path, text);
                Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(time(random), null, null);
            } else if (kind == 3 && hardLinks && !files.isEmpty()) {
                Files.createLink(path, files.get(random.nextInt(files.size())));
            } else {
                files.add(Files.write(path, content(random)));
            }
        }
        for (Path file : files) {
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(random.nextBoolean() ? "rw-r-----" : "rwxr-xr-x"));
            Files.setLastModifiedTime(file, time(random));
        }
        for (int i = directories.size() - 1; i >= 0; i--) {
            Path directory = directories.get(i);
            Files.setPosixFilePermissions(
                    directory, PosixFilePermissions.fromString(random.nextBoolean() ? "rwxrwx--x" : "rwxr-xr-x"));
            Files.setLastModifiedTime(directory, time(random));
        }
    }

    /** Makes a copy of a tree older, and another one. */
    static void change(Path root, Random random) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = new ArrayList<>(walk.toList());
        }
        paths.sort((one, other) -> one.compareTo(other));
        for (Path path : paths) {
            boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            int kind = random.nextInt(12);
            if (directory && kind == 0) {
                Files.writeString(path.resolve("left"), "left behind");
                age(path.resolve("left"), random);
            } else if (!directory && kind < 2) {
                Files.delete(path);
            } else if (!directory && kind == 2) {
                Files.delete(path);
                age(Files.writeString(Files.createDirectory(path).resolve("inside"), "in the way"), random);
                age(path, random);
            } else if (!directory && kind == 3) {
                Files.delete(path);
                Files.createSymbolicLink(path, Path.of("changed"));
                age(path, random);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && kind == 4) {
                Files.delete(path);
                age(Files.writeString(path, "changed"), random);
            }
        }
        for (Path path : paths) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                age(path, random);
            }
        }
    }

    /** What was made just now differs from a copy of it by less than a second, which is the same for rsync. */
    private static void age(Path path, Random random) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time(random), null, null);
    }

    private static FileTime time(Random random) {
        return FileTime.from(1_600_000_000L + random.nextInt(20) * 1000L, TimeUnit.SECONDS);
    }

    private static byte[] content(Random random) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(300_000) : random.nextInt(40)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    /** Under the locale C, a path of the text itself throws on JDK 17. */
    private static Path child(Path parent, String name) {
        int umlaut = name.indexOf('ü');
        if (umlaut < 0) {
            return parent.resolve(name);
        }
        Path encoded = Path.of(URI.create("file:///" + name.replace("ü", "%C3%BC")));
        return parent.resolve(encoded.getFileName());
    }

    private static String name(Random random) {
        String[] names = {"a", "b", "c", "notes", "x~", "-rf", "*", "a b", "ü", "line\nend", "q\\t", ".hidden", "d", "e"
        };
        return names[random.nextInt(names.length)] + (random.nextBoolean() ? "" : random.nextInt(9));
    }
}
