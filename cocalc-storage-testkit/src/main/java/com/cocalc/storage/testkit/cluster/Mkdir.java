package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code mkdir [-p] [-m MODE] DIRECTORY…} as GNU's. */
final class Mkdir implements Command {

    private static final Map<String, Character> LONG = Map.of("parents", 'p', "mode", 'm', "verbose", 'v');

    @Override
    public int run(Invocation invocation) {
        Options options = Options.parse(invocation.arguments(), "pv", "m", LONG);
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
            exitCode |= make(invocation.fileSystem().getPath(operand), mode, options.has('p'), invocation);
        }
        return exitCode;
    }

    private static int make(Path directory, Optional<FileMode> mode, boolean withParents, Invocation invocation) {
        Path parent = directory.getParent();
        if (withParents && parent != null && !Files.isDirectory(parent)) {
            int exitCode = make(parent, Optional.empty(), true, invocation);
            if (exitCode != 0) {
                return exitCode;
            }
        }
        try {
            Files.createDirectory(directory);
            if (mode.isPresent()) {
                UnixFile.chmod(directory, mode.get().applyTo(0777, true, Chmod.UMASK));
            }
            return 0;
        } catch (FileAlreadyExistsException e) {
            return withParents && Files.isDirectory(directory) ? 0 : refuse(directory, e, invocation);
        } catch (IOException e) {
            return refuse(directory, e, invocation);
        }
    }

    private static int refuse(Path directory, IOException e, Invocation invocation) {
        return invocation.fail("cannot create directory '" + directory + "': " + Reasons.of(e));
    }
}
