package com.cocalc.storage.testkit.jqwik;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;

/**
 * A sequence of file operations, for properties such as "two file systems give the same answers" or "no sequence leaves
 * a file of root".
 *
 * <p>Each step is chosen by the files that the previous steps have created, so that most steps have an effect; a few
 * fail on purpose. A failing script shrinks to the fewest steps, and those to plain names.
 *
 * @param operations the steps
 */
public record FileScript(List<FileOperation> operations) {

    /**
     * Takes a copy.
     *
     * @param operations the steps
     */
    public FileScript {
        operations = List.copyOf(operations);
    }

    /** {@return an arbitrary of scripts with 1 to 40 steps, mostly a few; the simplest script creates a directory} */
    public static Arbitrary<FileScript> arbitrary() {
        return new DrawnArbitrary<>(draw -> new FileScript(new Scripts(draw).operations()));
    }

    /**
     * Runs all steps of the script, even if some of them fail.
     *
     * @param root an existing directory of any file system
     * @return the result of each step in one line: what was read, {@code ok}, or the exception and its reason
     */
    public List<String> runIn(Path root) {
        requireNonNull(root, "root");
        List<String> outcomes = new ArrayList<>(operations.size());
        for (FileOperation operation : operations) {
            outcomes.add(outcome(operation, root));
        }
        return outcomes;
    }

    private static String outcome(FileOperation operation, Path root) {
        try {
            return operation.performIn(root);
        } catch (FileSystemException e) {
            String reason = e.getReason();
            return e.getClass().getSimpleName() + (reason == null ? "" : ": " + reason);
        } catch (IOException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** Returns the steps, one in each line. */
    @Override
    public String toString() {
        return operations.stream().map(FileOperation::toString).collect(Collectors.joining("\n"));
    }
}
