package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.rwx.call.OpenHandle;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import java.util.Comparator;
import java.util.List;

/** Files and directories that a test has opened and not closed. */
final class OpenAtTheEnd {

    private OpenAtTheEnd() {}

    /**
     * Checks for open files and directories.
     *
     * @throws AssertionError if there are any; each opening is a suppressed exception with its stack trace
     */
    static void check(FakeCluster cluster) {
        List<OpenHandle> open = cluster.openHandles().stream()
                .sorted(Comparator.comparing(OpenHandle::toString))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("everything must be closed at the end of a test, but ")
                .append(open.size())
                .append(open.size() == 1 ? " handle is" : " handles are")
                .append(" open; use try-with-resources");
        open.forEach(handle ->
                text.append("\n  ").append(handle.path()).append(", opened at ").append(origin(handle)));
        AssertionError error = new AssertionError(text.toString());
        open.forEach(handle -> error.addSuppressed(new OpenedHere(handle)));
        throw error;
    }

    private static String origin(OpenHandle handle) {
        return handle.openedAt().stream()
                .filter(OpenAtTheEnd::isOfCaller)
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }

    /** Returns whether the frame belongs to the caller, and not to Java or the fake file system. */
    private static boolean isOfCaller(StackTraceElement frame) {
        String name = frame.getClassName();
        return !name.startsWith("java.")
                && !name.startsWith("sun.")
                && !name.startsWith("jdk.")
                && !name.startsWith("com.cocalc.storage.rwx.");
    }

    /** The stack trace of an opening, as an exception. */
    private static final class OpenedHere extends Exception {

        private static final long serialVersionUID = 1L;

        OpenedHere(OpenHandle handle) {
            super(handle.path() + " (" + handle.mount() + ")");
            setStackTrace(handle.openedAt().toArray(StackTraceElement[]::new));
        }
    }
}
