package com.example;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.files.CopyReport;
import com.cocalc.storage.files.CopyRequest;
import com.cocalc.storage.files.FilePath;
import com.cocalc.storage.files.ProjectFiles;
import java.nio.file.Path;

/** What a service does with the files of projects. */
public final class Copier {

    private final ProjectFiles files;

    public Copier(Path root) {
        files = ProjectFiles.below(ServiceVolumes.forService(StorageService.MANAGE_COPY), root);
    }

    public CopyReport copy(ProjectId from, String path, ProjectId to) {
        return files.copy(CopyRequest.from(from, FilePath.parse(path)).to(to));
    }
}
