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
 * A sequence of file operations, for properties such as "two file systems answer alike" or "no sequence leaves a file
 * of root".
 *
 * <p>Each step is drawn with what the steps before it have made in mind, so that most of them do something; a few miss
 * on purpose. A failing script shrinks to the fewest steps, and those to plain names.
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

    /**
     * Generates scripts of 1 to 40 steps, mostly a few.
     *
     * @return the arbitrary; the simplest script makes a directory
     */
    public static Arbitrary<FileScript> arbitrary() {
        return new DrawnArbitrary<>(draw -> new FileScript(new Scripts(draw).operations()));
    }

    /**
     * Runs the script to its end, whatever fails on the way.
     *
     * @param root an existing directory of any file system
     * @return what came of each step, a line each: what was read, {@code ok}, or the exception and its reason
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

    /** Returns the steps, a line each. */
    @Override
    public String toString() {
        return operations.stream().map(FileOperation::toString).collect(Collectors.joining("\n"));
    }
}
