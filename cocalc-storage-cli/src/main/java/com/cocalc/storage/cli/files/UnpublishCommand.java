package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.files.FilesException;
import com.cocalc.storage.files.PublicPath;
import com.cocalc.storage.files.Shares;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code unpublish}: removes the share of a project's path, as manage-share does. */
@Command(
        name = "unpublish",
        description = "Remove what visitors see of a project's path.",
        footer = {
            "",
            "What other publications of the project show stays. Run it as user 2001 or as",
            "root, in a pod of manage-share or where the claims are mounted at DIR/projects",
            "and DIR/shares.",
            "",
            "Input: the mounted shares.",
            "Example:",
            "  cocalc-storage unpublish UUID:talks --root /mnt/cocalc"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it is no longer published", "2:bad input", "3:cannot run"})
public final class UnpublishCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SOURCE", description = "UUID:PATH, as it was published.")
    private String source = "";

    @Mixin
    private FilesOptions files = new FilesOptions();

    @Mixin
    private TransferReport report = new TransferReport();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UnpublishCommand() {}

    @Override
    public Integer call() {
        Screen screen = Screen.of(spec);
        ProjectPath path = ProjectPath.parse("SOURCE", source);
        PublicPath row = PublicPath.of(path.project(), path.path());
        try {
            Shares shares = files.shares();
            if (!shares.published(row.project()).contains(row)) {
                screen.note(Table.onTerminal(row.toString()) + " was not published");
            }
            shares.unpublish(row);
            return report.done(screen, "unpublished", path.toString());
        } catch (FilesException e) {
            return report.failed(screen, e);
        }
    }
}
