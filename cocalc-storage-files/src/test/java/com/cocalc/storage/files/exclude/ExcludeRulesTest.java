package com.cocalc.storage.files.exclude;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every expectation here is what rsync 3.4.1 does; {@link RsyncExcludeComparisonTest} asks it about many more. */
class ExcludeRulesTest {

    @Test
    void withoutRulesNothingIsLeftOut() {
        assertThat(ExcludeRules.none().excludes(bytes("a"), false)).isFalse();
        assertThat(ExcludeRules.parse(List.of()).excludes(bytes("a"), true)).isFalse();
    }

    @ParameterizedTest(name = "{0} {2} {1}")
    @CsvSource({
        // A pattern without a slash is the last name.
        "a,           a,         excludes",
        "a,           x/y/a,     excludes",
        "a,           ab,        keeps",
        "a,           xa,        keeps",
        "a,           a/x,       keeps",
        // A slash at the start is the top of the tree.
        "/a,          a,         excludes",
        "/a,          x/a,       keeps",
        "/x/a,        x/a,       excludes",
        "/,           a,         keeps",
        // One within compares as many of the last names.
        "x/a,         x/a,       excludes",
        "x/a,         y/x/a,     excludes",
        "x/a,         yx/a,      keeps",
        "x/a,         a,         keeps",
        "x/*,         y/x/a,     excludes",
        "x/*,         x/a/b,     keeps",
        // One star stays within a name, two do not.
        "*.c,         a.c,       excludes",
        "*.c,         x/.c,      excludes",
        "/*.c,        x/a.c,     keeps",
        "/x/*c,       x/y/c,     keeps",
        "/x/**c,      x/y/c,     excludes",
        "x**c,        y/x/y/c,   excludes",
        "x**c,        yx/c,      keeps",
        "**/c,        c,         excludes",
        "**/c,        x/y/c,     excludes",
        "/**/c,       c,         keeps",
        "/**/c,       x/c,       excludes",
        "**c,         xc,        excludes",
        "?,           a,         excludes",
        "?,           ab,        keeps",
        "x?a,         x/a,       keeps",
        // Classes.
        "[ab],        b,         excludes",
        "[ab],        c,         keeps",
        "[!ab],       c,         excludes",
        "[^ab],       a,         keeps",
        "[a-c],       b,         excludes",
        "[c-a],       b,         keeps",
        "[]a],        ],         excludes",
        "[!]a],       ],         keeps",
        "[a-],        -,         excludes",
        "[\\]],       ],         excludes",
        "[\\a-c],     b,         excludes",
        "[[:digit:]], 7,         excludes",
        "[[:digit:]], a,         keeps",
        "[![:digit:]x], x,       keeps",
        "[[:alpha:]-9], 5,       keeps",
        "[[:alpha:]-9], -,       excludes",
        "[[:],        [,         excludes",
        "[[:],        :,         excludes",
        "[[:a],       a,         excludes",
        "x[/]a,       x/a,       keeps",
        "x[!b]a,      x/a,       keeps",
        // What is broken matches nothing, not even itself.
        "[a,          [a,        keeps",
        "[[:foo:]],   f,         keeps",
        "[[::]],      :,         keeps",
        "*\\,         a\\,       keeps",
        // A backslash escapes only where there is something to escape.
        "\\*,         *,         excludes",
        "\\*,         a,         keeps",
        "\\a*,        ab,        excludes",
        "\\a,         a,         keeps",
        "\\a,         \\a,       excludes",
        // A prefix needs its space.
        "- a,         a,         excludes",
        "-a,          -a,        excludes",
        "-,           -,         excludes",
        "!a,          !a,        excludes",
        "- !,         !,         excludes",
        // Rules of other options are names here.
        "': a',       ': a',     excludes",
        "'. a',       '. a',     excludes",
        "'P a',       'P a',     excludes",
        "'',          a,         keeps",
    })
    void aFileIsComparedAsRsyncComparesIt(String pattern, String path, String answer) {
        boolean excluded = ExcludeRules.parse(List.of(pattern)).excludes(bytes(path), false);

        assertThat(excluded ? "excludes" : "keeps").isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0} {2} {1}")
    @CsvSource({
        "a/,      a,     excludes",
        "/a/,     a,     excludes",
        "x/a/,    x/a,   excludes",
        "a//,     a,     keeps",
        "a/***,   a,     excludes",
        "a/***,   x/a,   excludes",
        "a/***,   a/b,   excludes",
        "a/**,    a,     keeps",
        "a/**,    a/b,   excludes",
        "/a/***,  x/a,   keeps",
        "a***,    ab,    excludes",
        "**/,     a,     excludes",
    })
    void aDirectoryIsComparedAsRsyncComparesIt(String pattern, String path, String answer) {
        boolean excluded = ExcludeRules.parse(List.of(pattern)).excludes(bytes(path), true);

        assertThat(excluded ? "excludes" : "keeps").isEqualTo(answer);
    }

