package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code chmod MODE FILE…} as GNU's, which follows links. */
final class Chmod implements Command {

    private static final int UMASK = 022;

    @Override
    public int run(Invocation invocation) {
        List<String> operands = Options.parse(invocation, "", 2).operands();
        Optional<FileMode> mode = FileMode.parse(operands.get(0));
        if (mode.isEmpty()) {
            return invocation.fail("invalid mode: '" + operands.get(0) + "'");
        }
        int exitCode = 0;
        for (String operand : operands.subList(1, operands.size())) {
            exitCode |= change(Operand.of(invocation, operand), mode.get(), invocation);
        }
        return exitCode;
    }

    private static int change(Operand operand, FileMode mode, Invocation invocation) {
        UnixFile file;
        try {
            file = operand.lstat();
        } catch (IOException e) {
            return invocation.fail("cannot access " + operand.quoted() + ": " + Reasons.of(e));
        }
        try {
            file = file.isLink() ? operand.stat() : file;
        } catch (IOException e) {
            return invocation.fail("cannot operate on dangling symlink " + operand.quoted());
        }
        try {
            UnixFile.chmod(operand.path(), mode.applyTo(file.permissions(), file.isDirectory(), UMASK));
            return 0;
        } catch (IOException e) {
            return invocation.fail("changing permissions of " + operand.quoted() + ": " + Reasons.of(e));
        }
    }
}
