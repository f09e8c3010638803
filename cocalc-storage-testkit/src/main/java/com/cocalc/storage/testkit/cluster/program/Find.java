package com.cocalc.storage.testkit.cluster.program;

import com.cocalc.storage.testkit.cluster.program.FindExpression.FollowedLinks;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code find} as GNU's, with what scripts that repair owners use: {@code -H}, {@code -L}, {@code -P}; {@code -xdev},
 * {@code -depth}, {@code -maxdepth}, {@code -mindepth}; {@code -name}, {@code -path}, {@code -type}, {@code -user},
 * {@code -group}, {@code -uid}, {@code -gid}, {@code -perm}, {@code -empty}, {@code -size}, {@code -newer};
 * {@code -prune}, {@code -quit}, {@code -print}, {@code -delete}, {@code -exec … ;} and {@code … +}.
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
        private final Deque<Visit> above = new ArrayDeque<>();
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
                file = expression.links().look(operand, depth);
            } catch (IOException e) {
                failed(operand, e);
                if (depth == 0 || isLoop(e)) {
                    return;
                }
                // A name says something too.
                file = unfollowed(operand, e);
            }
            if (isWithinItself(operand, file)) {
                return;
            }
            Visit visit = new Visit(this, operand, file);
            boolean isCounted = depth >= expression.minDepth();
            if (isCounted && !expression.isDepthFirst()) {
                expression.test().matches(visit);
            }
            boolean mayEnter = !visit.isPruned && depth < expression.maxDepth() && !isQuit;
            if (mayEnter && file != null && file.isDirectory()) {
                boolean isElsewhere = expression.staysOnDevice() && device != -1 && device != file.device();
                if (!isElsewhere) {
                    above.addLast(visit);
                    enter(operand, depth, device == -1 ? file.device() : device);
                    above.removeLast();
                }
            }
            if (isCounted && expression.isDepthFirst() && !isQuit) {
                expression.test().matches(visit);
            }
        }

        private static boolean isLoop(IOException e) {
            return Reasons.of(e).equals(Reasons.TOO_MANY_LINKS);
        }

        /**
         * A link through a file is as good as one that leads nowhere; of what may not be looked at nothing is known.
         */
        private static @Nullable UnixFile unfollowed(Operand operand, IOException why) {
            try {
                return Reasons.of(why).equals("Not a directory") ? operand.lstat() : null;
            } catch (IOException e) {
                return null;
            }
        }

        /** Only links lead to a directory above. */
        private boolean isWithinItself(Operand operand, @Nullable UnixFile file) {
            if (file == null || expression.links() != FollowedLinks.ALL || !file.isDirectory()) {
                return false;
            }
            for (Visit outer : above) {
                if (outer.file != null && outer.file.isSameFile(file)) {
                    exitCode = invocation.fail("File system loop detected; " + Quoting.plain(operand.text())
                            + " is part of the same file system loop as " + Quoting.plain(outer.operand.text()) + ".");
                    return true;
                }
            }
            return false;
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
            exitCode = invocation.fail(Quoting.plain(operand.text()) + ": " + Reasons.of(e));
        }

        int end() {
            for (FindExpression.Collecting action : expression.collecting()) {
                action.runCollected(this);
            }
            return exitCode;
        }

        int run(List<String> argv) {
            return invocation.programs().run(invocation.with(argv));
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
