package com.cocalc.storage.testkit.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The programs that init containers can run, by name. */
final class Programs {

    private final Map<String, Command> commands;

    private Programs(Map<String, Command> commands) {
        this.commands = commands;
    }

    static Programs standard() {
        Map<String, Command> commands = new TreeMap<>();
        commands.put("chmod", new Chmod());
        commands.put("chown", new Chown());
        commands.put("cp", new Cp());
        commands.put("find", new Find());
        commands.put("mkdir", new Mkdir());
        commands.put("true", invocation -> 0);
        return new Programs(commands);
    }

    Programs with(String name, Command command) {
        Map<String, Command> more = new TreeMap<>(commands);
        more.put(name, command);
        return new Programs(more);
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Nullable
    Command find(String path) {
        return commands.get(nameOf(path));
    }

    /** Refuses a program that is not there: {@code who} wants to run it. */
    void require(String who, List<String> argv) {
        if (find(argv.get(0)) == null) {
            throw new IllegalArgumentException(who + " must run one of "
                    + String.join(", ", commands.keySet()) + ", but runs \"" + argv.get(0)
                    + "\"; register it with FakeCluster.builder().command(\"" + nameOf(argv.get(0)) + "\", …)");
        }
    }

    /** Runs a program that is there. */
    int run(Invocation invocation, String path) {
        Command command = find(path);
        if (command == null) {
            throw new AssertionError(path);
        }
        try {
            return command.run(invocation);
        } catch (IOException e) {
            return invocation.fail(Reasons.of(e));
        }
    }
}
