package com.cocalc.storage.testkit.cluster.program;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A command line of options of one letter and operands, in any order; only operands follow {@code --}. */
final class Options {

    private final Set<Character> flags = new HashSet<>();
    private final List<String> operands = new ArrayList<>();

    private Options() {}

    /**
     * Parses a command line.
     *
     * @param known the letters that the program knows
     * @param operands the smallest number of operands
     * @throws InvalidValueException if it has another option, or fewer operands
     */
    static Options parse(Invocation invocation, String known, int operands) {
        Options options = new Options();
        boolean onlyOperands = false;
        for (String argument : invocation.arguments()) {
            if (onlyOperands || !argument.startsWith("-") || argument.equals("-")) {
                options.operands.add(argument);
            } else if (argument.equals("--")) {
                onlyOperands = true;
            } else {
                options.add(invocation, argument, known);
            }
        }
        if (options.operands.size() < operands) {
            throw mistake(invocation, "with at least " + operands + (operands == 1 ? " operand" : " operands"));
        }
        return options;
    }

    private void add(Invocation invocation, String argument, String known) {
        for (char letter : argument.substring(1).toCharArray()) {
            if (known.indexOf(letter) < 0) {
                throw unknown(invocation, argument);
            }
            flags.add(letter);
        }
    }

    /**
     * Returns the exception for an option that only the fake program does not know, so that a test does not take it for
     * wrong.
     */
    static InvalidValueException unknown(Invocation invocation, String word) {
        return mistake(invocation, "without " + word + ", which it does not know");
    }

    static InvalidValueException mistake(Invocation invocation, String how) {
        String program = invocation.name();
        List<String> words = invocation.arguments();
        words.add(0, invocation.program());
        return InvalidValueException.of(
                program + " on the fake cluster",
                "be called " + how,
                MessageText.quoted(String.join(" ", words)),
                "register another " + program + " with FakeCluster.builder().command(\"" + program + "\", …)");
    }

    boolean has(char letter) {
        return flags.contains(letter);
    }

    List<String> operands() {
        return operands;
    }
}
