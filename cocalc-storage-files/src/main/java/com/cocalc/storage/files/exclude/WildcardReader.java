package com.cocalc.storage.files.exclude;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Reads the steps of a pattern with wildcards, with the rules of rsync's own matcher, the odd ones included: {@code ]}
 * as the first byte of a class is a member, a range may run backwards and is then empty, and {@code [:} without its
 * {@code :]} is two members.
 */
public final class WildcardReader {

    private static final int BYTES = 256;

    /** What stands where no byte is: names and patterns have no NUL. */
    private static final int NOTHING = 0;

    private static final Map<String, IntPredicate> NAMED = Map.ofEntries(
            Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
            Map.entry("alpha", WildcardReader::isLetter),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", c -> c < ' ' || c == 0x7f),
            Map.entry("digit", WildcardReader::isDigit),
            Map.entry("graph", WildcardReader::isVisible),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("print", c -> c == ' ' || isVisible(c)),
            Map.entry("punct", c -> isVisible(c) && !isLetter(c) && !isDigit(c)),
            Map.entry("space", c -> c == ' ' || (c >= '\t' && c <= '\r')),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("xdigit", c -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));

    private final byte[] text;
    private int at;

    /** Whether a class or an escape has no end, or a class has an unknown name. */
    private boolean broken;

    WildcardReader(byte[] text) {
        this.text = text;
    }

    /** The steps; empty if the pattern is broken. */
    Optional<List<BytePattern.Step>> findSteps() {
        List<BytePattern.Step> steps = new ArrayList<>(text.length);
        while (at < text.length && !broken) {
            int c = take();
            if (c == '*') {
                steps.add(star());
            } else if (c == '?') {
                steps.add(new BytePattern.Step(allButSlash(), false));
            } else if (c == '[') {
                steps.add(new BytePattern.Step(readClass(), false));
            } else {
                BitSet one = new BitSet(BYTES);
                one.set(unescaped(c));
                steps.add(new BytePattern.Step(one, false));
            }
        }
        return broken ? Optional.empty() : Optional.of(List.copyOf(steps));
    }

    private BytePattern.Step star() {
        boolean more = false;
        while (peek() == '*') {
            at++;
            more = true;
        }
        if (!more) {
            return new BytePattern.Step(allButSlash(), true);
        }
        BitSet all = new BitSet(BYTES);
        all.set(0, BYTES);
        return new BytePattern.Step(all, true);
    }

    private static BitSet allButSlash() {
        BitSet bytes = new BitSet(BYTES);
        bytes.set(0, BYTES);
        bytes.clear('/');
        return bytes;
    }

    /** Reads a class behind its {@code [} up to its {@code ]}. */
    private BitSet readClass() {
        boolean negated = peek() == '!' || peek() == '^';
        if (negated) {
            at++;
        }
        BitSet members = new BitSet(BYTES);
        int previous = NOTHING;
        int c = take();
        do {
            previous = readMember(c, previous, members);
            c = take();
        } while (c != ']' && !broken);
        if (negated) {
            members.flip(0, BYTES);
        }
        members.clear('/');
        return members;
    }

    /** Adds what starts with c to the members, and returns what may be the lower end of a range that follows. */
    private int readMember(int c, int previous, BitSet members) {
        if (c == '-' && previous != NOTHING && peek() != NOTHING && peek() != ']') {
            int last = unescaped(take());
            if (previous <= last) {
                members.set(previous, last + 1);
            }
            return NOTHING;
        }
        if (c == '[' && peek() == ':') {
            int close = indexOfClose();
            if (close >= at + 2 && text[close - 1] == ':') {
                addNamed(new String(text, at + 1, close - at - 2, StandardCharsets.ISO_8859_1), members);
                at = close + 1;
                return NOTHING;
            }
        }
        int member = unescaped(c);
        members.set(member);
        return member;
    }

    private void addNamed(String name, BitSet members) {
        IntPredicate named = NAMED.get(name);
        if (named == null) {
            broken = true;
            return;
        }
        IntStream.range(0, BYTES).filter(named).forEach(members::set);
    }

    /** The byte itself, or the one behind it if it is a backslash. */
    private int unescaped(int c) {
        return c == '\\' ? take() : c;
    }

    private int indexOfClose() {
        int i = at;
        while (i < text.length && text[i] != ']') {
            i++;
        }
        return i < text.length ? i : -1;
    }

    private int take() {
        if (at == text.length) {
            broken = true;
            return NOTHING;
        }
        return text[at++] & 0xff;
    }

    private int peek() {
        return at < text.length ? text[at] & 0xff : NOTHING;
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isVisible(int c) {
        return c > ' ' && c < 0x7f;
    }
}
