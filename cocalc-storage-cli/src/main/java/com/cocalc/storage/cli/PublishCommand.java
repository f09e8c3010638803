package com.cocalc.storage.cli;

import com.cocalc.storage.files.CopyReport;
import com.cocalc.storage.files.FilesException;
import com.cocalc.storage.files.PublicPath;
import com.cocalc.storage.files.Shares;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a path of a project, as manage-share does. */
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
final class PublishCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SOURCE", description = "UUID:PATH, relative to the home; UUID:. is the whole home.")
    private String source = "";

    @Option(names = "--whole-tree", description = "Replace the published directory as a whole, not file by file.")
    private boolean wholeTree;

    @Option(
            names = "--follow-links",
            description = "Publish what a link leads to in the same home, instead of skipping it.")
    private boolean followLinks;

    @Option(names = "--compare-contents", description = "Compare the contents of files with the same size and time.")
    private boolean compareContents;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private FilesOptions files = new FilesOptions();

    @Mixin
    private TransferReport report = new TransferReport();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PublishCommand() {}

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec);
        ProjectPath path = ProjectPath.parse("SOURCE", source);
        long maxFiles = limits.maxFiles();
        long maxBytes = limits.maxBytes();
        CopyReport done;
        try (ProgressLine line = new ProgressLine(screen);
                Interruption interruption = Interruption.watched()) {
            Shares shares = files.shares()
                    .limitedTo(maxFiles, maxBytes)
                    .tellingProgressTo(line)
                    .cancelledBy(interruption.cancellation());
            shares = wholeTree ? shares.wholeTree() : shares;
            shares = followLinks ? shares.followingLinks() : shares;
            shares = compareContents ? shares.comparingContents() : shares;
            done = shares.publish(PublicPath.of(path.project(), path.path()));
        } catch (FilesException e) {
            return report.failed(screen, e);
        }
        return report.done(screen, "published", done);
    }
}
