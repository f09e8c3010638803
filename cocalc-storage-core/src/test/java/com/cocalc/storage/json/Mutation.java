package com.cocalc.storage.json;

import java.util.List;

/** Breaks a document at places and in ways that numbers choose. */
final class Mutation {

    static final List<String> JSON_PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\\u",
            "\\ud83d",
            "\uD83D",
            "\uDE00",
            "\"a\":",
            "\"a\"",
            "null",
            "true",
            "1",
            "-",
            "1e9",
            ".",
            "01",
            "NaN",
            " ",
            "\n",
            "\r",
            "\0",
            "\uFEFF",
            "/*",
            "#",
            "'",
            "x",
            "{\"a\":{\"a\":",
            "[[[[");

    private Mutation() {}

    static String apply(String text, List<Integer> numbers, List<String> pieces) {
        String broken = text;
        for (int i = 0; i + 2 < numbers.size(); i += 3) {
            int at = Math.floorMod(numbers.get(i), broken.length() + 1);
            int length = Math.min(Math.floorMod(numbers.get(i + 1), 12), broken.length() - at);
            String rest = broken.substring(at + length);
            String cut = broken.substring(at, at + length);
            String piece = pieces.get(Math.floorMod(numbers.get(i + 2), pieces.size()));
            broken = broken.substring(0, at)
                    + switch (Math.floorMod(numbers.get(i + 2), 4)) {
                        case 0 -> piece + cut + rest;
                        case 1 -> rest;
                        case 2 -> cut + cut + rest;
                        default -> piece + rest;
                    };
        }
        return broken;
    }
}
