package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.DirectoryNode;
import com.cocalc.storage.rwx.disk.FifoNode;
import com.cocalc.storage.rwx.disk.FileNode;
import com.cocalc.storage.rwx.disk.Inode;
import com.cocalc.storage.rwx.disk.LinkNode;
import com.cocalc.storage.rwx.disk.Pages;
import com.cocalc.storage.rwx.kernel.Server;
import com.cocalc.storage.rwx.nio.RwxPath;
import com.cocalc.storage.rwx.nio.path.HostPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies a volume into a directory of another file system, with permissions where it has them; owners are not copied.
 */
final class VolumeExport {
    /** The first names of files that have additional ones. */
    private final Map<Inode, Path> copied = new HashMap<>();

    private final Server server;

    private VolumeExport(Server server) {
        this.server = server;
    }

    static void copy(Server from, Path to) throws IOException {
        new VolumeExport(from).copyAll(from.root(), to);
    }

    /** The directories whose modes are set after everything below them is copied, the outermost first. */
    private final Deque<Place> open = new ArrayDeque<>();

    private final Deque<Place> done = new ArrayDeque<>();

    private record Place(DirectoryNode from, Path to) {}

    private void copyAll(DirectoryNode from, Path to) throws IOException {
        copyBelow(from, to);
        while (!open.isEmpty()) {
            Place next = open.removeLast();
            Files.createDirectory(next.to);
            done.add(next);
            copyBelow(next.from, next.to);
        }
        while (!done.isEmpty()) {
            Place last = done.removeLast();
            copyMode(last.from, last.to);
        }
    }

    private void copyBelow(DirectoryNode from, Path to) throws IOException {
        List<byte[]> names;
        List<Inode> nodes;
        server.lock().lock();
        try {
            names = from.names().list();
            nodes = from.names().inodes();
        } finally {
            server.lock().unlock();
        }
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
            open.add(new Place(directory, target));
        } else if (node instanceof FifoNode) {
            makeFifo(target);
            copyMode(node, target);
        } else if (node instanceof FileNode file) {
            copyContents(file, target);
            copyMode(file, target);
        }
    }

    /** Java can ask no other file system for one. */
    private static void makeFifo(Path target) throws IOException {
        if (!(target instanceof RwxPath)) {
            throw new IOException(target
                    + " is a FIFO, which only a volume can have; remove it from the volume first, or copy"
                    + " into another volume");
        }
        Fifos.create(target);
    }

    private void copyContents(FileNode file, Path target) throws IOException {
        try (SeekableByteChannel out =
                Files.newByteChannel(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Part part = part(file, 0); part != null; part = part(file, part.number + 1)) {
                ByteBuffer src = part.bytes;
                out.position(part.number << Pages.SHIFT);
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

    /** A page that holds something. */
    private record Part(long number, ByteBuffer bytes) {}

    private @Nullable Part part(FileNode file, long from) {
        server.lock().lock();
        try {
            long number = file.nextPage(from);
            if (number < 0) {
                return null;
            }
            byte[] page = Objects.requireNonNull(file.copyOfPage(number));
            int length = (int) Math.min(page.length, file.size() - (number << Pages.SHIFT));
            return new Part(number, ByteBuffer.wrap(page, 0, length));
        } finally {
            server.lock().unlock();
        }
    }

    private static void copyMode(Inode node, Path target) throws IOException {
        if (target.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Files.setAttribute(target, "unix:mode", node.mode & 07777);
        }
    }
}
