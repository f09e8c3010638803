package com.cocalc.storage.files.exclude;

import java.util.BitSet;
import java.util.List;

/**
 * A pattern over bytes, as a row of steps: each takes one byte of a set, or any number of them.
 *
 * <p>A match reads its text byte by byte and never goes back. All it keeps is which steps it can have reached, so the
 * time for a byte grows with the length of the pattern at most. There is no backtracking, which patterns such as
 * {@code a*a*a*a*b} could make exponential.
 */
public final class BytePattern {

    /** One step. */
    record Step(BitSet bytes, boolean repeats) {

        boolean takes(byte b) {
            return bytes.get(b & 0xff);
        }
    }

    private final List<Step> steps;

    /** False for a pattern that is broken and, as in rsync, matches nothing. */
    private final boolean matchable;

    private BytePattern(List<Step> steps, boolean matchable) {
        this.steps = steps;
        this.matchable = matchable;
    }

    /** The pattern that matches exactly these bytes. */
    static BytePattern ofLiteral(byte[] text) {
        Step[] steps = new Step[text.length];
        for (int i = 0; i < steps.length; i++) {
            BitSet one = new BitSet(256);
            one.set(text[i] & 0xff);
            steps[i] = new Step(one, false);
        }
        return new BytePattern(List.of(steps), true);
    }

    /** Reads {@code *}, {@code **}, {@code ?}, classes and backslashes. */
    static BytePattern ofWildcards(byte[] text) {
        return new WildcardReader(text)
                .findSteps()
                .map(steps -> new BytePattern(steps, true))
                .orElseGet(() -> new BytePattern(List.of(), false));
    }

    /**
     * Starts to match a text.
     *
     * @param atEachName whether the match may also start behind any slash, not only where the text starts
     */
    Match start(boolean atEachName) {
        return new Match(atEachName);
    }

    /** How far a text has been matched. */
    final class Match {

        private final boolean atEachName;

        /** At i, whether the text so far can have been taken by the first i steps. */
        private final boolean[] reached = new boolean[steps.size() + 1];

        /** Whether any of them is true. */
        private boolean possible;

        private Match(boolean atEachName) {
            this.atEachName = atEachName;
            begin();
        }

        /** Reads the next byte of the text. */
        void read(byte b) {
            possible = false;
            for (int i = steps.size(); i >= 0; i--) {
                boolean stays = i < steps.size()
                        && reached[i]
                        && steps.get(i).repeats()
                        && steps.get(i).takes(b);
                boolean arrives = i > 0
                        && reached[i - 1]
                        && !steps.get(i - 1).repeats()
                        && steps.get(i - 1).takes(b);
                reached[i] = stays || arrives;
                possible |= reached[i];
            }
            skipRepeating();
            if (atEachName && b == '/') {
                begin();
            }
        }

        private void begin() {
            reached[0] = matchable;
            possible |= matchable;
            skipRepeating();
        }

        /** A step that repeats may take nothing at all. */
        private void skipRepeating() {
            for (int i = 0; i < steps.size(); i++) {
                reached[i + 1] |= reached[i] && steps.get(i).repeats();
            }
        }

        /** Whether the pattern can match the text, or match when more is read. */
        boolean isPossible() {
            return possible || (atEachName && matchable);
        }

        /** Whether the pattern matches the text that has been read. */
        boolean isComplete() {
            return reached[steps.size()];
        }
    }
}
