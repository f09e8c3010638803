package com.cocalc.storage.cli;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.FilePlace;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.cli.input.ProjectOptions;
import com.cocalc.storage.cli.output.Format;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.kubernetes.KubernetesText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code where}: shows where a file of a project is, and who sees it. */
@Command(
        name = "where",
        description = "Show where a file of a project lies, who sees it, and with which access.",
        footer = {
            "",
            "Input: an id and a path on the command line.",
            "Example:",
            "  cocalc-storage where UUID /home/user/notes.txt --values my-values.yaml"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:shown", "2:bad input", "3:cannot run"})
final class WhereCommand implements Runnable {

    @Parameters(paramLabel = "PROJECT", index = "0", description = "The project's id.")
    private String project = "";

    @Parameters(
            paramLabel = "PATH",
            index = "1",
            arity = "0..1",
            description = "The file: as the project's pod sees it, or relative to its home. Without it: the home.")
    private @Nullable String path;

    @Option(names = "--share", description = "PATH is relative to what the project has published.")
    private boolean share;

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    WhereCommand() {}

    /**
     * The answer: its fields are those of the JSON, in this order.
     *
     * @param claim the claim
     * @param path the file on it
     * @param views who sees it
     */
    record Answer(String claim, String path, List<View> views) {}

    /**
     * Who sees a file.
     *
     * @param seenBy the pod of the project, a service, or all projects
     * @param path where it is there
     * @param access what may be done with it
     */
    record View(String seenBy, String path, String access) {}

    @Override
    public void run() {
        ProjectId id = ProjectOptions.projectId("PROJECT", project);
        StorageConfig config = installation.configOrDefaults();
        Answer answer = answer(StorageModel.of(config), config, id);
        Screen screen = Screen.of(spec);
        switch (format) {
            case text -> screen.out().print(text(answer, screen.width()));
            case json -> screen.out().print(KubernetesText.json(answer));
            case yaml -> screen.out().print(KubernetesText.yaml(answer));
        }
    }

    private Answer answer(StorageModel model, StorageConfig config, ProjectId id) {
        String given = withSingleSlashes(path == null ? "" : path);
        Inputs.requireDecoded("PATH", given);
        if (path != null && path.isEmpty()) {
            throw new BadInputException("PATH must not be empty, but is; leave it out for the home");
        }
        if (share && given.startsWith("/")) {
            throw new BadInputException(
                    "PATH must be relative to what the project has published where --share is given," + " but was \""
                            + Table.onTerminal(given) + "\"; leave out what stands before");
        }
        if (share) {
            return of(part(given).map(file -> model.sharedFile(id, file)).orElseGet(() -> model.share(id)));
        }
        if (!given.startsWith("/")) {
            return of(part(given).map(file -> model.file(id, file)).orElseGet(() -> model.home(id)));
        }
        Optional<String> inHome = below(given, config.homePath());
        if (inHome.isPresent()) {
            return of(
                    inHome.flatMap(this::part).map(file -> model.file(id, file)).orElseGet(() -> model.home(id)));
        }
        String inSoftware = below(given, config.softwarePath())
                .orElseThrow(() -> new BadInputException("PATH must be in " + config.homePath() + " or "
                        + config.softwarePath() + ", or be relative to the home, but was \"" + Table.onTerminal(given)
                        + "\"; files elsewhere in a pod are gone with the pod"));
        return software(config.softwareClaim(), part(inSoftware), given);
    }

    /** Two slashes are one to the kernel, and the last one is none. */
    private static String withSingleSlashes(String path) {
        String clean = path.replaceAll("/+", "/");
        return clean.length() > 1 && clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
    }

    private static Answer software(ClaimName claim, Optional<SubPath> file, String path) {
        return new Answer(
                claim.toString(),
                file.map(SubPath::toString).orElse("(whole claim)"),
                List.of(new View("all projects", path, "read-only, or read-write by licence")));
    }

    private static Answer of(FilePlace place) {
        return new Answer(
                place.claim().toString(),
                place.path().toString(),
                place.seenBy().stream()
                        .map(sight -> new View(
                                sight.component().toString(),
                                sight.path().toString(),
                                sight.access().toString()))
                        .toList());
    }

    private static Optional<String> below(String path, MountPath mount) {
        if (path.equals(mount.value())) {
            return Optional.of("");
        }
        return path.startsWith(mount.value() + "/")
                ? Optional.of(path.substring(mount.value().length() + 1))
                : Optional.empty();
    }

    private Optional<SubPath> part(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SubPath.parse(text));
        } catch (IllegalArgumentException e) {
            throw new BadInputException("PATH: " + e.getMessage(), e);
        }
    }

    private static String text(Answer answer, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SEEN BY", "PATH", "ACCESS"));
        answer.views().forEach(view -> rows.add(List.of(view.seenBy(), view.path(), view.access())));
        return "CLAIM  " + answer.claim() + "\nPATH   " + Table.onTerminal(answer.path()) + "\n\n"
                + Table.of(rows, width);
    }
}
