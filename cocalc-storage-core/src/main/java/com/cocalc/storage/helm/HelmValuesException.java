package com.cocalc.storage.helm;

import com.cocalc.storage.StorageException;
import java.util.List;

/** All that is wrong with values for Helm. The message has one line for each problem. */
public final class HelmValuesException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** One line each. */
    private final String[] problems;

    HelmValuesException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = problems.toArray(new String[0]);
    }

    /**
     * Returns the problems: for each one line that says which key, what must hold, what was found, in which file at
     * which line and column, and what to do.
     *
     * @return at least one, in the order of files and lines
     */
    public List<String> problems() {
        return List.of(problems);
    }
}
