package com.cocalc.storage.rwx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Copies a volume into a directory of another file system, with permissions where it has them; owners are not copied.
 */
final class VolumeExport {
    /** The first names of files that have further ones. */
    private final Map<Inode, Path> copied = new HashMap<>();

    private VolumeExport() {}

    static void copy(DirectoryNode from, Path to) throws IOException {
        new VolumeExport().copyBelow(from, to);
    }

    private void copyBelow(DirectoryNode from, Path to) throws IOException {
        List<byte[]> names = from.list();
        List<Inode> nodes = from.inodes();
        for (int i = 0; i < names.size(); i++) {
            Path target = HostPath.resolve(to, names.get(i));
            Inode node = nodes.get(i);
            Path first = node.nlink > 1 && !node.isDirectory() ? copied.putIfAbsent(node, target) : null;
            if (first != null) {
                Files.createLink(target, first);
            } else {
                copy(node, target);
            }
        }
    }

    private void copy(Inode node, Path target) throws IOException {
        if (node instanceof LinkNode link) {
            Files.createSymbolicLink(
                    target, HostPath.resolve(target.getFileSystem().getPath(""), link.target()));
        } else if (node instanceof DirectoryNode directory) {
            Files.createDirectory(target);
            copyBelow(directory, target);
            copyMode(directory, target);
        } else if (node instanceof FileNode file) {
            copyContents(file, target);
            copyMode(file, target);
        }
    }

    private static void copyContents(FileNode file, Path target) throws IOException {
        try (SeekableByteChannel out =
                Files.newByteChannel(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long number = file.nextPage(0); number >= 0; number = file.nextPage(number + 1)) {
                long start = number << Pages.SHIFT;
                byte[] page = Objects.requireNonNull(file.copyOfPage(number));
                ByteBuffer src = ByteBuffer.wrap(page, 0, (int) Math.min(page.length, file.size() - start));
                out.position(start);
                while (src.hasRemaining()) {
                    out.write(src);
                }
            }
            if (out.size() < file.size()) {
                out.position(file.size() - 1);
                out.write(ByteBuffer.allocate(1));
            }
        }
    }

    private static void copyMode(Inode node, Path target) throws IOException {
        if (target.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Files.setAttribute(target, "unix:mode", node.mode & 07777);
        }
    }
}
