package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;

/** {@code mkdir [-p] DIRECTORY…} as GNU's. */
final class Mkdir implements Command {

    @Override
    public int run(Invocation invocation) {
        Options options = Options.parse(invocation, "p", 1);
        int exitCode = 0;
        for (String operand : options.operands()) {
            exitCode |= make(operand, options, invocation);
        }
        return exitCode;
    }

    private static int make(String text, Options options, Invocation invocation) {
        Operand directory = Operand.of(invocation, text);
        String parent = parentOf(text);
        if (options.has('p')) {
            if (!parent.isEmpty() && !Files.isDirectory(invocation.path(parent))) {
                int exitCode = Files.exists(invocation.path(parent))
                        ? refuse(parent, new NotDirectoryException(parent), invocation)
                        : make(parent, options, invocation);
                if (exitCode != 0) {
                    return exitCode;
                }
            }
        }
        try {
            directory.requireName();
            Files.createDirectory(directory.place());
            return 0;
        } catch (FileAlreadyExistsException e) {
            return options.has('p') && Files.isDirectory(directory.path()) ? 0 : refuse(text, e, invocation);
        } catch (IOException e) {
            // With -p it enters the parent first, and names it where that fails.
            boolean isParent = options.has('p') && !parent.isEmpty() && !Files.isExecutable(invocation.path(parent));
            return refuse(isParent ? parent : text, e, invocation);
        }
    }

    /** Returns the parent, empty if there is none; the text is kept as it is for messages. */
    private static String parentOf(String text) {
        int end = text.length();
        while (end > 1 && text.charAt(end - 1) == '/') {
            end--;
        }
        int slash = text.lastIndexOf('/', end - 1);
        while (slash > 0 && text.charAt(slash - 1) == '/') {
            slash--;
        }
        return slash <= 0 ? "" : text.substring(0, slash);
    }

    private static int refuse(String directory, IOException e, Invocation invocation) {
        return invocation.fail("cannot create directory " + Quoting.plain(directory) + ": " + Reasons.of(e));
    }
}
