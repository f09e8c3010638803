package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.program.UnixFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A volume as it is mounted on the node for one pod.
 *
 * @param name the name of the kubelet's volume: that of the persistent volume, or of the volume of the pod
 * @param base the mounted part of {@code volume}, without a slash at either end; empty for the whole
 * @param backEnd the back end of its server, or null for storage of the node
 * @param access the processes that may write to it
 * @param nodePath the path of the volume on the node, without links
 * @param writtenPath the same as the kubelet passes it on
 */
record PodVolume(
        String name,
        RwxVolume volume,
        String base,
        @Nullable BackEnd backEnd,
        Access access,
        String nodePath,
        String writtenPath) {

    PodVolume(String name, RwxVolume volume, String base, @Nullable BackEnd backEnd, Access access, String nodePath) {
        this(name, volume, base, backEnd, access, nodePath, nodePath);
    }

    /** The processes that may write to a volume. */
    enum Access {
        ALL,
        /** The kubelet, which creates sub-paths. */
        KUBELET,
        NOBODY
    }

    /** Returns whether every container sees the volume read-only. */
    boolean isReadOnly() {
        return access != Access.ALL;
    }

    /** Returns a mount with its user as the server maps it. */
    Mount squashed(Mount mount) {
        return backEnd == null ? mount : Export.squashed(backEnd, mount);
    }

    /** Returns a mount for root of the node. */
    Mount mountOfNode() {
        Mount root = squashed(Mount.asRoot());
        return access == Access.NOBODY ? root.readOnly() : root;
    }

    /** Makes a missing path of the node into a directory, as the runtime does with what it is to mount. */
    void makeBase() throws Trouble {
        if (base.isEmpty()) {
            return;
        }
        try (FileSystem files = volume.mount(mountOfNode())) {
            makeIfMissing(files.getPath("/" + base), files.getPath("/" + NodePath.demandingDirectory(base + slash())));
        } catch (IOException e) {
            throw new AssertionError("closing a mount in memory", e);
        }
    }

    private String slash() {
        return demandsDirectory() ? "/" : "";
    }

    private boolean demandsDirectory() {
        return writtenPath.endsWith("/") || writtenPath.endsWith("/.");
    }

    /** Returns the path that the runtime mounts: it follows a link, unless a slash behind it has done so. */
    String source() {
        return demandsDirectory() ? writtenPath : nodePath;
    }

    private void makeIfMissing(Path path, Path asWritten) throws Trouble {
        try {
            UnixFile.stat(asWritten);
        } catch (NoSuchFileException missing) {
            try {
                Files.createDirectories(path);
            } catch (FileSystemException e) {
                throw Trouble.create(
                        "failed to mkdir \"" + writtenPath + "\": mkdir " + e.getFile() + ": " + Trouble.inGo(e));
            } catch (IOException e) {
                throw Trouble.create("failed to mkdir \"" + writtenPath + "\": " + Trouble.inGo(e));
            }
        } catch (IOException e) {
            throw Trouble.create(
                    "failed to stat \"" + writtenPath + "\": stat " + writtenPath + ": " + Trouble.inGo(e));
        }
    }

    /** Returns whether a path of the node is in this volume. */
    boolean holds(String onNode) {
        return (onNode + "/").startsWith(nodePath + "/");
    }

    /** Returns the path in {@link #volume} of a path of the node in this volume, without a slash at either end. */
    String partAt(String onNode) {
        String rest = onNode.substring(nodePath.length());
        return base.isEmpty() ? rest.substring(rest.isEmpty() ? 0 : 1) : base + rest;
    }

    /** Returns whether a part of {@link #volume} is a directory. */
    boolean isDirectory(String part) {
        try (FileSystem files = volume.mount(Mount.asRoot())) {
            return UnixFile.lstat(files.getPath("/" + part)).isDirectory();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the path on the node of a part of {@link #volume}. */
    String onNode(String part) {
        String rest = base.isEmpty() ? "/" + part : part.substring(base.length());
        return part.isEmpty() ? nodePath : nodePath + rest;
    }
}
