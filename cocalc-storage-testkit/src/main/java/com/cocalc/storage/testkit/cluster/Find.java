package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code find} as GNU's, with what scripts that repair owners use: {@code -xdev}, {@code -depth}, {@code -maxdepth},
 * {@code -mindepth}; {@code -name}, {@code -path}, {@code -type}, {@code -user}, {@code -group}, {@code -uid},
 * {@code -gid}, {@code -perm}, {@code -empty}; {@code -prune}, {@code -quit}, {@code -print}, {@code -delete},
 * {@code -exec … ;} and {@code … +}.
 */
final class Find implements Command {

    @Override
    public int run(Invocation invocation) {
        FindExpression expression;
        try {
            expression = FindParser.parse(invocation);
        } catch (FindSyntaxException e) {
            return invocation.fail(e.reason());
        }
        Walk walk = new Walk(invocation, expression);
        for (String start : expression.starts()) {
            if (walk.isQuit()) {
                break;
            }
            walk.start(start);
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

        void failed() {
            exitCode = 1;
        }

        Invocation invocation() {
            return invocation;
        }

        void start(String text) {
            visit(Operand.of(invocation.fileSystem(), text), 0, -1);
        }

        private void visit(Operand operand, int depth, long device) {
            UnixFile file;
            try {
                file = operand.lstat();
            } catch (IOException e) {
                failed(operand, e);
                return;
            }
            Visit visit = new Visit(this, operand, file);
            boolean isCounted = depth >= expression.minDepth();
            if (isCounted && !expression.isDepthFirst()) {
                expression.test().matches(visit);
            }
            boolean isEntered = file.isDirectory()
                    && !visit.isPruned
                    && depth < expression.maxDepth()
                    && (!expression.staysOnDevice() || device == -1 || device == file.device());
            if (isEntered && !isQuit) {
                enter(operand, depth, device == -1 ? file.device() : device);
            }
            if (isCounted && expression.isDepthFirst() && !isQuit) {
                expression.test().matches(visit);
            }
        }

        private void enter(Operand directory, int depth, long device) {
            List<Operand> children;
            try {
                children = directory.children();
            } catch (IOException e) {
                failed(directory, e);
                return;
            }
            for (Operand child : children) {
                if (isQuit) {
                    return;
                }
                visit(child, depth + 1, device);
            }
        }

        void failed(Operand operand, IOException e) {
            exitCode = invocation.fail(operand.quoted() + ": " + Reasons.of(e));
        }

        int end() {
            for (FindExpression.Collecting action : expression.collecting()) {
                action.runCollected(this);
            }
            return exitCode;
        }

        int run(List<String> argv) {
            return invocation.programs().run(invocation.with(new ArrayList<>(argv)), argv.get(0));
        }
    }

    /** One entry on the way. */
    static final class Visit {
        final Walk walk;
        final Operand operand;
        final UnixFile file;
        private boolean isPruned;

        Visit(Walk walk, Operand operand, UnixFile file) {
            this.walk = walk;
            this.operand = operand;
            this.file = file;
        }

        void prune() {
            isPruned = true;
        }
    }
}
