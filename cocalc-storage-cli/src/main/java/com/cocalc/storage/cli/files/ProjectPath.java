package com.cocalc.storage.cli.files;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.ProjectOptions;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.files.FilePath;

/**
 * A file or directory of a project, as an argument names it.
 *
 * @param project the project
 * @param path the path in its home
 */
record ProjectPath(ProjectId project, FilePath path) {

    /** Reads {@code UUID:PATH}. */
    static ProjectPath parse(String name, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new BadInputException(name + " must be a project's id, a colon and a path, but was \""
                    + Table.onTerminal(text) + "\"; write UUID:PATH, or UUID:. for the whole home");
        }
        return new ProjectPath(
                ProjectOptions.projectId(name, text.substring(0, colon)), path(name, text.substring(colon + 1)));
    }

    /** Reads {@code UUID:PATH}, or {@code UUID} alone for the same path as that of another project. */
    static ProjectPath parse(String name, String text, FilePath same) {
        return text.indexOf(':') < 0 ? new ProjectPath(ProjectOptions.projectId(name, text), same) : parse(name, text);
    }

    private static FilePath path(String name, String text) {
        if (text.equals(".")) {
            return FilePath.home();
        }
        if (text.isEmpty()) {
            throw new BadInputException(
                    name + " must have a path after the colon, but has none; write UUID:. for the whole home");
        }
        Inputs.requireDecoded(name, text);
        try {
            return FilePath.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(name + ": " + e.getMessage(), e);
        }
    }

    /** Returns what {@link #parse} reads. */
    @Override
    public String toString() {
        return project + ":" + path;
    }
}
