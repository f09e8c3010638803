package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** What a {@code find} is asked to do. */
record FindExpression(
        List<String> starts,
        Test test,
        List<Collecting> collecting,
        FollowedLinks links,
        boolean isDepthFirst,
        boolean staysOnDevice,
        int minDepth,
        int maxDepth) {

    /** Which links stand for what they lead to. */
    enum FollowedLinks {
        /** {@code -P}. */
        NONE,
        /** {@code -H}. */
        OF_COMMAND_LINE,
        /** {@code -L}. */
        ALL;

        boolean includes(int depth) {
            return this == ALL || (this == OF_COMMAND_LINE && depth == 0);
        }

        /** An entry as tests see it: where a link leads nowhere, the link. */
        UnixFile look(Operand operand, int depth) throws IOException {
            if (!includes(depth)) {
                return operand.lstat();
            }
            try {
                return operand.stat();
            } catch (NoSuchFileException e) {
                return operand.lstat();
            }
        }
    }

    /** A test or an action. */
    @FunctionalInterface
    interface Test {
        boolean matches(Find.Visit visit);
    }

    /** {@code -exec … {} +}: collects names and runs the program once, at the end. */
    static final class Collecting implements Test {
        private final List<String> argv;
        private final List<String> names = new ArrayList<>();

        Collecting(List<String> argv) {
            this.argv = List.copyOf(argv);
        }

        @Override
        public boolean matches(Find.Visit visit) {
            names.add(visit.operand.text());
            return true;
        }

        void runCollected(Find.Walk walk) {
            if (names.isEmpty()) {
                return;
            }
            List<String> whole = new ArrayList<>(argv);
            whole.addAll(names);
            names.clear();
            if (walk.run(whole) != 0) {
                walk.failed();
            }
        }
    }
}
