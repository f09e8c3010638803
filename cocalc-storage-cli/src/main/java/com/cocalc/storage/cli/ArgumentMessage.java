package com.cocalc.storage.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says what is wrong with the arguments of a run, in the words of this program. */
final class ArgumentMessage {

    /** What other programs call differently, and the answer to it. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "help", "write --help behind the command",
            "version", "write --version",
            "-v", "write --version",
            "-f", "name the file without an option before it",
            "-o", "write --format",
            "--output", "write --format");

    /** How picocli words a mistake, and how this program does; the first that matches counts. */
    private static final List<Rule> RULES = List.of(
            rule(
                    "Invalid value for [a-z ]+ '([^']+)'.*: expected one of \\[(.*)] .*but was '(.*)'",
                    (found, command) -> found.group(1) + " must be one of " + found.group(2) + ", but was \""
                            + found.group(3) + "\"; correct it"),
            rule(
                    "Invalid value for [a-z ]+ '([^']+)'[^:]*: (must .*)",
                    (found, command) -> found.group(1) + " " + found.group(2)),
            rule(
                    "Invalid value for [a-z ]+ '([^']+)'.*: '(.*)' is not an? (int|long)",
                    (found, command) -> found.group(1) + " must be a whole number"
                            + atMost(found.group(2), found.group(3)) + ", but was \"" + found.group(2)
                            + "\"; correct it"),
            rule(
                    "Invalid value for [a-z ]+ '([^']+)'.*: '(.*)' is not a boolean",
                    (found, command) ->
                            found.group(1) + " takes no value, but has \"" + found.group(2) + "\"; leave it out"),
            rule(
                    "Missing required parameter for option '([^']+)' \\((.+)\\)",
                    (found, command) -> found.group(1) + " must have a value (" + found.group(2)
                            + "), but has none; see " + command + " --help"),
            rule(
                    "Missing required subcommand",
                    (found, command) -> "a command must be given; " + command + " --help lists them"),
            rule(
                    "Missing required parameters: (.+)",
                    (found, command) -> found.group(1).replace("'", "").replace(", ", " and ") + " must be given; see "
                            + command + " --help"),
            rule(
                    "(?:Error: )?Missing required [^:]+: '?\\(?([^' ]+)(?: \\[.*\\]\\))?'?",
                    (found, command) -> found.group(1) + " must be given; see " + command + " --help"),
            rule("option '([^']+)'.* should be specified only once", (found, command) -> once(found.group(1))),
            rule(
                    "(?:Error: )?expected only one match but got .* and .*=\\{(--[a-z-]+)\\b.*",
                    (found, command) -> once(found.group(1))),
            rule(
                    "(?:Error: )?(.+) are mutually exclusive.*",
                    (found, command) -> found.group(1) + " must not be given together; leave out one"),
            rule("(?:Error: )?(.*)", (found, command) -> found.group(1)));

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\+?[0-9]+");

    private ArgumentMessage() {}

    /**
     * A wording of picocli.
     *
     * @param pattern what it looks like
     * @param words what is said instead, about what was found and the command with its name
     */
    private record Rule(Pattern pattern, BiFunction<MatchResult, String, String> words) {}

    private static Rule rule(String pattern, BiFunction<MatchResult, String, String> words) {
        return new Rule(Pattern.compile(pattern, Pattern.DOTALL), words);
    }

    private static String once(String option) {
        return option + " must be given once, but is there several times; leave out all but one";
    }

    private static String atMost(String number, String type) {
        long most = type.equals("int") ? Integer.MAX_VALUE : Long.MAX_VALUE;
        return WHOLE_NUMBER.matcher(number).matches() ? " of at most " + most : "";
    }

    static String of(ParameterException e) {
        CommandLine command = e.getCommandLine();
        List<String> unmatched = command.getUnmatchedArguments();
        if (!unmatched.isEmpty()) {
            return unknown(unmatched.get(0), command);
        }
        String message = String.valueOf(e.getMessage());
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern.matcher(message);
            if (matcher.matches()) {
                return rule.words.apply(matcher, command.getCommandSpec().qualifiedName());
            }
        }
        throw new AssertionError("the last rule matches everything");
    }

    private static String unknown(String word, CommandLine command) {
        boolean isCommand = command.getParent() == null && !word.startsWith("-");
        List<String> names = isCommand
                ? List.copyOf(command.getSubcommands().keySet())
                : List.copyOf(command.getCommandSpec().optionsMap().keySet());
        return (isCommand ? "there is no command \"" : "there is no option or argument \"") + word + "\" here; "
                + Optional.ofNullable(ELSEWHERE.get(word))
                        .or(() -> behindTheCommand(word, command))
                        .or(() -> Nearest.to(word.toLowerCase(Locale.ROOT), names)
                                .map(name -> "did you mean " + name + "?"))
                        .orElse(command.getCommandSpec().qualifiedName() + " --help lists what there is");
    }

    private static Optional<String> behindTheCommand(String word, CommandLine command) {
        return command.getSubcommands().values().stream()
                .filter(each -> each.getCommandSpec().optionsMap().containsKey(word))
                .map(each -> "options stand behind the command")
                .findFirst();
    }
}
