package com.cocalc.storage.testkit.cluster.program;

import java.util.List;

/** The words of a find command line, one after the other. */
final class FindArguments {

    private final List<String> arguments;
    private int next;

    FindArguments(List<String> arguments) {
        this.arguments = arguments;
    }

    boolean hasNext() {
        return next < arguments.size();
    }

    String peek() {
        return arguments.get(next);
    }

    String take() {
        return arguments.get(next++);
    }

    boolean isNext(String... words) {
        return hasNext() && List.of(words).contains(peek());
    }

    /** The argument of an option or test. */
    String value(String name) throws FindSyntaxException {
        if (!hasNext()) {
            throw new FindSyntaxException("missing argument to `" + name + "'");
        }
        return take();
    }

    /** The argument of an option, as a number. */
    long number(String name) throws FindSyntaxException {
        String text = value(name);
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new FindSyntaxException(
                    "Expected a positive decimal integer argument to " + name + ", but got '" + text + "'");
        }
    }

    /** Behind an operator something must follow. */
    void requireExpression(String operator) throws FindSyntaxException {
        if (!hasNext()) {
            throw new FindSyntaxException(
                    operator.equals(",") ? "invalid expression" : "expected an expression after '" + operator + "'");
        }
        if (isNext(")")) {
            throw new FindSyntaxException("expected an expression between '" + operator + "' and ')'");
        }
    }
}
