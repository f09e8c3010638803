package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.files.PublicPath;
import com.cocalc.storage.files.Shares;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code publish}: publishes a path of a project, as manage-share does. */
@Command(
        name = "publish",
        description = "Bring what visitors see of a project's path to what is there now.",
        footer = {
            "",
            "Run it as user 2001 or as root, in a pod of manage-share or where the claims",
            "are mounted at DIR/projects and DIR/shares. Links that lead out of the",
            "published path are skipped. When it ends early, no file is half there, and",
            "the same command goes on from there. On a terminal a line on standard error",
            "shows how far it is.",
            "",
            "Input: the mounted home of the project, and the mounted shares.",
            "Example:",
            "  cocalc-storage publish UUID:talks --root /mnt/cocalc --max-bytes 10G"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all is published", "1:something was skipped", "2:bad input", "3:cannot run"})
public final class PublishCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SOURCE", description = "UUID:PATH, relative to the home; UUID:. is the whole home.")
    private String source = "";

    @Option(names = "--whole-tree", description = "Replace the published directory as a whole, not file by file.")
    private boolean wholeTree;

    @Option(
            names = "--follow-links",
            description = "Publish what a link leads to in the same home, instead of skipping it.")
    private boolean followLinks;

    @Mixin
    private Transfer transfer = new Transfer();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PublishCommand() {}

    @Override
    public Integer call() {
        ProjectPath path = ProjectPath.parse("SOURCE", source);
        long maxFiles = transfer.limits().maxFiles();
        long maxBytes = transfer.limits().maxBytes();
        return transfer.run(Screen.of(spec), "published", (progress, cancellation) -> {
            Shares shares = transfer.files()
                    .shares()
                    .limitedTo(maxFiles, maxBytes)
                    .tellingProgressTo(progress)
                    .cancelledBy(cancellation);
            shares = wholeTree ? shares.wholeTree() : shares;
            shares = followLinks ? shares.followingLinks() : shares;
            shares = transfer.isComparingContents() ? shares.comparingContents() : shares;
            return shares.publish(PublicPath.of(path.project(), path.path()));
        });
    }
}
