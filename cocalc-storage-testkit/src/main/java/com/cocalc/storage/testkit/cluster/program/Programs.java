package com.cocalc.storage.testkit.cluster.program;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The programs that containers can run, by name. Immutable. */
public final class Programs {

    private final Map<String, Command> commands;

    private Programs(Map<String, Command> commands) {
        this.commands = commands;
    }

    /**
     * Returns the programs that every image has.
     *
     * @return {@code chmod}, {@code chown}, {@code find}, {@code mkdir} and {@code true}, with the options that this
     *     library's own pods use
     */
    public static Programs standard() {
        Map<String, Command> commands = new TreeMap<>();
        commands.put("chmod", new Chmod());
        commands.put("chown", new Chown());
        commands.put("find", new Find());
        commands.put("mkdir", new Mkdir());
        commands.put("true", invocation -> 0);
        return new Programs(commands);
    }

    /**
     * Returns a copy with another program, which replaces one with the same name.
     *
     * @param name the last element of its path
     * @param command the program
     * @return a changed copy
     */
    public Programs with(String name, Command command) {
        Map<String, Command> more = new TreeMap<>(commands);
        more.put(requireNonNull(name, "name"), requireNonNull(command, "command"));
        return new Programs(more);
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private @Nullable Command find(String path) {
        return commands.get(nameOf(path));
    }

    /**
     * Refuses a program that does not exist.
     *
     * @param who the container that runs it, for the message
     * @param argv its path and arguments
     * @throws InvalidValueException if no program has this name
     */
    public void require(String who, List<String> argv) {
        if (find(argv.get(0)) == null) {
            throw InvalidValueException.of(
                    who,
                    "run one of " + String.join(", ", commands.keySet()),
                    MessageText.quoted(argv.get(0)),
                    "register it with FakeCluster.builder().command(\"" + nameOf(argv.get(0)) + "\", …)");
        }
    }

    /**
     * Runs a program.
     *
     * @param argv its path and arguments
     * @param workingDirectory the directory in which it starts, of the file system that it sees
     * @param environment its variables
     * @param log the list to which its lines are added
     * @return the exit code
     * @throws InvalidValueException if no program has this name
     */
    public int run(List<String> argv, Path workingDirectory, Map<String, String> environment, List<String> log) {
        require("container", argv);
        return run(new Invocation(argv, workingDirectory, environment, log, this));
    }

    /** Runs an existing program. */
    int run(Invocation invocation) {
        Command command = requireNonNull(find(invocation.program()));
        try {
            return command.run(invocation);
        } catch (IOException e) {
            return invocation.fail(Reasons.of(e));
        }
    }
}
