package com.cocalc.storage.testkit.law;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.testkit.law.EntryJudge.Attributes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Visits all entries of a tree that others may change. Each directory is opened from the one above it and never through
 * a link; attributes that Java reads only by path are used only if they are those of the entry in that directory.
 */
final class TreeWalk {

    private static final String EXCHANGED = "replaced while it was read";
    private static final String ATTRIBUTES = "unix:mode,uid,gid,fileKey";

    private final Path root;
    private final EntryJudge judge;
    private final Violations violations;

    TreeWalk(Path root, EntryJudge judge, Violations violations) {
        this.root = root;
        this.judge = judge;
        this.violations = violations;
    }

    private InvalidValueException refused(String rule, String more, String remedy) {
        return InvalidValueException.of("home", rule, Printed.of(root.toString()) + more, remedy);
    }

    void walk() throws IOException {
        if (!root.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            throw refused(
                    "lie on a file system with owners and modes",
                    " on one with " + root.getFileSystem().supportedFileAttributeViews(),
                    "use a directory of Linux or of RwxVolume");
        }
        Map<String, Object> byPath = Files.readAttributes(root, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        Attributes attributes = attributes(byPath);
        if (!attributes.isDirectory()) {
            throw refused("be a directory", "", "name the directory itself, not a link to it");
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
                throw refused(
                        "lie on a file system that opens directories without following links",
                        "",
                        "use a directory of Linux or of RwxVolume");
            }
            BasicFileAttributeView opened = secure.getFileAttributeView(BasicFileAttributeView.class);
            if (!Objects.equals(opened.readAttributes().fileKey(), byPath.get("fileKey"))) {
                report(root, EXCHANGED);
                return;
            }
            judge.judge(root, ".", attributes);
            visitBelow(secure);
        }
    }

    /** Visits the entries below the top without recursion, as the owner of the tree decides its depth. */
    private void visitBelow(SecureDirectoryStream<Path> top) throws IOException {
        Deque<OpenDirectory> open = new ArrayDeque<>();
        open.push(new OpenDirectory(top, root, names(top, root)));
        try {
            while (!open.isEmpty()) {
                OpenDirectory here = open.element();
                if (!here.names.hasNext()) {
                    open.remove().stream.close();
                    continue;
                }
                Path name = here.names.next();
                Path entry = here.path.resolve(name);
                try {
                    if (look(here.stream, name, entry)) {
                        SecureDirectoryStream<Path> below =
                                here.stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
                        open.push(new OpenDirectory(below, entry, names(below, entry)));
                    }
                } catch (NoSuchFileException e) {
                    // It was removed since its name was read: there is nothing to judge.
                } catch (FileSystemException e) {
                    report(entry, reason(e));
                }
            }
        } finally {
            for (OpenDirectory left : open) {
                left.stream.close();
            }
        }
    }

    /** A directory above the current entry, and the names in it that are not visited yet. */
    private record OpenDirectory(SecureDirectoryStream<Path> stream, Path path, Iterator<Path> names) {}

    private Iterator<Path> names(SecureDirectoryStream<Path> directory, Path path) {
        List<Path> names = new ArrayList<>();
        try {
            directory.forEach(entry -> names.add(Objects.requireNonNull(entry.getFileName())));
        } catch (DirectoryIteratorException e) {
            report(path, reason(Objects.requireNonNull(e.getCause())));
        }
        names.sort(Comparator.naturalOrder());
        return names.iterator();
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : null;
        // Behind the "or" is a guess of the JDK's.
        return reason == null ? e.toString() : reason.replaceFirst(" or unable to access .*", "");
    }

    /** Judges an entry, and returns whether it is a directory to visit. */
    private boolean look(SecureDirectoryStream<Path> directory, Path name, Path entry) throws IOException {
        Map<String, Object> byPath = Files.readAttributes(entry, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        Object key = directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .fileKey();
        if (!Objects.equals(key, byPath.get("fileKey"))) {
            report(entry, EXCHANGED);
            return false;
        }
        Attributes attributes = attributes(byPath);
        judge.judge(entry, where(entry), attributes);
        return attributes.isDirectory();
    }

    private void report(Path entry, String found) {
        violations.add(OwnershipLaws.TREE_CAN_BE_JUDGED, where(entry), found, "an entry to be judged");
    }

    private String where(Path entry) {
        return entry.equals(root) ? "." : root.relativize(entry).toString();
    }

    private static Attributes attributes(Map<String, Object> map) {
        return new Attributes(number(map, "uid"), number(map, "gid"), (int) number(map, "mode"));
    }

    /** Returns a number as unsigned, as the JDK has ids as int, where an id beyond 2^31 is negative. */
    private static long number(Map<String, Object> map, String name) {
        return Integer.toUnsignedLong(((Number) Objects.requireNonNull(map.get(name))).intValue());
    }
}
