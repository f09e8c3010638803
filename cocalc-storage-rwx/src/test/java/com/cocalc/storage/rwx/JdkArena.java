package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two directories on two devices, in which one case plays. Written for any file system: the fake and the real one get
 * the same objects, and are described in the same words. Uses the JDK alone, because another user must be able to run
 * it.
 */
record JdkArena(Path main, Path other) {
    static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);
    static final int USER = 2001;
    private static final String TEMPORARY = "t[0-9]{8,}";

    /** The path of a case's argument: {@code @name} is on the other device. */
    Path path(String name) {
        return name.startsWith("@") ? other.resolve(name.substring(1)) : main.resolve(name);
    }

    /** As root: the two directories, owned by the user. */
    void create() throws IOException {
        for (Path root : List.of(main, other)) {
            Files.createDirectory(root);
            own(root, 0755, USER);
        }
    }

    /** As root: makes what an argument names, if that is to exist. */
    void make(String name) throws IOException {
        String local = name.startsWith("@") ? name.substring(1) : name;
        Path root = name.startsWith("@") ? other : main;
        String first = local.contains("/") ? local.substring(0, local.indexOf('/')) : local;
        Path path = root.resolve(first);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        switch (first) {
            case "file" -> file(path, "hello", 0644, USER);
            case "readonly" -> file(path, "hello", 0444, USER);
            case "writeonly" -> file(path, "hello", 0222, USER);
            case "none" -> file(path, "hello", 0000, USER);
            case "setid" -> file(path, "hello", 06755, USER);
            case "setidEmpty" -> file(path, "", 07777, USER);
            case "rootFile" -> file(path, "hello", 0644, 0);
            case "openFile" -> file(path, "hello", 0666, 0);
            case "secret" -> file(path, "hello", 0600, 0);
            case "dir" -> directory(path, 0755, USER);
            case "stickyDir" -> directory(path, 03777, USER);
            case "noneDir" -> directory(path, 0000, USER);
            case "full" -> directory(path, 0755, USER, "x", "d/");
            case "locked" -> directory(path, 0555, USER, "x", "d/");
            case "blind" -> directory(path, 0333, USER, "x", "d/");
            case "closed" -> directory(path, 0666, USER, "x", "d/");
            case "setgid" -> directory(path, 02775, USER, "x");
            case "rootDir" -> directory(path, 0755, 0, "x", "d/");
            case "sticky" -> {
                directory(path, 01777, 0, "mine", "theirs", "mineDir/");
                Files.setAttribute(path.resolve("theirs"), "unix:uid", 0);
                Files.setAttribute(path.resolve("theirs"), "unix:gid", 0);
            }
            case "link" -> link(path, "file");
            case "dirLink" -> link(path, "dir");
            case "dangling" -> link(path, "nowhere");
            case "loop" -> link(path, "loop");
            case "hard" -> {
                make(name.startsWith("@") ? "@file" : "file");
                Files.createLink(path, root.resolve("file"));
            }
            default -> {
                // A name that is meant to be missing.
            }
        }
    }

    private void link(Path path, String target) throws IOException {
        if (!path.endsWith(target)) {
            make(path.startsWith(other) ? "@" + target : target);
        }
        Files.createSymbolicLink(path, path.getFileSystem().getPath(target));
        Files.setAttribute(path, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", USER, LinkOption.NOFOLLOW_LINKS);
    }

    private static void file(Path path, String content, int mode, int owner) throws IOException {
        Files.writeString(path, content);
        own(path, mode, owner);
        Files.setLastModifiedTime(path, LONG_AGO);
    }

    private static void directory(Path path, int mode, int owner, String... entries) throws IOException {
        Files.createDirectory(path);
        for (String entry : entries) {
            Path child = path.resolve(entry);
            if (entry.endsWith("/")) {
                directory(child, 0755, owner == 0 && mode != 01777 ? 0 : USER);
            } else {
                file(child, "inner", 0644, owner == 0 && mode != 01777 ? 0 : USER);
            }
        }
        own(path, mode, owner);
        Files.setLastModifiedTime(path, LONG_AGO);
    }

    private static void own(Path path, int mode, int owner) throws IOException {
        Files.setAttribute(path, "unix:uid", owner);
        Files.setAttribute(path, "unix:gid", owner);
        Files.setAttribute(path, "unix:mode", mode);
    }

    /** As root: everything in both directories, in the order of names. */
    String describe() throws IOException {
        return describe(main, "") + describe(other, "@");
    }

    private static String describe(Path root, String prefix) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path path : below(root)) {
            Map<String, Object> is = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) is.get("mode");
            String name = root.relativize(path).toString().replaceAll(TEMPORARY, "t#");
            text.append(prefix).append(name).append(' ').append(Integer.toOctalString(mode));
            text.append(' ').append(is.get("uid")).append(':').append(is.get("gid"));
            text.append(" names ").append(is.get("nlink"));
            boolean isOld = is.get("lastModifiedTime").equals(LONG_AGO);
            text.append(isOld ? " old" : "");
            if ((Boolean) is.get("isRegularFile")) {
                byte[] bytes = Files.readAllBytes(path);
                text.append(" holds ").append(bytes.length > 50 ? bytes.length : Arrays.toString(bytes));
            } else if ((Boolean) is.get("isSymbolicLink")) {
                text.append(" to ").append(Files.readSymbolicLink(path));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static List<Path> below(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            List<Path> sorted = new ArrayList<>(paths.toList());
            Collections.sort(sorted);
            return sorted;
        }
    }

    /** What an operation gave, or what it threw: class, message, and the parts of a file system exception. */
    String outcome(JdkOperations.Operation operation, Path first, Path second) {
        try {
            return plain("gave " + text(operation.run(first, second)));
        } catch (FileSystemException e) {
            return anyEntry(
                    first,
                    plain("threw " + e.getClass().getName() + " file=" + e.getFile() + " other=" + e.getOtherFile()
                            + " reason=" + e.getReason() + " message=" + e.getMessage()));
        } catch (ClassCastException e) {
            // A JVM that has seen many of them leaves the message out.
            return "threw " + e.getClass().getName();
        } catch (Throwable e) {
            Throwable cause = e.getCause();
            String inner = cause == null ? "" : " caused by " + cause;
            return anyEntry(first, plain("threw " + e.getClass().getName() + " message=" + e.getMessage() + inner));
        }
    }

    /** Names no entry of the closed directory that a walk starts in: which one it meets first is up to the disk. */
    private static String anyEntry(Path start, String thrown) {
        return start.endsWith("closed") ? thrown.replaceAll("(?<=/closed/)[xd]\\b", "entry") : thrown;
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        return value instanceof Map<?, ?> map ? new TreeMap<Object, Object>(map).toString() : String.valueOf(value);
    }

    /**
     * Says $ and @ for the two directories, which are elsewhere on each side, and $$ and @@ where the root is missing.
     */
    private String plain(String text) {
        String local = text.replace(main.toString(), "$").replace(other.toString(), "@");
        local = local.replace(main.toString().substring(1), "$$")
                .replace(other.toString().substring(1), "@@");
        return local.replace("\n", "\\n").replaceAll(TEMPORARY, "t#");
    }
}
