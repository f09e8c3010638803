package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code chown [-R [-H|-L|-P]] [-h] [-fvc] OWNER[:GROUP] FILE…} as GNU's. A directory comes after what is in it. */
final class Chown implements Command {

    private static final Syntax SYNTAX = new Syntax(
            "RhfvcPHL",
            "",
            Map.of(
                    "recursive", 'R',
                    "no-dereference", 'h',
                    "silent", 'f',
                    "quiet", 'f',
                    "verbose", 'v',
                    "changes", 'c'),
            Set.of("--dereference", "--from", "--reference", "--preserve-root", "--no-preserve-root"));

    @Override
    public int run(Invocation invocation) {
        Options options = Options.parse(invocation.name(), invocation.arguments(), SYNTAX);
        List<String> operands = options.operands();
        if (options.fault() != null) {
            return invocation.fail(options.fault());
        }
        if (operands.size() < 2) {
            return invocation.fail(
                    operands.isEmpty() ? "missing operand" : "missing operand after '" + operands.get(0) + "'");
        }
        Optional<OwnerSpec> owner = OwnerSpec.parse(operands.get(0));
        if (owner.isEmpty()) {
            return invocation.fail("invalid user: '" + operands.get(0) + "'");
        }
        Run run = new Run(invocation, options, owner.get());
        for (String operand : operands.subList(1, operands.size())) {
            run.change(Operand.of(invocation.fileSystem(), operand), true);
        }
        return run.exitCode;
    }

    private static final class Run {
        private final Invocation invocation;
        private final Options options;
        private final OwnerSpec owner;
        /** Whether a link stands for what it leads to. */
        private final boolean follows;
        /** {@code H}, {@code L}, {@code P}, or null. */
        private final @Nullable Character walked;

        private int exitCode;

        Run(Invocation invocation, Options options, OwnerSpec owner) {
            this.invocation = invocation;
            this.options = options;
            this.owner = owner;
            walked = options.last("HLP");
            boolean walksLinks = walked != null && walked != 'P';
            follows = !options.has('h') && (!options.has('R') || walksLinks);
        }

        void change(Operand operand, boolean onCommandLine) {
            UnixFile entry;
            UnixFile file;
            try {
                entry = operand.lstat();
            } catch (IOException e) {
                say("cannot access " + operand.quoted() + ": " + Reasons.of(e));
                if (options.has('v')) {
                    invocation.print("failed to change " + owner.wish(operand));
                }
                return;
            }
            try {
                file = follows && entry.isLink() ? operand.stat() : entry;
            } catch (IOException e) {
                say("cannot dereference " + operand.quoted() + ": " + Reasons.of(e));
                return;
            }
            if (options.has('R') && isEntered(operand, entry, onCommandLine) && !changeBelow(operand)) {
                return;
            }
            change(operand, file);
        }

        private boolean isEntered(Operand operand, UnixFile entry, boolean onCommandLine) {
            if (!entry.isLink()) {
                return entry.isDirectory();
            }
            boolean isFollowed = walked != null && (walked == 'L' || (walked == 'H' && onCommandLine));
            return isFollowed && Files.isDirectory(operand.path());
        }

        private void change(Operand operand, UnixFile file) {
            boolean isRight = owner.isOf(file);
            try {
                UnixFile.chown(
                        operand.path(),
                        owner.uid(),
                        owner.gid(),
                        follows ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS});
                if (isRight && options.has('v')) {
                    invocation.print(owner.retained(operand));
                } else if (!isRight && (options.has('v') || options.has('c'))) {
                    invocation.print("changed " + owner.change(operand, file));
                }
            } catch (IOException e) {
                say("changing " + owner.what() + " of " + operand.quoted() + ": " + Reasons.of(e));
                if (options.has('v')) {
                    invocation.print("failed to change " + owner.change(operand, file));
                }
            }
        }

        /** A directory that cannot be read is left as it is, as GNU's does. */
        private boolean changeBelow(Operand directory) {
            try {
                for (Operand child : directory.children()) {
                    change(child, false);
                }
                return true;
            } catch (IOException e) {
                say("cannot read directory " + directory.quoted() + ": " + Reasons.of(e));
                return false;
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
