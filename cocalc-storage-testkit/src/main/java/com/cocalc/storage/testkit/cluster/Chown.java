package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code chown [-R] [-h] [-f] OWNER[:GROUP] FILE…} as GNU's. A directory comes after what is in it, as there. */
final class Chown implements Command {

    private static final Map<String, Character> LONG = Map.of(
            "recursive", 'R',
            "no-dereference", 'h',
            "dereference", 'd',
            "silent", 'f',
            "quiet", 'f',
            "verbose", 'v',
            "changes", 'c',
            "no-preserve-root", 'n',
            "preserve-root", 'p');

    @Override
    public int run(Invocation invocation) {
        Options options = Options.parse(invocation.arguments(), "RhfvcPHL", "", LONG);
        List<String> operands = options.operands();
        if (options.fault() != null) {
            return invocation.fail(options.fault());
        }
        if (operands.size() < 2) {
            return invocation.fail(
                    operands.isEmpty() ? "missing operand" : "missing operand after '" + operands.get(0) + "'");
        }
        Optional<OwnerSpec> owner = OwnerSpec.parse(operands.get(0), invocation.fileSystem());
        if (owner.isEmpty()) {
            return invocation.fail("invalid user: '" + operands.get(0) + "'");
        }
        Run run = new Run(invocation, options, owner.get());
        for (String operand : operands.subList(1, operands.size())) {
            run.change(invocation.fileSystem().getPath(operand));
        }
        return run.exitCode;
    }

    private static final class Run {
        private final Invocation invocation;
        private final Options options;
        private final OwnerSpec owner;
        private final LinkOption[] following;
        private int exitCode;

        Run(Invocation invocation, Options options, OwnerSpec owner) {
            this.invocation = invocation;
            this.options = options;
            this.owner = owner;
            boolean follows = !options.has('h') && !options.has('R');
            following = follows ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        }

        void change(Path path) {
            UnixFile file;
            try {
                file = following.length == 0 ? UnixFile.stat(path) : UnixFile.lstat(path);
            } catch (IOException e) {
                say("cannot access '" + path + "': " + Reasons.of(e));
                return;
            }
            if (options.has('R') && file.isDirectory()) {
                changeBelow(path);
            }
            try {
                UnixFile.chown(path, owner.uid(), owner.gid(), following);
            } catch (IOException e) {
                say("changing " + owner.what() + " of '" + path + "': " + Reasons.of(e));
            }
        }

        private void changeBelow(Path directory) {
            try {
                for (Path path : Listing.of(directory)) {
                    change(path);
                }
            } catch (IOException e) {
                say("cannot read directory '" + directory + "': " + Reasons.of(e));
            }
        }

        private void say(String message) {
            exitCode = 1;
            if (!options.has('f')) {
                invocation.fail(message);
            }
        }
    }

    /** Whom to give a file; -1 leaves as is. */
    record OwnerSpec(long uid, long gid) {

        static Optional<OwnerSpec> parse(String text, FileSystem files) {
            int colon = text.indexOf(':');
            String user = colon < 0 ? text : text.substring(0, colon);
            String group = colon < 0 ? "" : text.substring(colon + 1);
            if (colon == text.length() - 1 && !user.isEmpty()) {
                return Optional.empty(); // "user:" is the user's own group, which only a password file knows
            }
            try {
                return Optional.of(new OwnerSpec(id(user), id(group)));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        /** A number or root; there are no other names in a container that knows no accounts. */
        static long id(String name) {
            if (name.isEmpty()) {
                return -1;
            }
            return name.equals("root") ? 0 : Integer.parseUnsignedInt(name.startsWith("+") ? name.substring(1) : name);
        }

        String what() {
            return uid < 0 && gid >= 0 ? "group" : "ownership";
        }
    }
}
