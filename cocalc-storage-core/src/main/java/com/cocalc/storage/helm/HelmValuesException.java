package com.cocalc.storage.helm;

import com.cocalc.storage.StorageException;
import java.util.List;

/** Thrown when values for Helm have problems. The message has one line for each of them. */
public final class HelmValuesException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The problems, one line each. */
    private final String[] problems;

    HelmValuesException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = problems.toArray(new String[0]);
    }

    /**
     * Returns the problems, one line each: the key, the rule, what was found, the file with line and column, and how to
     * fix it.
     *
     * @return at least one problem, in the order of files and lines
     */
    public List<String> problems() {
        return List.of(problems);
    }
}
