package com.cocalc.storage.helm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Collects problems, so that a person who fixes a file sees all of them at once: for each file the first {@value #MOST}
 * problems and the number of the others.
 */
final class Problems {

    /** The largest number of problems that are shown for a file. */
    static final int MOST = 100;

    private final Map<Integer, OfFile> files = new TreeMap<>();
    private int file;

    private record Problem(int line, int column, int what, String text) {

        static final Comparator<Problem> ORDER = Comparator.comparingInt(Problem::line)
                .thenComparingInt(Problem::column)
                .thenComparing(Problem::text);
    }

    /** Makes the problems that follow belong to the next file. */
    void nextFile() {
        file++;
    }

    int currentFile() {
        return file;
    }

    /** Adds a sentence about a whole file. */
    void add(String sentence) {
        of(file, "").add(0, 0, 0, () -> sentence);
    }

    void add(Place place, String what, String rule, String butWas, String remedy) {
        add(place, what, rule, () -> butWas, remedy);
    }

    /** Adds a problem of which there may be very many; its text is built only if it is shown. */
    void add(Place place, String what, String rule, Supplier<String> butWas, String remedy) {
        of(place.fileIndex(), place.file())
                .add(
                        place.line(),
                        place.column(),
                        31 * what.hashCode() + rule.hashCode(),
                        () -> what + " must " + rule + ", but was " + butWas.get() + " (" + place + "); " + remedy);
    }

    private OfFile of(int index, String name) {
        return files.computeIfAbsent(index, absent -> new OfFile(name));
    }

    void throwIfAny() {
        if (!files.isEmpty()) {
            List<String> sentences = new ArrayList<>();
            files.values().forEach(of -> of.addTo(sentences));
            throw new HelmValuesException(sentences);
        }
    }

    private static final class OfFile {

        private final String name;
        /** The problems in order, each once: a problem that a merge key brings in twice is still one problem. */
        private final TreeSet<Problem> shown = new TreeSet<>(Problem.ORDER);
        /** One number for each problem that is not shown. */
        private final LongStream.Builder others = LongStream.builder();

        OfFile(String name) {
            this.name = name;
        }

        void add(int line, int column, int what, Supplier<String> sentence) {
            if (shown.size() == MOST && isBehind(line, column)) {
                others.add(number(line, column, what));
                return;
            }
            shown.add(new Problem(line, column, what, sentence.get()));
            if (shown.size() > MOST) {
                Problem last = shown.last();
                shown.remove(last);
                others.add(number(last.line(), last.column(), last.what()));
            }
        }

        private boolean isBehind(int line, int column) {
            Problem last = shown.last();
            return line > last.line() || (line == last.line() && column > last.column());
        }

        private static long number(int line, int column, int what) {
            return ((long) line * 0x9E3779B97F4A7C15L + column) * 0x9E3779B97F4A7C15L + what;
        }

        void addTo(List<String> sentences) {
            shown.forEach(problem -> sentences.add(problem.text()));
            long[] numbers = others.build().sorted().toArray();
            int more = 0;
            for (int i = 0; i < numbers.length; i++) {
                more += i == 0 || numbers[i] != numbers[i - 1] ? 1 : 0;
            }
            if (more > 0) {
                sentences.add(name + " must have no other problem, but was found to have " + more + " more than these "
                        + MOST + "; correct these and read it again");
            }
        }
    }
}
