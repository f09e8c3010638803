package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.testkit.cluster.FindExpression.Collecting;
import com.cocalc.storage.testkit.cluster.FindExpression.Test;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the command line of {@code find}: {@code ,} is not among the operators. */
final class FindParser {

    /** A command line that find refuses. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        SyntaxException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private final Invocation invocation;
    private final List<String> arguments;
    private final List<Collecting> collecting = new ArrayList<>();
    private int next;
    private boolean isDepthFirst;
    private boolean staysOnDevice;
    private boolean hasAction;
    private int minDepth;
    private int maxDepth = Integer.MAX_VALUE;

    private FindParser(Invocation invocation) {
        this.invocation = invocation;
        this.arguments = invocation.arguments();
    }

    static FindExpression parse(Invocation invocation) throws SyntaxException {
        return new FindParser(invocation).parse();
    }

    private FindExpression parse() throws SyntaxException {
        List<String> starts = new ArrayList<>();
        while (hasNext() && !isExpression(peek())) {
            starts.add(take());
        }
        Test test = hasNext() ? or() : visit -> true;
        if (hasNext()) {
            throw new SyntaxException("paths must precede expression: `" + peek() + "'");
        }
        if (!hasAction) {
            Test condition = test;
            test = visit -> condition.matches(visit) && print(visit);
        }
        return new FindExpression(
                starts.isEmpty() ? List.of(".") : starts,
                test,
                collecting,
                isDepthFirst,
                staysOnDevice,
                minDepth,
                maxDepth);
    }

    private static boolean isExpression(String argument) {
        return (argument.startsWith("-") && argument.length() > 1)
                || argument.equals("(")
                || argument.equals(")")
                || argument.equals("!");
    }

    private boolean hasNext() {
        return next < arguments.size();
    }

    private String peek() {
        return arguments.get(next);
    }

    private String take() {
        return arguments.get(next++);
    }

    private boolean isNext(String... words) {
        return hasNext() && List.of(words).contains(peek());
    }

    private String value(String name) throws SyntaxException {
        if (!hasNext()) {
            throw new SyntaxException("missing argument to `" + name + "'");
        }
        return take();
    }

    private Test or() throws SyntaxException {
        Test left = and();
        while (isNext("-o", "-or")) {
            next++;
            Test first = left;
            Test second = and();
            left = visit -> first.matches(visit) || (!visit.walk.isQuit() && second.matches(visit));
        }
        return left;
    }

    private Test and() throws SyntaxException {
        Test left = not();
        while (hasNext() && !isNext("-o", "-or", ")")) {
            if (isNext("-a", "-and")) {
                next++;
            }
            Test first = left;
            Test second = not();
            left = visit -> first.matches(visit) && !visit.walk.isQuit() && second.matches(visit);
        }
        return left;
    }

    private Test not() throws SyntaxException {
        if (isNext("!", "-not")) {
            next++;
            Test test = not();
            return visit -> !test.matches(visit);
        }
        if (isNext("(")) {
            next++;
            Test test = or();
            if (!isNext(")")) {
                throw new SyntaxException(
                        "invalid expression; I was expecting to find a ')' somewhere but did not see one.");
            }
            next++;
            return test;
        }
        return primary(value("!"));
    }

    private Test primary(String name) throws SyntaxException {
        switch (name) {
            case "-xdev", "-mount" -> staysOnDevice = true;
            case "-depth" -> isDepthFirst = true;
            case "-mindepth" -> minDepth = (int) number(name);
            case "-maxdepth" -> maxDepth = (int) number(name);
            default -> {
                return action(name);
            }
        }
        return visit -> true;
    }

    private Test action(String name) throws SyntaxException {
        hasAction |= List.of("-quit", "-print", "-delete").contains(name);
        isDepthFirst |= name.equals("-delete");
        return switch (name) {
            case "-exec" -> exec();
            case "-prune" ->
                visit -> {
                    visit.prune();
                    return true;
                };
            case "-quit" ->
                visit -> {
                    visit.walk.quit();
                    return true;
                };
            case "-print" -> FindParser::print;
            case "-delete" -> FindParser::delete;
            default -> condition(name);
        };
    }

    private Test condition(String name) throws SyntaxException {
        return switch (name) {
            case "-true" -> visit -> true;
            case "-false" -> visit -> false;
            case "-name" -> {
                Pattern pattern = ShellPattern.compile(value(name));
                yield visit -> pattern.matcher(String.valueOf(visit.path.getFileName()))
                        .matches();
            }
            case "-path", "-wholename" -> {
                Pattern whole = ShellPattern.compile(value(name));
                yield visit -> whole.matcher(visit.text).matches();
            }
            case "-user", "-uid" -> {
                long uid = owner(name, "user");
                yield visit -> visit.file.uid() == uid;
            }
            case "-group", "-gid" -> {
                long gid = owner(name, "group");
                yield visit -> visit.file.gid() == gid;
            }
            case "-perm" -> perm(value(name));
            case "-type" -> type(value(name));
            default -> throw new SyntaxException("unknown predicate `" + name + "'");
        };
    }

    private static Test type(String type) throws SyntaxException {
        return switch (type) {
            case "d" -> visit -> visit.file.isDirectory();
            case "f" -> visit -> visit.file.isRegular();
            case "l" -> visit -> visit.file.isLink();
            default -> throw new SyntaxException("Unknown argument to -type: " + type);
        };
    }

    private long number(String name) throws SyntaxException {
        String text = value(name);
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new SyntaxException(
                    "Expected a positive decimal integer argument to " + name + ", but got `" + text + "'");
        }
    }

    private long owner(String name, String what) throws SyntaxException {
        String text = value(name);
        try {
            long id = Chown.OwnerSpec.id(text);
            if (id >= 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Said below, as for an empty name.
        }
        throw new SyntaxException("invalid " + what + " name or " + (what.equals("user") ? "UID" : "GID")
                + " argument to " + name + ": '" + text + "'");
    }

    private static Test perm(String text) throws SyntaxException {
        char kind = text.isEmpty() ? ' ' : text.charAt(0);
        String octal = kind == '-' || kind == '/' ? text.substring(1) : text;
        try {
            int bits = Integer.parseInt(octal, 8);
            if (kind == '-') {
                return visit -> (visit.file.mode() & bits) == bits;
            }
            return kind == '/'
                    ? visit -> bits == 0 || (visit.file.mode() & bits) != 0
                    : visit -> visit.file.permissions() == bits;
        } catch (NumberFormatException e) {
            throw new SyntaxException("invalid mode `" + text + "'");
        }
    }

    private Test exec() throws SyntaxException {
        hasAction = true;
        List<String> argv = new ArrayList<>();
        while (hasNext()) {
            String argument = take();
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
        throw new SyntaxException("missing argument to `-exec'");
    }

    private Test each(List<String> argv) throws SyntaxException {
        List<String> known = known(argv);
        return visit -> visit.walk.run(known.stream()
                        .map(argument -> argument.replace("{}", visit.text))
                        .toList())
                == 0;
    }

    private List<String> known(List<String> argv) throws SyntaxException {
        if (argv.isEmpty()) {
            throw new SyntaxException("missing argument to `-exec'");
        }
        invocation.programs().require("find -exec", argv);
        return argv;
    }

    private static boolean print(Find.Visit visit) {
        visit.walk.invocation().print(visit.text);
        return true;
    }

    private static boolean delete(Find.Visit visit) {
        try {
            Files.delete(visit.path);
            return true;
        } catch (IOException e) {
            visit.walk.failed();
            visit.walk.invocation().fail("cannot delete '" + visit.text + "': " + Reasons.of(e));
            return false;
        }
    }
}
