package com.example.modules;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.nio.file.FileSystem;

/** The homes of projects on one volume. */
public final class Homes {

    private final RwxVolume volume = RwxVolume.create();

    /** The file system that a project's own user sees. */
    public FileSystem of(ProjectId project) {
        ProjectVolumes volumes = ProjectVolumes.forProject(project, ProjectLicenses.none());
        String directory = volumes.home().part().toString();
        volume.populate("0700 " + volumes.identity() + " - " + directory + "/");
        return volume.mount(Mount.as(volumes.identity()).subPath(directory));
    }
}