    @Test
    void aSlashAtTheEndKeepsFilesOfThatName() {
        ExcludeRules rules = ExcludeRules.parse(List.of("build/"));

        assertThat(rules.excludes(bytes("build"), false)).isFalse();
        assertThat(rules.excludes(bytes("build"), true)).isTrue();
    }

    @Test
    void threeStarsAtTheEndKeepAFileOfThatName() {
        ExcludeRules rules = ExcludeRules.parse(List.of("build/***"));

        assertThat(rules.excludes(bytes("build"), false)).isFalse();
        assertThat(rules.excludes(bytes("build/x"), false)).isTrue();
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        ExcludeRules rules = ExcludeRules.parse(List.of("+ keep.c", "*.c", "+ *"));

        assertThat(rules.excludes(bytes("keep.c"), false)).isFalse();
        assertThat(rules.excludes(bytes("a.c"), false)).isTrue();
        assertThat(rules.excludes(bytes("a.h"), false)).isFalse();
    }

    @Test
    void anExclamationMarkAloneCancelsTheRulesBeforeIt() {
        ExcludeRules rules = ExcludeRules.parse(List.of("a", "!", "b"));

        assertThat(rules.excludes(bytes("a"), false)).isFalse();
        assertThat(rules.excludes(bytes("b"), false)).isTrue();
    }

    @Test
    void aPatternMatchesBytesNotCharacters() {
        assertThat(ExcludeRules.parse(List.of("ü")).excludes(bytes("ü"), false)).isTrue();
        assertThat(ExcludeRules.parse(List.of("?")).excludes(bytes("ü"), false)).isFalse();
        assertThat(ExcludeRules.parse(List.of("??")).excludes(bytes("ü"), false))
                .isTrue();
        assertThat(ExcludeRules.parse(List.of("a?")).excludes(new byte[] {'a', (byte) 0xff}, false))
                .isTrue();
        assertThat(ExcludeRules.parse(List.of("[[:alpha:]]")).excludes(new byte[] {(byte) 0xe4}, false))
                .isFalse();
    }

    @Test
    void aNameMayHoldALineEnd() {
        assertThat(ExcludeRules.parse(List.of("a\nb")).excludes(bytes("a\nb"), false))
                .isTrue();
        assertThat(ExcludeRules.parse(List.of("[[:cntrl:]]")).excludes(bytes("\n"), false))
                .isTrue();
    }

    /** With backtracking this would take 2 to the power of 60 steps; the test would not end. */
    @Test
    void manyStarsAgainstALongNameEnd() {
        ExcludeRules rules = ExcludeRules.parse(List.of("a*".repeat(60) + "b", "**a".repeat(60) + "b"));
        String name = "a".repeat(255);
        String path = (name + "/").repeat(15) + name;

        assertThat(rules.excludes(bytes(name), false)).isFalse();
        assertThat(rules.excludes(bytes(path), false)).isFalse();
        assertThat(rules.excludes(bytes(path + "b"), false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- ", "+ "})
    void aPrefixWithoutAPatternIsRefused(String prefix) {
        assertThatThrownBy(() -> ExcludeRules.parse(List.of("a", prefix)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("exclude pattern must have a name after the prefix '" + prefix + "', but was \"" + prefix
                        + "\"; add the name, or remove the pattern");
    }

    @Test
    void nulIsRefused() {
        assertThatThrownBy(() -> ExcludeRules.parse(List.of("a\0")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("exclude pattern must have no NUL character, but was \"a\\u0000\"; remove it, no file name"
                        + " contains one");
    }

    @Test
    void halfASurrogatePairIsRefusedRatherThanBecomingAQuestionMark() {
        assertThatThrownBy(() -> ExcludeRules.parse(List.of("\ud800")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "exclude pattern must be text that UTF-8 can encode, but was \"\\ud800\"; remove the half of"
                                + " a surrogate pair, or write '?' for each byte of a name that is not UTF-8");
    }

    @Test
    void aPatternLongerThanAnyPathIsRefused() {
        ExcludeRules.parse(List.of("- " + "a".repeat(4095)));

        assertThatThrownBy(() -> ExcludeRules.parse(List.of("ü".repeat(2048))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("exclude pattern must have at most 4095 bytes in UTF-8, but was \"" + "\\u00fc".repeat(80)
                        + "…\" (2048 characters); shorten it, no path is as long as the 4096 bytes that it has");
    }

    @Test
    void theTextNamesThePatternsInOrder() {
        assertThat(ExcludeRules.parse(List.of("+ a", "*.c"))).hasToString("+ a, *.c");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
