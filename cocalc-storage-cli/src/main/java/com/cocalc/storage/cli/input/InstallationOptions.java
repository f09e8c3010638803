package com.cocalc.storage.cli.input;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.cli.output.Screen;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for the installation of a command. */
public final class InstallationOptions {

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "Helm values; repeat to layer files, later ones win as with helm -f.")
    private List<Path> values = List.of();

    public InstallationOptions() {}

    /** Returns the configuration of the files, if there are any. */
    public Optional<StorageConfig> config() {
        return values.isEmpty() ? Optional.empty() : Optional.of(Inputs.values(values));
    }

    /** Returns the configuration of the files, or the default configuration. */
    public StorageConfig configOrDefaults() {
        return config().orElseGet(StorageConfig::defaults);
    }

    /** Says beside what was found which configuration was judged, if no file names one. */
    public void noteDefaults(Screen screen) {
        if (values.isEmpty()) {
            screen.note("without --values the chart's defaults hold: claims projects-data and projects-software, "
                    + "fixPermissionsInit off");
        }
    }
}
