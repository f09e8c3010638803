package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code cp [-r|-R|-a] [-p] [-dPL] [-n] [-f] [-v] [-T] [-t DIRECTORY] SOURCE… DEST} as GNU's. */
final class Cp implements Command {

    private static final Syntax SYNTAX = new Syntax(
            "rRapnfTPdLv",
            "t",
            Map.of(
                    "recursive", 'R',
                    "archive", 'a',
                    "no-clobber", 'n',
                    "force", 'f',
                    "no-target-directory", 'T',
                    "target-directory", 't',
                    "no-dereference", 'P',
                    "dereference", 'L',
                    "verbose", 'v'),
            Set.of(
                    "-b",
                    "-g",
                    "-H",
                    "-i",
                    "-l",
                    "-s",
                    "-S",
                    "-u",
                    "-x",
                    "-Z",
                    "--attributes-only",
                    "--backup",
                    "--copy-contents",
                    "--debug",
                    "--interactive",
                    "--link",
                    "--no-preserve",
                    "--one-file-system",
                    "--parents",
                    "--preserve",
                    "--reflink",
                    "--remove-destination",
                    "--sparse",
                    "--strip-trailing-slashes",
                    "--suffix",
                    "--symbolic-link",
                    "--update"));

    @Override
    public int run(Invocation invocation) {
        Options options = Options.parse(invocation.name(), invocation.arguments(), SYNTAX);
        List<String> operands = options.operands();
        String into = options.value('t');
        if (options.fault() != null) {
            return invocation.fail(options.fault());
        }
        if (operands.isEmpty()) {
            return invocation.fail("missing file operand");
        }
        if (into == null && operands.size() == 1) {
            return invocation.fail("missing destination file operand after '" + operands.get(0) + "'");
        }
        FileSystem files = invocation.fileSystem();
        List<String> sources = into == null ? operands.subList(0, operands.size() - 1) : operands;
        String last = into == null ? operands.get(operands.size() - 1) : into;
        Operand target = Operand.of(files, last);
        IOException notThere = whyNoDirectory(target);
        if (into != null && notThere != null) {
            return invocation.fail("target directory " + target.quoted() + ": " + Reasons.of(notThere));
        }
        boolean isInto = into != null || (!options.has('T') && notThere == null);
        if (!isInto && sources.size() > 1) {
            return invocation.fail(
                    options.has('T')
                            ? "extra operand '" + operands.get(2) + "'"
                            : "target " + target.quoted() + ": "
                                    + Reasons.of(notThere == null ? new IOException() : notThere));
        }
        CpRun run = new CpRun(invocation, options);
        for (String source : sources) {
            Operand from = Operand.of(files, source);
            run.copy(from, isInto ? target.child(from.name()) : target);
        }
        return run.exitCode();
    }

    private static @Nullable IOException whyNoDirectory(Operand target) {
        try {
            return target.stat().isDirectory() ? null : new NotDirectoryException(target.text());
        } catch (IOException e) {
            return e;
        }
    }
}
