package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.files.Cancellation;
import com.cocalc.storage.files.CopyListener;
import com.cocalc.storage.files.CopyReport;
import com.cocalc.storage.files.FilesException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The common part of the commands that copy files: options, progress, the end by a signal, and the report. */
final class Transfer {

    @Option(names = "--compare-contents", description = "Compare the contents of files with the same size and time.")
    private boolean compareContents;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private FilesOptions files = new FilesOptions();

    @Mixin
    private TransferReport report = new TransferReport();

    Transfer() {}

    /** The work of a command. */
    @FunctionalInterface
    interface Work {

        /** Does the work, reports its progress, and ends when it is cancelled. */
        CopyReport run(CopyListener progress, Cancellation cancellation);
    }

    boolean isComparingContents() {
        return compareContents;
    }

    LimitOptions limits() {
        return limits;
    }

    FilesOptions files() {
        return files;
    }

    /** Does the work and prints what was done, in the past tense; returns the exit code. */
    int run(Screen screen, String deed, Work work) {
        CopyReport done;
        try (ProgressLine line = new ProgressLine(screen);
                Interruption interruption = Interruption.watched()) {
            done = work.run(line, interruption.cancellation());
        } catch (FilesException e) {
            return report.failed(screen, e);
        }
        return report.done(screen, deed, done);
    }
}
