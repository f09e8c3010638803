package com.cocalc.storage.testkit.cluster.program;

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
            if (!parent.isEmpty() && !Files.isDirectory(NameText.path(files, parent))) {
                int exitCode = Files.exists(NameText.path(files, parent))
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
                giveMode(directory, mode.get().change(0777, true, Chmod.UMASK));
            }
            if (options.has('v')) {
                invocation.print(invocation.name() + ": created directory " + Quoting.shell(text));
            }
            return 0;
        } catch (FileAlreadyExistsException e) {
            return options.has('p') && Files.isDirectory(directory.path()) ? 0 : refuse(text, e, invocation);
        } catch (IOException e) {
            // With -p it enters the parent first, and names it where that fails.
            boolean isParent =
                    options.has('p') && !parent.isEmpty() && !Files.isExecutable(NameText.path(files, parent));
            return refuse(isParent ? parent : text, e, invocation);
        }
    }

    /** Where set-id bits are asked for, it makes the directory for its owner alone to write to, and may leave it so. */
    private static void giveMode(Operand directory, FileMode.Change wanted) throws IOException {
        int made = directory.lstat().permissions();
        boolean asksForSetId = (wanted.asked() & 06000) != 0 || (wanted.mode() & 01000) != 0;
        int present = (made & 06000) | (wanted.mode() & (asksForSetId ? 01755 : 01777));
        boolean isRight = (present & wanted.asked()) == (wanted.mode() & wanted.asked());
        UnixFile.chmod(directory.path(), isRight ? present : wanted.mode() | (present & ~wanted.asked()));
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
        return invocation.fail("cannot create directory " + Quoting.plain(directory) + ": " + Reasons.of(e));
    }
}
