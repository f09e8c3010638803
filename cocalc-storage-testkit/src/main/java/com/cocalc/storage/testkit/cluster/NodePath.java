package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.testkit.cluster.program.UnixFile;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/**
 * The path of a {@code hostPath} volume on its node. The kubelet takes it as the pod writes it, so that a slash at its
 * end demands a directory. These nodes have no sockets and devices.
 *
 * @param volume the name of the volume
 * @param written the path as the pod writes it
 * @param path the same for calls that know no slash at the end
 * @param type the type of the source, empty for none
 */
record NodePath(String volume, String written, Path path, String type) {

    static NodePath of(String volume, HostPathVolumeSource source, FileSystem node) {
        String written = source.getPath().startsWith("/") ? source.getPath() : "/" + source.getPath();
        String type = source.getType() == null ? "" : source.getType();
        return new NodePath(volume, written, node.getPath(demandingDirectory(written)), type);
    }

    /** Returns a path that demands a directory, where it ends with a slash, also for Java. */
    static String demandingDirectory(String written) {
        return written.endsWith("/") ? written + "." : written;
    }

    /** Checks the type, or makes a missing file or directory if the type says so. */
    void prepare() throws Trouble {
        boolean isDirectory = type.equals("DirectoryOrCreate");
        if (!isMissing() || !(isDirectory || type.equals("FileOrCreate"))) {
            requireType();
        } else if (isDirectory) {
            makeDirectory();
        } else {
            makeFile();
        }
    }

    /** Makes the directory; what is there already is left to the runtime. */
    private void makeDirectory() throws Trouble {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            // The kubelet goes on.
        } catch (FileSystemException e) {
            throw Trouble.setUp(volume, "mkdir " + e.getFile() + ": " + Trouble.inGo(e));
        } catch (IOException e) {
            throw Trouble.setUp(volume, "mkdir " + written + ": " + Trouble.inGo(e));
        }
    }

    private void makeFile() throws Trouble {
        try (SeekableByteChannel made = open()) {
            Objects.requireNonNull(made);
        } catch (IOException e) {
            throw Trouble.setUp(volume, "open " + written + ": " + Trouble.inGo(e));
        }
    }

    private SeekableByteChannel open() throws IOException {
        if (written.endsWith("/")) {
            UnixFile.stat(Objects.requireNonNull(path.normalize().getParent()).resolve("."));
            throw new FileSystemException(written, null, "Is a directory");
        }
        return Files.newByteChannel(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    private boolean isMissing() {
        try {
            UnixFile.stat(path);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void requireType() throws Trouble {
        boolean isDirectory = Files.isDirectory(path);
        boolean isFile = Files.isRegularFile(path);
        String expected = switch (type) {
            case "Directory", "DirectoryOrCreate" -> isDirectory ? "" : "a directory";
            case "File", "FileOrCreate" -> isFile ? "" : "a file";
            case "Socket" -> "a socket file";
            case "CharDevice" -> "a character device";
            case "BlockDevice" -> "a block device";
            default -> "";
        };
        if (!expected.isEmpty()) {
            throw Trouble.setUp(volume, "hostPath type check failed: " + written + " is not " + expected);
        }
    }

    /** Returns the path without links, or as it is if it leads nowhere; empty for the root. */
    String real() throws IOException {
        String real = (isMissing() ? path.normalize() : path.toRealPath()).toString();
        return real.equals("/") ? "" : real;
    }
}
