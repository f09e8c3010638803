package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CleanedPathTest {

    @ParameterizedTest
    @CsvSource({
        "/home/user,/home/user",
        "/home/user/,/home/user",
        "/home/./user,/home/user",
        "//home//user,/home/user",
        "/home/x/../user,/home/user",
        "/..,/",
        "/,/",
        "'',/",
        "home,/home",
        "/home/...,/home/...",
        "/home/.ssh,/home/.ssh",
        "/home/..user,/home/..user",
        "/home/user/..,/home",
        "/home/user/.,/home/user"
    })
    void aPathInAContainerIsWhereTheRuntimeMounts(String path, String cleaned) {
        assertThat(CleanedPath.absolute(path)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource({"a/b,a/b", "a//b/,a/b", "./a,a", "a/..,''", "'',''", ".,''", "../a,a", "/a,a", "a/...,a/..."})
    void aPathBelowAVolumeStaysBelowIt(String path, String cleaned) {
        assertThat(CleanedPath.relative(path)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource({"/a,/a,true", "/a/b,/a,true", "/ab,/a,false", "/a,/a/b,false", "/a,/,true", "/,/,true", "/b,/a,false"})
    void elementsAreComparedNotCharacters(String path, String directory, boolean isBelow) {
        assertThat(CleanedPath.isAtOrBelow(path, directory)).isEqualTo(isBelow);
    }

    @Test
    void pathsOverlapWhicheverHoldsTheOther() {
        assertThat(CleanedPath.overlap("/a", "/a/b")).isTrue();
        assertThat(CleanedPath.overlap("/a/b", "/a")).isTrue();
        assertThat(CleanedPath.overlap("/a/b", "/a/c")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "..,true",
        "../a,true",
        "a/..,true",
        "a/../b,true",
        "/..,true",
        "a/..b/..,true",
        "'',false",
        "...,false",
        "..a,false",
        "a..,false",
        "a/..b,false",
        "a../b,false",
        "a/.../b,false",
        "a/b,false"
    })
    void aStepUpwardsIsAnElementOfTwoDots(String path, boolean isThere) {
        assertThat(CleanedPath.hasBackstep(path)).isEqualTo(isThere);
    }

    @Test
    void bytesAreCountedNotCharacters() {
        assertThat(CleanedPath.isTooLong("/" + "x".repeat(255))).isFalse();
        assertThat(CleanedPath.isTooLong("/" + "x".repeat(256))).isTrue();
        assertThat(CleanedPath.isTooLong("/" + "\u20ac".repeat(85))).isFalse();
        assertThat(CleanedPath.isTooLong("/" + "\u20ac".repeat(86))).isTrue();
        assertThat(CleanedPath.isTooLong("/x".repeat(2047) + "y")).isFalse();
        assertThat(CleanedPath.isTooLong("/x".repeat(2047) + "yz")).isTrue();
        assertThat(CleanedPath.isTooLong("/\u20ac".repeat(1024))).isTrue();
        assertThat(CleanedPath.isTooLong("\u20ac".repeat(85))).isFalse();
        assertThat(CleanedPath.isTooLong("\u20ac".repeat(86))).isTrue();
        assertThat(CleanedPath.isTooLong("a/b")).isFalse();
    }
}
