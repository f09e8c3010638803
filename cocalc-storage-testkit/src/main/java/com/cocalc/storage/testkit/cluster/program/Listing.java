package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The entries of a directory, read at once and sorted, so that the order is always the same. */
final class Listing {

    private Listing() {}

    static List<Path> of(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(paths::add);
        }
        paths.sort(null);
        return paths;
    }
}
