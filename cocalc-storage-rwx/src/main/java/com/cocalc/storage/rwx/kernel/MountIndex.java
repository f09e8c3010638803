package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.disk.Inode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mounts of a container that has many, found without a look at each. */
final class MountIndex {
    private final Map<Place, MountPoint> byPlace = new HashMap<>();
    private final Map<String, MountPoint> byPath = new HashMap<>();
    private final Set<Inode> covered = new HashSet<>();

    /** Neither mounts nor inodes are equal to another one. */
    private record Place(Object mount, Inode directory) {}

    static MountIndex of(List<MountPoint> mounts) {
        MountIndex index = new MountIndex();
        mounts.forEach(index::add);
        return index;
    }

    /** A later mount of one directory hides an earlier one. */
    void add(MountPoint mount) {
        MountPoint below = mount.below();
        Inode directory = mount.covered();
        if (below != null && directory != null) {
            byPlace.put(new Place(below.identity(), directory), mount);
            covered.add(directory);
        }
        byPath.put(mount.path(), mount);
    }

    /** What is mounted on this directory of this mount, or null. */
    @Nullable
    MountPoint over(MountPoint mount, Inode directory) {
        return byPlace.get(new Place(mount.identity(), directory));
    }

    /** Whether something is mounted on this directory, by whichever mount it is seen. */
    boolean isMountPoint(Inode directory) {
        return covered.contains(directory);
    }

    /**
     * The mounts that a path leads through by its text alone, the outermost first.
     *
     * @param path absolute, each element followed by one slash
     */
    List<MountPoint> along(String path) {
        List<MountPoint> mounts = new ArrayList<>();
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
            MountPoint mount = byPath.get(path.substring(0, end));
            if (mount != null) {
                mounts.add(mount);
            }
        }
        return mounts;
    }
}
