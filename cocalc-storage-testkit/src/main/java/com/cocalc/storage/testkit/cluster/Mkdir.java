package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code mkdir [-p] [-v] [-m MODE] DIRECTORY…} as GNU's. */
final class Mkdir implements Command {

    private static final Syntax SYNTAX =
            new Syntax("pv", "m", Map.of("parents", 'p', "mode", 'm', "verbose", 'v'), Set.of("-Z", "--context"));

    @Override
    public int run(Invocation invocation) {
        Options options = Options.parse(invocation.name(), invocation.arguments(), SYNTAX);
        if (options.fault() != null) {
            return invocation.fail(options.fault());
        }
        if (options.operands().isEmpty()) {
            return invocation.fail("missing operand");
        }
        String given = options.value('m');
        Optional<FileMode> mode = given == null ? Optional.empty() : FileMode.parse(given);
        if (given != null && mode.isEmpty()) {
            return invocation.fail("invalid mode '" + given + "'");
        }
        int exitCode = 0;
        for (String operand : options.operands()) {
            exitCode |= make(operand, mode, options, invocation);
        }
        return exitCode;
    }

    private static int make(String text, Optional<FileMode> mode, Options options, Invocation invocation) {
        FileSystem files = invocation.fileSystem();
        Operand directory = Operand.of(files, text);
        String parent = parentOf(text);
        if (options.has('p')) {
            if (!parent.isEmpty() && !Files.isDirectory(files.getPath(parent))) {
                int exitCode = Files.exists(files.getPath(parent))
                        ? refuse(parent, new NotDirectoryException(parent), invocation)
                        : make(parent, Optional.empty(), options, invocation);
                if (exitCode != 0) {
                    return exitCode;
                }
            }
        }
        try {
            directory.requireName();
            Files.createDirectory(directory.place());
            if (mode.isPresent()) {
                int setId = directory.lstat().permissions() & 06000; // as the parent gives it
                UnixFile.chmod(directory.path(), mode.get().applyTo(0777 | setId, true, Chmod.UMASK));
            }
            if (options.has('v')) {
                invocation.print(invocation.name() + ": created directory '" + text + "'");
            }
            return 0;
        } catch (FileAlreadyExistsException e) {
            return options.has('p') && Files.isDirectory(directory.path()) ? 0 : refuse(text, e, invocation);
        } catch (IOException e) {
            // With -p it enters the parent first, and names it where that fails.
            boolean isParent = options.has('p') && !parent.isEmpty() && !Files.isExecutable(files.getPath(parent));
            return refuse(isParent ? parent : text, e, invocation);
        }
    }

    /** Empty where there is none; the text is kept as it is for messages. */
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
        return invocation.fail("cannot create directory '" + directory + "': " + Reasons.of(e));
    }
}
