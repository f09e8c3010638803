package com.cocalc.storage.files;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageException;
import com.cocalc.storage.files.copy.Tally;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.tree.OperationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when files are not copied, or not all of them.
 *
 * <p>The message names the project and the path inside it, never a path of the host.
 */
public final class FilesException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** What was in the way. */
    private final Problem problem;

    /** What was done before. */
    private final transient @Nullable CopyReport report;

    /**
     * Takes what ended an operation.
     *
     * @param done what the operation did before, or null if it copies nothing
     */
    FilesException(OperationException reason, @Nullable Tally done) {
        super(requireNonNull(reason.getMessage(), "message"), reason.getCause());
        problem = reason.problem();
        report = done == null ? null : new CopyReport(done);
        setStackTrace(reason.getStackTrace());
        for (Throwable suppressed : reason.getSuppressed()) {
            addSuppressed(OperationException.withoutHostPath(suppressed));
        }
    }

    /**
     * Returns what was in the way.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }

    /**
     * Returns what was done before the operation ended.
     *
     * @return the report; empty if the operation copies nothing
     */
    public Optional<CopyReport> findReport() {
        return Optional.ofNullable(report);
    }
}
