package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.input.BadInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that limit a copy. */
final class LimitOptions {

    @Option(
            names = "--max-files",
            paramLabel = "NUMBER",
            description = "Refuse a source with more files, links and directories, before anything is written.")
    private @Nullable Long files;

    @Option(
            names = "--max-bytes",
            paramLabel = "SIZE",
            description = "Refuse a source with more bytes (500M, 10G), before anything is written.")
    private @Nullable String bytes;

    LimitOptions() {}

    boolean isGiven() {
        return files != null || bytes != null;
    }

    long maxFiles() {
        if (files == null) {
            return Long.MAX_VALUE;
        }
        if (files < 0) {
            throw new BadInputException(
                    "--max-files must not be negative, but was \"" + files + "\"; leave it out for no limit");
        }
        return files;
    }

    long maxBytes() {
        return bytes == null ? Long.MAX_VALUE : ByteCount.parse("--max-bytes", bytes);
    }
}
