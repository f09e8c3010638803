package com.cocalc.storage.files;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two projects below a directory that stands for the root of manage-copy's container. */
final class Projects {

    static final ProjectId A = ProjectId.parse("aaaaaaaa-0000-4000-8000-000000000001");
    static final ProjectId B = ProjectId.parse("bbbbbbbb-0000-4000-8000-000000000002");

    final Path root;
    final Path a;
    final Path b;
    final ProjectFiles files;

    Projects(Path root) throws IOException {
        this.root = root;
        this.a = Files.createDirectories(root.resolve("projects").resolve(A.toString()));
        this.b = Files.createDirectories(root.resolve("projects").resolve(B.toString()));
        this.files = ProjectFiles.below(ServiceVolumes.forService(StorageService.MANAGE_COPY), root);
    }

    Path file(Path home, String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    static FilePath path(String text) {
        return FilePath.parse(text);
    }

    CopyRequest request(String from, String to) {
        return CopyRequest.from(A, path(from)).to(B, path(to));
    }

    CopyReport copy(String from, String to) {
        return files.copy(request(from, to));
    }

    /** A report without the remark that a user who cannot change owners gets, though not from a dry run. */
    static String counts(CopyReport report) {
        return report.toString()
                .replaceFirst(
                        "; what is made belongs to \\d+:\\d+, not to 2001:2001, as changing owners failed: [^;]*$", "");
    }

    /** What the staging directory holds; empty after each operation, however it ended. */
    java.util.List<String> staged() throws IOException {
        return Trees.list(root.resolve("projects/.cocalc-storage/staging"));
    }
}
