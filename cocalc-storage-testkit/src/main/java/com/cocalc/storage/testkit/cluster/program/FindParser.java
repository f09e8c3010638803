package com.cocalc.storage.testkit.cluster.program;

import com.cocalc.storage.testkit.cluster.program.FindExpression.Collecting;
import com.cocalc.storage.testkit.cluster.program.FindExpression.FollowedLinks;
import com.cocalc.storage.testkit.cluster.program.FindExpression.Test;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;

/** Reads the command line of {@code find}. */
final class FindParser {

    private final Invocation invocation;
    private final FindArguments arguments;
    private final List<Collecting> collecting = new ArrayList<>();
    private FollowedLinks links = FollowedLinks.NONE;
    private boolean isDepthFirst;
    private boolean staysOnDevice;
    private boolean hasAction;
    private int minDepth;
    private int maxDepth = Integer.MAX_VALUE;

    private FindParser(Invocation invocation) {
        this.invocation = invocation;
        this.arguments = new FindArguments(invocation.arguments());
    }

    static FindExpression parse(Invocation invocation) throws FindSyntaxException {
        return new FindParser(invocation).parse();
    }

    private FindExpression parse() throws FindSyntaxException {
        List<String> starts = new ArrayList<>();
        leadingOptions();
        while (arguments.hasNext() && !isExpression(arguments.peek())) {
            starts.add(arguments.take());
        }
        Test test = arguments.hasNext() ? list() : visit -> true;
        if (arguments.hasNext()) {
            FindConditions.requireSupported(arguments.peek());
            throw new FindSyntaxException(
                    arguments.isNext(")")
                            ? "you have too many ')'"
                            : "paths must precede expression: `" + arguments.peek() + "'");
        }
        if (!hasAction) {
            Test condition = test;
            test = visit -> condition.matches(visit) && print(visit);
        }
        return new FindExpression(
                starts.isEmpty() ? List.of(".") : starts,
                test,
                collecting,
                links,
                isDepthFirst,
                staysOnDevice,
                minDepth,
                maxDepth);
    }

    private void leadingOptions() {
        while (arguments.isNext("-H", "-L", "-P")) {
            links = switch (arguments.take()) {
                case "-H" -> FollowedLinks.OF_COMMAND_LINE;
                case "-L" -> FollowedLinks.ALL;
                default -> FollowedLinks.NONE;
            };
        }
        if (arguments.isNext("--")) {
            arguments.take();
        }
    }

    private static boolean isExpression(String argument) {
        return (argument.startsWith("-") && argument.length() > 1) || argument.equals("(") || argument.equals("!");
    }

    private Test list() throws FindSyntaxException {
        Test left = or();
        while (arguments.isNext(",")) {
            arguments.requireExpression(arguments.take());
            Test first = left;
            Test second = or();
            left = visit -> {
                first.matches(visit);
                return !visit.walk.isQuit() && second.matches(visit);
            };
        }
        return left;
    }

    private Test or() throws FindSyntaxException {
        Test left = and();
        while (arguments.isNext("-o", "-or")) {
            String operator = arguments.take();
            Test first = left;
            arguments.requireExpression(operator);
            Test second = and();
            left = visit -> first.matches(visit) || (!visit.walk.isQuit() && second.matches(visit));
        }
        return left;
    }

    private Test and() throws FindSyntaxException {
        Test left = not();
        while (arguments.hasNext() && !arguments.isNext("-o", "-or", ")", ",")) {
            if (arguments.isNext("-a", "-and")) {
                arguments.requireExpression(arguments.take());
            }
            Test first = left;
            Test second = not();
            left = visit -> first.matches(visit) && !visit.walk.isQuit() && second.matches(visit);
        }
        return left;
    }

    private Test not() throws FindSyntaxException {
        if (arguments.isNext("!", "-not")) {
            arguments.requireExpression(arguments.take());
            Test test = not();
            return visit -> !test.matches(visit);
        }
        if (arguments.isNext("(")) {
            arguments.take();
            if (arguments.isNext(")")) {
                throw new FindSyntaxException("invalid expression; empty parentheses are not allowed.");
            }
            Test test = list();
            if (!arguments.isNext(")")) {
                throw new FindSyntaxException(
                        "invalid expression; I was expecting to find a ')' somewhere but did not see one.");
            }
            arguments.take();
            return test;
        }
        if (arguments.isNext("-o", "-or", "-a", "-and", ",")) {
            throw new FindSyntaxException("invalid expression; you have used a binary operator '" + arguments.peek()
                    + "' with nothing before it.");
        }
        return primary(arguments.take());
    }

    private Test primary(String name) throws FindSyntaxException {
        switch (name) {
            case "-xdev", "-mount" -> staysOnDevice = true;
            case "-depth" -> isDepthFirst = true;
            case "-mindepth" -> minDepth = (int) arguments.number(name);
            case "-maxdepth" -> maxDepth = (int) arguments.number(name);
            default -> {
                return action(name);
            }
        }
        return visit -> true;
    }

    private Test action(String name) throws FindSyntaxException {
        hasAction |= List.of("-quit", "-print", "-delete").contains(name);
        isDepthFirst |= name.equals("-delete");
        return switch (name) {
            case "-exec" -> exec();
            case "-prune" ->
                visit -> {
                    visit.prune();
                    return visit.file != null;
                };
            case "-quit" ->
                visit -> {
                    visit.walk.quit();
                    return true;
                };
            case "-print" -> FindParser::print;
            case "-delete" -> FindParser::delete;
            default -> FindConditions.parse(name, arguments, new FindReference(invocation.fileSystem(), links));
        };
    }

    private Test exec() throws FindSyntaxException {
        hasAction = true;
        List<String> argv = new ArrayList<>();
        while (arguments.hasNext()) {
            String argument = arguments.take();
            if (argument.equals(";")) {
                return each(argv);
            }
            if (argument.equals("+")
                    && !argv.isEmpty()
                    && argv.get(argv.size() - 1).equals("{}")) {
                Collecting action = new Collecting(known(argv.subList(0, argv.size() - 1)));
                collecting.add(action);
                return action;
            }
            argv.add(argument);
        }
        throw new FindSyntaxException("missing argument to `-exec'");
    }

    private Test each(List<String> argv) throws FindSyntaxException {
        List<String> known = known(argv);
        return visit -> visit.walk.run(known.stream()
                        .map(argument -> argument.replace("{}", visit.operand.text()))
                        .toList())
                == 0;
    }

    private List<String> known(List<String> argv) throws FindSyntaxException {
        if (argv.isEmpty()) {
            throw new FindSyntaxException("missing argument to `-exec'");
        }
        invocation.programs().require("find -exec", argv);
        return argv;
    }

    private static boolean print(Find.Visit visit) {
        visit.walk.invocation().print(visit.operand.text());
        return true;
    }

    private static boolean delete(Find.Visit visit) {
        if (visit.operand.text().equals(".")) {
            return true; // as GNU's leaves it without a word
        }
        try {
            if (visit.file != null
                    && visit.file.isDirectory()
                    && visit.operand.lstat().isLink()) {
                throw new NotDirectoryException(visit.operand.text());
            }
            Files.delete(visit.operand.path());
            return true;
        } catch (IOException e) {
            visit.walk.failed();
            visit.walk.invocation().fail("cannot delete " + Quoting.plain(visit.operand.text()) + ": " + Reasons.of(e));
            return false;
        }
    }
}
