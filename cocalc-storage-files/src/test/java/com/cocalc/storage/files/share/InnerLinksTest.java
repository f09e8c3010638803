package com.cocalc.storage.files.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InnerLinksTest {

    @ParameterizedTest(name = "{0} at depth {1}: {2}")
    @CsvSource({
        "a,           0, true",
        "./a//b/.,    0, true",
        "../a,        1, true",
        "..,          1, true",
        "./../a,      1, true",
        "../../a/b,   2, true",
        "..a,         0, true",
        "...,         0, true",
        "'',          0, false",
        "/a,          9, false",
        "..,          0, false",
        "../a,        0, false",
        "../../a,     1, false",
        "a/..,        5, false",
        "a/../b,      5, false",
        "../a/../b,   5, false",
        "../a/./..,   5, false",
    })
    void onlyALinkThatGoesUpFirstAndNotTooFarStaysInside(String text, int depth, boolean inside) {
        assertThat(InnerLinks.staysInside(text.getBytes(UTF_8), depth)).isEqualTo(inside);
    }
}
