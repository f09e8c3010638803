package com.cocalc.storage.cli;

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

/** Whether a directory of any file system does what storage of CoCalc must do. */
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
        PrintWriter out = spec.commandLine().getOut();
        out.println("Storage at " + path + (second == null ? "" : ", second client at " + second));
        out.println();
        List<Judgement> judgements = judge(storage, out);
        out.println();
        out.println(count(judgements, Outcome.Passed.class) + " passed, " + count(judgements, Outcome.Failed.class)
                + " failed, " + count(judgements, Outcome.NotTried.class) + " not tried");
        judgements.forEach(judgement -> describeFailure(judgement, out));
        return count(judgements, Outcome.Failed.class) == 0 ? 0 : Main.FINDINGS;
    }

    /** Else each law would fail, for a reason that is none of its own. */
    private static void requireWritable(Path path) {
        try {
            Files.delete(Files.createTempDirectory(path, ".cocalc-law-"));
        } catch (IOException e) {
            throw new BadInputException(
                    "PATH must be a directory in which this user can make and remove a directory, but that failed: " + e
                            + "; name another one, or run it as the user that it belongs to",
                    e);
        }
    }

    /** One mount is one client, whatever it is called: laws about two would pass without being tried. */
    private static void requireAnotherMount(Path first, Path second) {
        try {
            if (first.toRealPath().equals(second.toRealPath())) {
                throw new BadInputException("--second must be another mount than PATH, but both are "
                        + first.toRealPath() + "; mount the export once more, or leave --second out");
            }
        } catch (IOException e) {
            throw new BadInputException("--second must be readable, but reading failed: " + e, e);
        }
    }

    private static Path directory(String name, Path path) {
        if (!Files.isDirectory(path)) {
            throw new BadInputException(
                    name + " must be a directory, but " + path + " is none; name where the storage is mounted");
        }
        return path;
    }

    /** A law is named before it is tried: a server that answers no more shows by the last line. */
    private static List<Judgement> judge(RwxClients storage, PrintWriter out) {
        List<Law> laws = RwxLaws.all();
        int width = laws.stream().mapToInt(law -> law.id().length()).max().orElseThrow();
        out.println(padded("LAW", width) + padded("RESULT", RESULT_WIDTH) + "WHAT");
        List<Judgement> judgements = new ArrayList<>();
        for (Law law : laws) {
            out.print(padded(law.id(), width));
            out.flush();
            Judgement judgement = RwxLaws.judge(storage, law);
            out.println(padded(judgement.outcome().toString(), RESULT_WIDTH) + Table.onTerminal(what(judgement)));
            judgements.add(judgement);
        }
        return judgements;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length() + 2);
    }

    private static String what(Judgement judgement) {
        return judgement.outcome() instanceof Outcome.NotTried notTried
                ? notTried.reason()
                : judgement.law().sentence();
    }

    private static long count(List<Judgement> judgements, Class<? extends Outcome> outcome) {
        return judgements.stream()
                .filter(judgement -> outcome.isInstance(judgement.outcome()))
                .count();
    }

    private static void describeFailure(Judgement judgement, PrintWriter out) {
        if (judgement.outcome() instanceof Outcome.Failed failed) {
            Violation violation = failed.violation();
            out.println();
            out.println("failed: " + violation.law().id());
            out.print(Table.of(List.of(
                    List.of("  where", violation.where()),
                    List.of("  found", violation.found()),
                    List.of("  expected", violation.expected()),
                    List.of("  fix", violation.law().remedy()))));
        }
    }
}
