package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.rwx.Recording;
import com.cocalc.storage.rwx.call.OperationEvent;
import com.cocalc.storage.testkit.cluster.FakeClaim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of a failed test: the contents of its claims, and the operations on them. It is added to the failure as
 * suppressed, which keeps its type and message.
 */
final class StorageAtFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LINES = 200;

    StorageAtFailure(Journal journal) {
        super(text(journal), null, false, false);
    }

    private static String text(Journal journal) {
        StringBuilder text = new StringBuilder("the storage when the test failed:");
        for (FakeClaim claim : journal.claims()) {
            boolean isInDefault = claim.namespace().equals("default");
            text.append("\nclaim ")
                    .append(isInDefault ? "" : claim.namespace() + "/")
                    .append(claim.name())
                    .append(':');
            appendTree(text, claim.volume().tree().lines().toList());
            appendOperations(text, journal.recording(claim));
        }
        return text.toString();
    }

    private static void appendTree(StringBuilder text, List<String> tree) {
        tree.stream().limit(LINES).forEach(line -> text.append("\n  ").append(line));
        if (tree.size() > LINES) {
            text.append("\n  … ").append(tree.size() - LINES).append(" more");
        }
    }

    private static void appendOperations(StringBuilder text, @Nullable Recording recording) {
        if (recording == null) {
            text.append("\n  operations: not recorded, the test itself has created the claim");
            return;
        }
        List<OperationEvent> kept = recording.operations();
        long earlier = recording.count() - kept.size();
        text.append("\n  operations:").append(recording.count() == 0 ? " none" : "");
        if (earlier > 0) {
            text.append("\n    … ").append(earlier).append(" before these");
        }
        kept.forEach(event -> text.append("\n    ").append(event));
    }
}
