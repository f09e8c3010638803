package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.files.CopyRequest;
import com.cocalc.storage.files.ProjectFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code copy}: copies files between projects, as manage-copy does. */
@Command(
        name = "copy",
        description = "Copy a file or directory of a project to another, safe while both change.",
        footer = {
            "",
            "TARGET names the copy itself: notes copied to in/notes is in/notes afterwards.",
            "Run it as user 2001 or as root, in a pod of manage-copy or where the claim is",
            "mounted at DIR/projects. When it ends early, no file is half there, and the same",
            "command goes on from there. On a terminal a line on standard error shows how",
            "far it is.",
            "",
            "Input: the mounted homes of both projects.",
            "Example:",
            "  cocalc-storage copy UUID:notes UUID:in/notes --root /mnt/cocalc \\",
            "    --exclude '*.pyc' --max-bytes 10G --dry-run"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all is copied", "1:something was skipped", "2:bad input", "3:cannot run"})
public final class CopyCommand implements Callable<Integer> {

    /** A time that is longer than any pause of a copy, so that files unchanged for so long were left by a crash. */
    private static final Duration UNUSED = Duration.ofHours(1);

    private static final long KIB = 1024;

    @Parameters(
            paramLabel = "SOURCE",
            index = "0",
            description = "UUID:PATH, relative to the home; UUID:. is the whole home.")
    private String source = "";

    @Parameters(
            paramLabel = "TARGET",
            index = "1",
            description = "UUID:PATH, or UUID alone for the same path as in SOURCE.")
    private String target = "";

    @Option(
            names = "--overwrite-newer",
            description = "Replace files that are newer in the target; otherwise they are skipped.")
    private boolean overwriteNewer;

    @Option(names = "--delete-missing", description = "Delete what the target has and the source lacks.")
    private boolean deleteMissing;

    @Option(names = "--backup", description = "Keep what is replaced or deleted as NAME~.")
    private boolean backup;

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Leave out what it matches, as with rsync --exclude; may be repeated.")
    private List<String> excludes = new ArrayList<>();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Stop after this time; what is copied stays.")
    private @Nullable Integer timeout;

    @Option(names = "--bwlimit", paramLabel = "KIB", description = "Read at most so many KiB a second.")
    private @Nullable Integer bwlimit;

    @Option(names = "--dry-run", description = "Report what would be done, and write nothing.")
    private boolean dryRun;

    @Mixin
    private Transfer transfer = new Transfer();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CopyCommand() {}

    @Override
    public Integer call() {
        CopyRequest request = request();
        return transfer.run(Screen.of(spec), dryRun ? "would copy" : "copied", (progress, cancellation) -> {
            ProjectFiles projects = transfer.files().projects();
            if (!dryRun) {
                projects.recover(UNUSED);
            }
            return projects.copy(request.tellingProgressTo(progress).cancelledBy(cancellation));
        });
    }

    private CopyRequest request() {
        ProjectPath from = ProjectPath.parse("SOURCE", source);
        ProjectPath to = ProjectPath.parse("TARGET", target, from.path());
        CopyRequest request = CopyRequest.from(from.project(), from.path()).to(to.project(), to.path());
        request = overwriteNewer ? request.overwritingNewer() : request;
        request = deleteMissing ? request.deletingMissing() : request;
        request = backup ? request.keepingBackups() : request;
        request = transfer.isComparingContents() ? request.comparingContents() : request;
        request = dryRun ? request.asDryRun() : request;
        LimitOptions limits = transfer.limits();
        request = limits.isGiven() ? request.limitedTo(limits.maxFiles(), limits.maxBytes()) : request;
        if (timeout != null) {
            request = request.within(Duration.ofSeconds(positive("--timeout", timeout)));
        }
        if (bwlimit != null) {
            request = request.slowedTo(positive("--bwlimit", bwlimit) * KIB);
        }
        excludes.forEach(pattern -> Inputs.requireDecoded("--exclude", pattern));
        try {
            return request.excluding(excludes);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--exclude: " + e.getMessage(), e);
        }
    }

    private static int positive(String name, int number) {
        if (number < 1) {
            throw new BadInputException(
                    name + " must be positive, but was \"" + number + "\"; leave it out for no limit");
        }
        return number;
    }
}
