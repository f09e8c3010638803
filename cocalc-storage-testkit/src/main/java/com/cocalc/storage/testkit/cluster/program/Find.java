package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code find} as GNU's, with the options that this library's pods use: {@code -xdev}, {@code -path}, {@code -user},
 * {@code -group}, {@code -type}, {@code -perm -MODE}, {@code -prune}, {@code -quit}, {@code -exec … {} +}, {@code !},
 * {@code -o} and parentheses. Links are not followed.
 */
final class Find implements Command {

    @Override
    public int run(Invocation invocation) {
        FindExpression expression = new FindExpression(invocation);
        Walk walk = new Walk(invocation, expression);
        for (String start : expression.starts()) {
            walk.visit(Operand.of(invocation, start));
        }
        return walk.end();
    }

    /** The walk over all starting points, at whose end the collected {@code -exec … +} runs. */
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

        /** An entry that is not visited yet, with the device on which the walk started, or null at the start. */
        private record Pending(Operand operand, @Nullable Long device) {}

        /** Visits a tree from its top down, without recursion: a tree may be deeper than the stack. */
        private void visit(Operand start) {
            Deque<Pending> pending = new ArrayDeque<>();
            pending.push(new Pending(start, null));
            while (!pending.isEmpty() && !isQuit) {
                Pending next = pending.pop();
                List<Pending> below = visit(next.operand, next.device);
                for (int i = below.size() - 1; i >= 0; i--) {
                    pending.push(below.get(i));
                }
            }
        }

        private List<Pending> visit(Operand operand, @Nullable Long device) {
            UnixFile file = null;
            try {
                file = operand.lstat();
            } catch (IOException e) {
                failed(operand, e);
                if (device == null) {
                    return List.of();
                }
                // A name says something too.
            }
            Visit visit = new Visit(this, operand, file);
            expression.test().matches(visit);
            if (file == null || !file.isDirectory() || visit.isPruned || isQuit) {
                return List.of();
            }
            if (expression.staysOnDevice() && device != null && device != file.device()) {
                return List.of();
            }
            return below(operand, device == null ? file.device() : device);
        }

        private List<Pending> below(Operand directory, long device) {
            try {
                return directory.children().stream()
                        .map(child -> new Pending(child, device))
                        .toList();
            } catch (IOException e) {
                failed(directory, e);
                return List.of();
            }
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

    /** One entry of the walk. */
    static final class Visit {
        final Walk walk;
        final Operand operand;
        /** The attributes, or null if they cannot be read. */
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
