package com.cocalc.storage.cli;

import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.output.ExitCode;
import com.cocalc.storage.cli.output.Format;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.cli.output.Wrapping;
import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.Violation;
import com.cocalc.storage.testkit.law.contract.Judgement;
import com.cocalc.storage.testkit.law.contract.Outcome;
import com.cocalc.storage.testkit.law.contract.RwxClients;
import com.cocalc.storage.testkit.law.contract.RwxLaws;
import com.cocalc.storage.testkit.law.contract.RwxTrait;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code certify}: tries the laws about shared storage on a directory of any file system. */
@Command(
        name = "certify",
        description = "Try on a mounted directory whether its storage does what CoCalc needs of it.",
        footer = {
            "",
            "Run it as a user that is not root, else permissions are not tried. Each law",
            "works in a directory of its own in PATH, .cocalc-law-N, and removes it;",
            "nothing else is touched. A second mount of the same export, best of another",
            "server address or with nosharecache, lets the laws about two clients be tried.",
            "",
            "Input: a directory of the mounted storage.",
            "Example:",
            "  cocalc-storage certify /mnt/nfs --second /mnt/nfs-again"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no law is broken", "1:a law is broken", "2:bad input", "3:cannot run"})
final class CertifyCommand implements Callable<Integer> {

    private static final int RESULT_WIDTH = "not tried".length();
    private static final int GAP = 2;

    /** The smallest width of the last column, whose lines are longer than a narrower terminal. */
    private static final int LEAST_WIDTH = 20;

    @Parameters(paramLabel = "PATH", description = "A directory of the storage that may be written to.")
    private Path path = Path.of("");

    @Option(
            names = "--second",
            paramLabel = "PATH",
            description = "The same directory through another mount: a second client.")
    private @Nullable Path second;

    @Option(
            names = "--promise",
            paramLabel = "TRAIT",
            completionCandidates = PromiseNames.class,
            converter = PromiseNames.class,
            description =
                    "What the storage is said to do beyond what it must, to be tried too; may be repeated. One of:"
                            + " ${COMPLETION-CANDIDATES}.")
    private List<RwxTrait> promises = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CertifyCommand() {}

    @Override
    public Integer call() {
        requireWritable(directory("PATH", path));
        RwxClients storage = RwxClients.of(path).promising(promises.toArray(RwxTrait[]::new));
        if (second != null) {
            storage = storage.withSecond(directory("--second", second));
            requireAnotherMount(path, second);
        }
        return format == Format.text ? inWords(storage) : inRows(storage);
    }

    /**
     * A law as it is printed: its fields are those of the JSON, in this order.
     *
     * @param law its stable name
     * @param result passed, failed or not tried
     * @param what the sentence of the law, or the reason why it was not tried
     * @param where the place where it is broken; this and the rest are null if it is not broken
     * @param found what was found there
     * @param expected what was expected
     * @param fix how to fix it
     */
    record LawRow(
            String law,
            String result,
            String what,
            @Nullable String where,
            @Nullable String found,
            @Nullable String expected,
            @Nullable String fix) {

        static LawRow of(Judgement judgement) {
            Law law = judgement.law();
            String result = judgement.outcome().toString();
            if (judgement.outcome() instanceof Outcome.Failed failed) {
                Violation violation = failed.violation();
                return new LawRow(
                        law.id(),
                        result,
                        law.sentence(),
                        violation.where(),
                        violation.found(),
                        violation.expected(),
                        law.remedy());
            }
            String what = judgement.outcome() instanceof Outcome.NotTried notTried ? notTried.reason() : law.sentence();
            return new LawRow(law.id(), result, what, null, null, null, null);
        }
    }

    private int inRows(RwxClients storage) {
        Format.Rows rows = new Format.Rows(Screen.of(spec), format);
        boolean broken = false;
        for (Law law : RwxLaws.all()) {
            Judgement judgement = RwxLaws.judge(storage, law);
            rows.add(LawRow.of(judgement));
            broken |= judgement.outcome() instanceof Outcome.Failed;
        }
        rows.end();
        return broken ? ExitCode.FINDINGS : 0;
    }

    private int inWords(RwxClients storage) {
        Screen screen = Screen.of(spec);
        PrintWriter out = screen.out();
        out.println("Storage at " + path + (second == null ? "" : ", second client at " + second));
        out.println();
        List<Judgement> judgements = judge(storage, screen);
        out.println();
        out.println(count(judgements, Outcome.Passed.class) + " passed, " + count(judgements, Outcome.Failed.class)
                + " failed, " + count(judgements, Outcome.NotTried.class) + " not tried");
        judgements.stream()
                .filter(judgement -> judgement.outcome() instanceof Outcome.Failed)
                .forEach(judgement -> describeFailure(LawRow.of(judgement), screen));
        return count(judgements, Outcome.Failed.class) == 0 ? 0 : ExitCode.FINDINGS;
    }

    /** Refuses a directory that is not writable, in which each law would fail for another reason than its own. */
    private static void requireWritable(Path path) {
        try {
            Files.delete(Files.createTempDirectory(path, ".cocalc-law-"));
        } catch (IOException e) {
            throw new BadInputException(
                    "PATH must be a directory in which this user can make and remove a directory, but that failed: "
                            + Inputs.reason(e) + "; name another one, or run it as the user that it belongs to",
                    e);
        }
    }

    /** Refuses two paths of one mount, which is one client: laws about two clients would pass without being tried. */
    private static void requireAnotherMount(Path first, Path second) {
        try {
            if (first.toRealPath().equals(second.toRealPath())) {
                throw new BadInputException("--second must be another mount than PATH, but both are "
                        + first.toRealPath() + "; mount the export once more, or leave --second out");
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "--second must be readable, but reading failed: " + Inputs.reason(e) + "; check the mount", e);
        }
    }

    private static Path directory(String name, Path path) {
        if (!Files.isDirectory(path)) {
            throw new BadInputException(
                    name + " must be a directory, but " + path + " is not one; name where the storage is mounted");
        }
        return path;
    }

    /**
     * Tries the laws. Each law is named before it is tried, so that the last line shows where a server does not answer.
     */
    private static List<Judgement> judge(RwxClients storage, Screen screen) {
        PrintWriter out = screen.out();
        List<Law> laws = RwxLaws.all();
        int width = laws.stream().mapToInt(law -> law.id().length()).max().orElseThrow();
        int indent = width + RESULT_WIDTH + 2 * GAP;
        out.println(padded("LAW", width) + padded("RESULT", RESULT_WIDTH) + "WHAT");
        List<Judgement> judgements = new ArrayList<>();
        for (Law law : laws) {
            out.print(padded(law.id(), width));
            out.flush();
            Judgement judgement = RwxLaws.judge(storage, law);
            LawRow row = LawRow.of(judgement);
            out.println(padded(row.result(), RESULT_WIDTH)
                    + Wrapping.paragraph(
                            Table.onTerminal(row.what()), Math.max(screen.width(), indent + LEAST_WIDTH), indent));
            judgements.add(judgement);
        }
        return judgements;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length() + GAP);
    }

    private static long count(List<Judgement> judgements, Class<? extends Outcome> outcome) {
        return judgements.stream()
                .filter(judgement -> outcome.isInstance(judgement.outcome()))
                .count();
    }

    private static void describeFailure(LawRow row, Screen screen) {
        screen.out().println();
        screen.out().println("failed: " + row.law());
        line(screen, "where", row.where());
        line(screen, "found", row.found());
        line(screen, "expected", row.expected());
        line(screen, "fix", row.fix());
    }

    private static void line(Screen screen, String label, @Nullable String text) {
        String start = String.format("  %-10s", label);
        screen.out()
                .println(start
                        + Wrapping.paragraph(Table.onTerminal(String.valueOf(text)), screen.width(), start.length()));
    }
}
