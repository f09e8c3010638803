package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.files.FilesException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code recover}: completes or removes what crashed publishers have left, as manage-share does when it
 * starts.
 */
@Command(
        name = "recover",
        description = "End what publishing left unfinished when its process or node crashed.",
        footer = {
            "",
            "An exchange of two trees that was begun is completed or taken back. Locks and",
            "staged files that nobody uses any more are removed. Shares at which a publisher",
            "is at work, and whatever is younger than five minutes, are left alone, so the",
            "command may run at any time. Run it as user 2001 or as root, in a pod of",
            "manage-share or where the claims are mounted at DIR/projects and DIR/shares.",
            "",
            "Input: the mounted shares.",
            "Example:",
            "  cocalc-storage recover --root /mnt/cocalc"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing unfinished is left", "2:bad input", "3:cannot run"})
public final class RecoverCommand implements Callable<Integer> {

    @Mixin
    private FilesOptions files = new FilesOptions();

    @Mixin
    private TransferReport report = new TransferReport();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RecoverCommand() {}

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec);
        try {
            files.shares().recover();
            return report.done(screen, "recovered", "the shares");
        } catch (FilesException e) {
            return report.failed(screen, e);
        }
    }
}
