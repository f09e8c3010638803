package com.cocalc.storage.testkit.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line of a GNU program: options may stand anywhere, up to {@code --}. */
final class Options {

    private final Set<Character> flags = new HashSet<>();
    private final Map<Character, String> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();
    private @Nullable String fault;

    /**
     * Reads a command line.
     *
     * @param flags letters without a value
     * @param valued letters with a value
     * @param longNames what long options mean as a letter
     */
    static Options parse(List<String> arguments, String flags, String valued, Map<String, Character> longNames) {
        Options options = new Options();
        boolean onlyOperands = false;
        for (int i = 0; i < arguments.size() && options.fault == null; i++) {
            String argument = arguments.get(i);
            if (onlyOperands || !argument.startsWith("-") || argument.equals("-")) {
                options.operands.add(argument);
            } else if (argument.equals("--")) {
                onlyOperands = true;
            } else if (argument.startsWith("--")) {
                options.readLong(argument.substring(2), longNames, valued);
            } else if (options.readShort(argument, flags, valued)) {
                if (i + 1 < arguments.size()) {
                    i++;
                    options.values.put(argument.charAt(argument.length() - 1), arguments.get(i));
                } else {
                    options.fault = "option requires an argument -- '" + argument.charAt(argument.length() - 1) + "'";
                }
            }
        }
        return options;
    }

    private void readLong(String text, Map<String, Character> longNames, String valued) {
        int equals = text.indexOf('=');
        Character letter = longNames.get(equals < 0 ? text : text.substring(0, equals));
        if (letter == null) {
            fault = "unrecognized option '--" + text + "'";
        } else if (valued.indexOf(letter) >= 0 && equals >= 0) {
            values.put(letter, text.substring(equals + 1));
        } else if (equals >= 0 || valued.indexOf(letter) >= 0) {
            fault = "option '--" + text + "' " + (equals >= 0 ? "doesn't allow" : "requires") + " an argument";
        } else {
            flags.add(letter);
        }
    }

    /** Returns whether the last letter takes the next argument as its value. */
    private boolean readShort(String argument, String known, String valued) {
        for (int i = 1; i < argument.length(); i++) {
            char letter = argument.charAt(i);
            if (known.indexOf(letter) >= 0) {
                flags.add(letter);
            } else if (valued.indexOf(letter) >= 0) {
                if (i + 1 == argument.length()) {
                    return true;
                }
                values.put(letter, argument.substring(i + 1));
                return false;
            } else {
                fault = "invalid option -- '" + letter + "'";
                return false;
            }
        }
        return false;
    }

    /** What is wrong with the command line, or null. */
    @Nullable
    String fault() {
        return fault;
    }

    boolean has(char letter) {
        return flags.contains(letter);
    }

    @Nullable
    String value(char letter) {
        return values.get(letter);
    }

    List<String> operands() {
        return operands;
    }
}
