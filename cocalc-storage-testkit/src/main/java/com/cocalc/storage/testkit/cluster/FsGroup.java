package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.testkit.cluster.program.UnixFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Applies {@code fsGroup} to a whole volume as the kubelet does: it changes the group and the group bits, never the
 * user.
 */
final class FsGroup {

    private static final int FILE = 0660;
    private static final int DIRECTORY = 02770;
    private static final int READ_ONLY_FILE = 0440;
    private static final int READ_ONLY_DIRECTORY = 02550;

    private FsGroup() {}

    static void apply(PodVolume volume, long group, boolean onlyOnMismatch, String name) throws Trouble {
        try (FileSystem files = volume.volume().mount(volume.mountOfNode())) {
            Path root = files.getPath("/");
            UnixFile present = UnixFile.stat(root);
            boolean isRight = present.gid() == group && (present.mode() & DIRECTORY) == DIRECTORY;
            if (!onlyOnMismatch || !isRight) {
                change(root, group, volume.nodePath());
            }
        } catch (RefusedChange e) {
            throw Trouble.mount("MountVolume.SetUp failed for volume \"" + name + "\" : applyFSGroup failed for vol "
                    + name + ": " + e.getMessage());
        } catch (IOException e) {
            throw Trouble.mount("MountVolume.SetUp failed for volume \"" + name + "\" : applyFSGroup failed for vol "
                    + name + ": stat " + volume.nodePath() + ": " + Trouble.inGo(e));
        }
    }

    /** Applies the group to a volume that is read-only in containers, so that the group may only read. */
    static void applyReadOnly(Path path, long group) throws IOException {
        UnixFile file = UnixFile.lstat(path);
        UnixFile.chown(path, -1, group, LinkOption.NOFOLLOW_LINKS);
        UnixFile.chmod(path, file.permissions() | (file.isDirectory() ? READ_ONLY_DIRECTORY : READ_ONLY_FILE));
        if (file.isDirectory()) {
            for (Path entry : sortedEntries(path)) {
                applyReadOnly(entry, group);
            }
        }
    }

    /** Changes a tree, its root last, so that an interrupted walk is repeated at the next start. */
    private static void change(Path path, long group, String nodePath) throws IOException {
        UnixFile file = UnixFile.lstat(path);
        if (file.isDirectory()) {
            for (Path entry : sortedEntries(path)) {
                change(entry, group, nodePath);
            }
        }
        String call = "lchown";
        try {
            UnixFile.chown(path, -1, group, LinkOption.NOFOLLOW_LINKS);
            if (!file.isLink()) {
                call = "chmod";
                // As before the chown, which may have taken set-id bits away.
                UnixFile.chmod(path, file.permissions() | (file.isDirectory() ? DIRECTORY : FILE));
            }
        } catch (IOException e) {
            throw new RefusedChange(call + " " + nodePath + path + ": " + Trouble.inGo(e), e);
        }
    }

    private static List<Path> sortedEntries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private static final class RefusedChange extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedChange(String message, IOException cause) {
            super(message, cause);
        }
    }
}
