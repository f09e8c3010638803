package com.cocalc.storage.files;

import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.nio.file.FileSystem;
import java.time.Duration;
import java.util.List;

/** Three projects on a fake volume: {@code a} is copied to {@code b}, and {@code c} has a secret. */
final class FakeProjects {

    static final String C = Attack.VICTIM;
    static final String PROJECTS = "projects/";
    static final String A_HOME = PROJECTS + Projects.A + "/";
    static final String B_HOME = PROJECTS + Projects.B + "/";
    static final String C_HOME = PROJECTS + C + "/";

    private static final String TREE =
            """
            0755 0:0 - etc/
            0644 0:0 "SECRET of the host" etc/shadow
            0755 2001:2001 - projects/
            0755 2001:2001 - A/
            0755 2001:2001 - A/notes/
            0644 2001:2001 "one, new" A/notes/one
            0755 2001:2001 - A/notes/sub/
            0644 2001:2001 "two, new" A/notes/sub/two
            0644 2001:2001 = A/notes/sub/twin -> A/notes/one
            0755 2001:2001 - A/notes/sub/deep/
            0644 2001:2001 "three, new" A/notes/sub/deep/three
            0777 2001:2001 - A/notes/link -> one
            0755 2001:2001 - A/other/
            0644 2001:2001 "mine" A/other/two
            0755 2001:2001 - B/
            0755 2001:2001 - B/in/
            0755 2001:2001 - B/in/notes/
            0644 2001:2001 "one, old" B/in/notes/one
            0755 2001:2001 - B/in/notes/sub/
            0644 2001:2001 "two, old" B/in/notes/sub/two
            0755 2001:2001 - B/in/notes/gone/
            0644 2001:2001 "old" B/in/notes/gone/file
            0755 2001:2001 - B/other/
            0644 2001:2001 "theirs" B/other/two
            0755 2001:2001 - C/
            0600 2001:2001 "SECRET of a victim" C/key
            0755 2001:2001 - C/sub/
            0600 2001:2001 "SECRET of a victim too" C/sub/two
            """.replace("A/", A_HOME).replace("B/", B_HOME).replace("C/", C_HOME);

    final RwxVolume volume;
    final FileSystem owner;

    FakeProjects(RwxVolume volume) {
        this.volume = volume;
        volume.populate(TREE);
        this.owner = volume.mount(Mount.as(2001, 2001));
    }

    /** manage-copy, newly mounted. */
    static ProjectFiles files(RwxVolume volume) {
        return ProjectFiles.below(
                        ServiceVolumes.forService(StorageService.MANAGE_COPY),
                        volume.mount(Mount.as(2001, 2001)).getPath("/"))
                .withThreads(1)
                .withOpenLimit(Duration.ofSeconds(30));
    }

    static CopyRequest request() {
        return CopyRequest.from(Projects.A, FilePath.parse("notes"))
                .to(Projects.B, FilePath.parse("in/notes"))
                .overwritingNewer()
                .deletingMissing();
    }

    /** What is there below a path, without times. */
    static List<String> lines(RwxVolume volume, String below) {
        return volume.tree().lines().filter(line -> line.contains(" " + below)).toList();
    }
}
