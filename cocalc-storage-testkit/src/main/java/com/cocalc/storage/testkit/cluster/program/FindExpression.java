package com.cocalc.storage.testkit.cluster.program;

import com.cocalc.storage.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The expression of a {@code find}, parsed from its command line. */
final class FindExpression {

    private final Invocation invocation;
    private final List<String> words;
    private final List<String> starts = new ArrayList<>();
    private final List<Collecting> collecting = new ArrayList<>();
    private final Test test;
    private boolean staysOnDevice;
    private int next;

    /**
     * Parses the arguments.
     *
     * @throws InvalidValueException if the fake find does not know one of them, or there is no action
     */
    FindExpression(Invocation invocation) {
        this.invocation = invocation;
        this.words = invocation.arguments();
        while (next < words.size() && !isExpression(words.get(next))) {
            starts.add(take());
        }
        requireAll(next < words.size());
        test = alternatives();
        if (next < words.size()) {
            throw unknown(words.get(next));
        }
        requireAll(!starts.isEmpty() && !collecting.isEmpty());
    }

    private void requireAll(boolean isThere) {
        if (!isThere) {
            throw Options.mistake(invocation, "with a directory and with -exec");
        }
    }

    /** A test or an action. */
    @FunctionalInterface
    interface Test {
        boolean matches(Find.Visit visit);
    }

    /** {@code -exec … {} +}, which collects names and runs the program once, at the end. */
    static final class Collecting implements Test {
        private final List<String> argv;
        private final List<String> names = new ArrayList<>();

        private Collecting(List<String> argv) {
            this.argv = List.copyOf(argv);
        }

        @Override
        public boolean matches(Find.Visit visit) {
            names.add(visit.operand.text());
            return true;
        }

        /** Returns the command line, or null if nothing was collected. */
        @Nullable
        List<String> commandLine() {
            if (names.isEmpty()) {
                return null;
            }
            List<String> whole = new ArrayList<>(argv);
            whole.addAll(names);
            return whole;
        }
    }

    List<String> starts() {
        return starts;
    }

    Test test() {
        return test;
    }

    List<Collecting> collecting() {
        return collecting;
    }

    boolean staysOnDevice() {
        return staysOnDevice;
    }

    private static boolean isExpression(String word) {
        return (word.startsWith("-") && word.length() > 1) || word.equals("(") || word.equals("!");
    }

    private String take() {
        if (next == words.size()) {
            throw Options.mistake(invocation, "with an argument behind " + words.get(next - 1));
        }
        return words.get(next++);
    }

    private boolean isNext(String word) {
        return next < words.size() && words.get(next).equals(word);
    }

    private InvalidValueException unknown(String word) {
        return Options.unknown(invocation, word);
    }

    private Test alternatives() {
        Test left = conjunction();
        while (isNext("-o")) {
            take();
            Test first = left;
            Test second = conjunction();
            left = visit -> first.matches(visit) || (!visit.walk.isQuit() && second.matches(visit));
        }
        return left;
    }

    private Test conjunction() {
        Test left = negation();
        while (next < words.size() && !isNext("-o") && !isNext(")")) {
            Test first = left;
            Test second = negation();
            left = visit -> first.matches(visit) && !visit.walk.isQuit() && second.matches(visit);
        }
        return left;
    }

    private Test negation() {
        if (isNext("!")) {
            take();
            Test negated = negation();
            return visit -> !negated.matches(visit);
        }
        if (isNext("(")) {
            take();
            Test inner = alternatives();
            if (!take().equals(")")) {
                throw unknown(words.get(next - 1));
            }
            return inner;
        }
        return primary(take());
    }

    private Test primary(String name) {
        return switch (name) {
            case "-xdev" -> {
                staysOnDevice = true;
                yield visit -> true;
            }
            case "-path" -> {
                Predicate<String> whole = ShellPattern.compile(take());
                yield visit -> whole.test(visit.operand.text());
            }
            case "-user" -> {
                long uid = id(take());
                yield about(file -> file.uid() == uid);
            }
            case "-group" -> {
                long gid = id(take());
                yield about(file -> file.gid() == gid);
            }
            case "-type" -> type(take());
            case "-perm" -> allOf(take());
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
            case "-exec" -> exec();
            default -> throw unknown(name);
        };
    }

    /** Returns a test of attributes, which fails for an entry whose attributes cannot be read. */
    private static Test about(Predicate<UnixFile> condition) {
        return visit -> visit.file != null && condition.test(visit.file);
    }

    private long id(String text) {
        try {
            return OwnerSpec.id(text);
        } catch (NumberFormatException e) {
            throw unknown("the account " + text);
        }
    }

    private Test type(String letter) {
        return switch (letter) {
            case "d" -> about(UnixFile::isDirectory);
            case "f" -> about(UnixFile::isRegular);
            case "l" -> about(UnixFile::isLink);
            default -> throw unknown("-type " + letter);
        };
    }

    /** Parses {@code -perm -MODE}; a symbolic mode applies to 0, without a umask. */
    private Test allOf(String text) {
        Optional<FileMode> mode = text.startsWith("-") ? FileMode.parse(text.substring(1)) : Optional.empty();
        int bits = mode.orElseThrow(() -> unknown("-perm " + text)).applyTo(0, false, 0);
        return about(file -> (file.mode() & bits) == bits);
    }

    private Test exec() {
        List<String> argv = new ArrayList<>();
        while (!isNext("+") || argv.size() < 2 || !argv.get(argv.size() - 1).equals("{}")) {
            if (isNext(";")) {
                throw unknown("-exec … ;");
            }
            argv.add(take());
        }
        take();
        argv.remove(argv.size() - 1);
        invocation.programs().require("find -exec", argv);
        Collecting action = new Collecting(argv);
        collecting.add(action);
        return action;
    }
}
