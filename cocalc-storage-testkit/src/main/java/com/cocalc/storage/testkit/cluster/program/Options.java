package com.cocalc.storage.testkit.cluster.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line of a GNU program: options may stand anywhere, up to {@code --}. */
final class Options {

    private final String program;
    private final Syntax syntax;
    /** In the order in which they were given last. */
    private final Set<Character> flags = new LinkedHashSet<>();

    private final Map<Character, String> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();
    private @Nullable String fault;

    private Options(String program, Syntax syntax) {
        this.program = program;
        this.syntax = syntax;
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it has an option that GNU's program knows and the fake one does not
     */
    static Options parse(String program, List<String> arguments, Syntax syntax) {
        Options options = new Options(program, syntax);
        boolean onlyOperands = false;
        for (int i = 0; i < arguments.size() && options.fault == null; i++) {
            String argument = arguments.get(i);
            if (onlyOperands || !argument.startsWith("-") || argument.equals("-")) {
                options.operands.add(argument);
            } else if (argument.equals("--")) {
                onlyOperands = true;
            } else if (argument.startsWith("--")) {
                options.readLong(argument.substring(2));
            } else if (options.readShort(argument)) {
                char letter = argument.charAt(argument.length() - 1);
                i++;
                if (i < arguments.size()) {
                    options.values.put(letter, arguments.get(i));
                } else {
                    options.fault = "option requires an argument -- '" + letter + "'";
                }
            }
        }
        return options;
    }

    private void readLong(String text) {
        int equals = text.indexOf('=');
        String given = equals < 0 ? text : text.substring(0, equals);
        syntax.requireSupported(program, "--" + given);
        List<String> names = syntax.named(given);
        if (names.size() != 1) {
            fault = names.isEmpty()
                    ? "unrecognized option '--" + text + "'"
                    : "option '--" + text + "' is ambiguous; possibilities: '--" + String.join("' '--", names) + "'";
            return;
        }
        String name = names.get(0);
        Character letter = syntax.longNames().get(name);
        if (letter == null) {
            throw new AssertionError(name);
        }
        if (syntax.isValued(letter) != equals >= 0) {
            fault = "option '--" + name + "' " + (equals >= 0 ? "doesn't allow" : "requires") + " an argument";
        } else if (equals >= 0) {
            values.put(letter, text.substring(equals + 1));
        } else {
            add(letter);
        }
    }

    private void add(char letter) {
        flags.remove(letter);
        flags.add(letter);
    }

    /** Returns whether the last letter takes the next argument as its value. */
    private boolean readShort(String argument) {
        for (int i = 1; i < argument.length(); i++) {
            char letter = argument.charAt(i);
            if (syntax.isFlag(letter)) {
                add(letter);
            } else if (syntax.isValued(letter)) {
                if (i + 1 == argument.length()) {
                    return true;
                }
                values.put(letter, argument.substring(i + 1));
                return false;
            } else {
                syntax.requireSupported(program, "-" + letter);
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

    /** Of flags that contradict each other, the one that counts; null if none was given. */
    @Nullable
    Character last(String letters) {
        Character last = null;
        for (Character letter : flags) {
            last = letters.indexOf(letter) >= 0 ? letter : last;
        }
        return last;
    }

    @Nullable
    String value(char letter) {
        return values.get(letter);
    }

    List<String> operands() {
        return operands;
    }
}
