package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code chmod [-R] [-f] MODE FILE…} as GNU's: links on the command line are followed, others left alone. */
final class Chmod implements Command {

    static final int UMASK = 022;

    private static final Map<String, Character> LONG =
            Map.of("recursive", 'R', "silent", 'f', "quiet", 'f', "verbose", 'v', "changes", 'c');
    /** A mode that takes bits away looks like an option. */
    private static final Pattern MINUS_MODE = Pattern.compile("-[rwxXstugoa,+=-]+");

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = new ArrayList<>(invocation.arguments());
        for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
            if (MINUS_MODE.matcher(arguments.get(i)).matches()) {
                arguments.add(i, "--");
                i++;
            }
        }
        Options options = Options.parse(arguments, "Rfvc", "", LONG);
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
        int exitCode = 0;
        for (String operand : operands.subList(1, operands.size())) {
            exitCode |= change(invocation.fileSystem().getPath(operand), mode.get(), options, invocation, true);
        }
        return exitCode;
    }

    private int change(Path path, FileMode mode, Options options, Invocation invocation, boolean onCommandLine) {
        int exitCode = 0;
        UnixFile file;
        try {
            file = onCommandLine ? UnixFile.stat(path) : UnixFile.lstat(path);
        } catch (IOException e) {
            return say(invocation, options, "cannot access '" + path + "': " + Reasons.of(e));
        }
        if (file.isLink()) {
            return 0;
        }
        try {
            UnixFile.chmod(path, mode.applyTo(file.permissions(), file.isDirectory(), UMASK));
        } catch (IOException e) {
            exitCode = say(invocation, options, "changing permissions of '" + path + "': " + Reasons.of(e));
        }
        if (options.has('R') && file.isDirectory()) {
            try {
                for (Path entry : Listing.of(path)) {
                    exitCode |= change(entry, mode, options, invocation, false);
                }
            } catch (IOException e) {
                exitCode = say(invocation, options, "cannot read directory '" + path + "': " + Reasons.of(e));
            }
        }
        return exitCode;
    }

    private static int say(Invocation invocation, Options options, String message) {
        return options.has('f') ? 1 : invocation.fail(message);
    }
}
