package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code chmod [-R] [-fvc] MODE FILE…} as GNU's: links on the command line are followed, others left alone. */
final class Chmod implements Command {

    static final int UMASK = 022;

    private static final Syntax SYNTAX = new Syntax(
            "Rfvc",
            "",
            Map.of("recursive", 'R', "silent", 'f', "quiet", 'f', "verbose", 'v', "changes", 'c'),
            Set.of(
                    "-h",
                    "-H",
                    "-L",
                    "-P",
                    "--dereference",
                    "--no-dereference",
                    "--reference",
                    "--preserve-root",
                    "--no-preserve-root"));
    /** A mode that takes bits away looks like an option. */
    private static final Pattern MINUS_MODE = Pattern.compile("-[rwxXstugoa,+=-]+");

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = new ArrayList<>(invocation.arguments());
        boolean isMinusMode = false;
        for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
            if (MINUS_MODE.matcher(arguments.get(i)).matches()) {
                arguments.add(i, "--");
                isMinusMode = true;
                i++;
            }
        }
        Options options = Options.parse(invocation.name(), arguments, SYNTAX);
        if (options.fault() != null) {
            return invocation.fail(options.fault());
        }
        List<String> operands = options.operands();
        if (operands.size() < 2) {
            return invocation.fail(
                    operands.isEmpty() ? "missing operand" : "missing operand after '" + operands.get(0) + "'");
        }
        Optional<FileMode> mode = FileMode.parse(operands.get(0));
        if (mode.isEmpty()) {
            return invocation.fail("invalid mode: '" + operands.get(0) + "'");
        }
        Run run = new Run(invocation, options, mode.get(), isMinusMode);
        for (String operand : operands.subList(1, operands.size())) {
            run.changeOperand(Operand.of(invocation.fileSystem(), operand));
        }
        return run.exitCode;
    }

    private static final class Run {
        private final Invocation invocation;
        private final Options options;
        private final FileMode mode;
        private final boolean isMinusMode;
        private int exitCode;

        Run(Invocation invocation, Options options, FileMode mode, boolean isMinusMode) {
            this.invocation = invocation;
            this.options = options;
            this.mode = mode;
            this.isMinusMode = isMinusMode;
        }

        void changeOperand(Operand operand) {
            UnixFile entry;
            try {
                entry = operand.lstat();
            } catch (IOException e) {
                say("cannot access " + operand.quoted() + ": " + Reasons.of(e));
                return;
            }
            try {
                change(operand, entry.isLink() ? operand.stat() : entry);
            } catch (IOException e) {
                say("cannot operate on dangling symlink " + operand.quoted());
            }
        }

        private void change(Operand operand, UnixFile file) {
            int wanted = mode.applyTo(file.permissions(), file.isDirectory(), UMASK);
            try {
                UnixFile.chmod(operand.path(), wanted);
                report(operand, file.permissions(), wanted);
                requireWhatWasMeant(operand, file, wanted);
            } catch (IOException e) {
                say("changing permissions of " + operand.quoted() + ": " + Reasons.of(e));
                if (options.has('v')) {
                    invocation.print("failed to change mode of " + operand.quoted() + " from "
                            + FileMode.shown(file.permissions()) + " to " + FileMode.shown(wanted));
                }
            }
            if (options.has('R') && file.isDirectory()) {
                changeBelow(operand);
            }
        }

        private void changeBelow(Operand directory) {
            try {
                for (Operand child : directory.children()) {
                    UnixFile file = child.lstat();
                    if (!file.isLink()) {
                        change(child, file);
                    }
                }
            } catch (IOException e) {
                say("cannot read directory " + directory.quoted() + ": " + Reasons.of(e));
            }
        }

        private void report(Operand operand, int before, int after) {
            if (options.has('v') || (options.has('c') && before != after)) {
                invocation.print("mode of " + operand.quoted()
                        + (before == after
                                ? " retained as " + FileMode.shown(after)
                                : " changed from " + FileMode.shown(before) + " to " + FileMode.shown(after)));
            }
        }

        /** Whoever writes {@code -w} is told where the umask kept some of it. */
        private void requireWhatWasMeant(Operand operand, UnixFile file, int wanted) {
            int naive = isMinusMode ? mode.applyTo(file.permissions(), file.isDirectory(), 0) : wanted;
            if ((wanted & ~naive) != 0) {
                say(Quoting.shellWhereNeeded(operand.text()) + ": new permissions are " + FileMode.letters(wanted)
                        + ", not " + FileMode.letters(naive));
            }
        }

        private void say(String message) {
            exitCode = 1;
            if (!options.has('f')) {
                invocation.fail(message);
            }
        }
    }
}
