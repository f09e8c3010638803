package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code find} as GNU's, with what this library's pods use: {@code -xdev}, {@code -path}, {@code -user},
 * {@code -group}, {@code -type}, {@code -perm -MODE}, {@code -prune}, {@code -quit}, {@code -exec … {} +}, {@code !},
 * {@code -o} and parentheses. Links are not followed.
 */
final class Find implements Command {

    @Override
    public int run(Invocation invocation) {
        FindExpression expression = new FindExpression(invocation);
        Walk walk = new Walk(invocation, expression);
        for (String start : expression.starts()) {
            walk.visit(Operand.of(invocation.fileSystem(), start), null);
        }
        return walk.end();
    }

    /** The walk over all starts; what {@code -exec … +} collects is run at its end. */
    static final class Walk {
        private final Invocation invocation;
        private final FindExpression expression;
        private int exitCode;
        private boolean isQuit;

        Walk(Invocation invocation, FindExpression expression) {
            this.invocation = invocation;
            this.expression = expression;
        }

        boolean isQuit() {
            return isQuit;
        }

        void quit() {
            isQuit = true;
        }

        /** @param device the one that the walk started on, null at its start */
        private void visit(Operand operand, @Nullable Long device) {
            if (isQuit) {
                return;
            }
            UnixFile file = null;
            try {
                file = operand.lstat();
            } catch (IOException e) {
                failed(operand, e);
                if (device == null) {
                    return;
                }
                // A name says something too.
            }
            Visit visit = new Visit(this, operand, file);
            expression.test().matches(visit);
            if (file == null || !file.isDirectory() || visit.isPruned || isQuit) {
                return;
            }
            if (!expression.staysOnDevice() || device == null || device == file.device()) {
                enter(operand, device == null ? file.device() : device);
            }
        }

        private void enter(Operand directory, long device) {
            List<Operand> children;
            try {
                children = directory.children();
            } catch (IOException e) {
                failed(directory, e);
                return;
            }
            children.forEach(child -> visit(child, device));
        }

        private void failed(Operand operand, IOException e) {
            exitCode = invocation.fail(Quoting.plain(operand.text()) + ": " + Reasons.of(e));
        }

        int end() {
            for (FindExpression.Collecting action : expression.collecting()) {
                List<String> commandLine = action.commandLine();
                if (commandLine != null && invocation.programs().run(invocation.with(commandLine)) != 0) {
                    exitCode = 1;
                }
            }
            return exitCode;
        }
    }

    /** One entry on the way. */
    static final class Visit {
        final Walk walk;
        final Operand operand;
        /** Null where it may not be looked at. */
        final @Nullable UnixFile file;

        private boolean isPruned;

        Visit(Walk walk, Operand operand, @Nullable UnixFile file) {
            this.walk = walk;
            this.operand = operand;
            this.file = file;
        }

        void prune() {
            isPruned = true;
        }
    }
}
