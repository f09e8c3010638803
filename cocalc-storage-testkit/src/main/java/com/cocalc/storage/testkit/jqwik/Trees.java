package com.cocalc.storage.testkit.jqwik;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws directory trees, as lines of text. Names are written as {@code RwxVolume.tree()} escapes them. */
final class Trees {

    private static final int DEEPEST = 4;
    private static final String LETTERS = "abcdefgh";

    private static final List<String> ODD = List.of(
            "-rf",
            "--",
            "\\x0a",
            "a\\x0ab",
            "\\xff\\xfe",
            "\\xc3",
            "\\x20",
            "a\\x20",
            "\\x5c",
            "a -\\x3e b",
            "...",
            "..a",
            "*",
            "$(HOME)",
            "'",
            "\"",
            "\\x1b[2J",
            "\\x7f",
            "ü",
            "u\u0308",
            "😀",
            ".nfs01",
            ".ssh",
            ".bashrc",
            "n".repeat(255),
            "\\xff".repeat(255));
    private static final List<String> TARGETS = List.of(
            "a",
            ".",
            "..",
            "../..",
            "../../../../../../etc/passwd",
            "/",
            "/etc/passwd",
            "/home/user",
            "/ext",
            "nowhere",
            "a/../../b",
            "-rf",
            "\\xff",
            "\\x0a",
            "t".repeat(4095));
    private static final List<String> DIRECTORY_MODES =
            List.of("0755", "0700", "0777", "1777", "2755", "0000", "0555", "0300", "7777");
    private static final List<String> FILE_MODES =
            List.of("0644", "0600", "0755", "4755", "2755", "0666", "0444", "0000", "0001", "7777");
    private static final List<String> OWNERS =
            List.of("2001:2001", "0:0", "65534:65534", "2002:2001", "4294967294:100");
    private static final List<String> CONTENTS =
            List.of("\"\"", "\"hello\"", "1", "4095", "4096", "4097", "1048577", "\"#!/bin/sh\\n\"");

    private final Draw draw;
    private final List<String> lines = new ArrayList<>();
    /** The mode, owner and path of each file. */
    private final List<String[]> files = new ArrayList<>();

    private Trees(Draw draw) {
        this.draw = draw;
    }

    static DirectoryTree tree(Draw draw) {
        Trees trees = new Trees(draw);
        trees.children("", DEEPEST);
        draw.maybe(32, () -> draw.weighing(64, trees).deep());
        draw.maybe(32, () -> draw.weighing(64, trees).wide());
        return new DirectoryTree(trees.lines);
    }

    private void children(String parent, int deepest) {
        Set<String> names = new HashSet<>(8);
        draw.list(0, 5, () -> {
            String name = name();
            while (!names.add(name)) {
                // In front: behind a blank at the end it would change how that blank is written.
                name = names.size() + (name.length() > 200 ? "n" : name);
            }
            entry(parent + name, name, deepest);
            return name;
        });
    }

    private void entry(String path, String name, int deepest) {
        switch (draw.upTo(deepest == 0 ? 1 : 2)) {
            case 0 -> file(path);
            case 1 -> lines.add("0777 " + owner() + " - " + path + " -> " + target(name));
            default -> {
                lines.add(start(DIRECTORY_MODES) + "- " + path + "/");
                children(path + "/", deepest - 1);
            }
        }
    }

    /** Adds a file, which sometimes is an additional name of an existing one. */
    private void file(String path) {
        if (!files.isEmpty() && draw.oneIn(8)) {
            String[] same = draw.weighing(2, draw.of(files));
            lines.add(same[0] + "= " + path + " -> " + same[1]);
            return;
        }
        String start = start(FILE_MODES);
        lines.add(start + draw.maybe(2, () -> draw.of(CONTENTS), "\"\"") + " " + path);
        files.add(new String[] {start, path});
    }

    /** Adds a deep directory, within the longest path, on which careless recursion fails. */
    private void deep() {
        StringBuilder path = new StringBuilder();
        draw.list(1, 400, () -> {
            path.append(path.isEmpty() ? "deep" : "/d");
            lines.add(draw.weighing(16, "0755 2001:2001 - " + path + "/"));
            return path;
        });
    }

    private void wide() {
        lines.add("0755 2001:2001 - wide/");
        draw.list(1, 400, () -> lines.add(draw.weighing(16, "0644 2001:2001 \"\" wide/" + lines.size())));
    }

    private String start(List<String> modes) {
        return draw.maybe(3, () -> draw.of(modes), modes.get(0)) + " " + owner() + " ";
    }

    private String owner() {
        return draw.maybe(4, () -> draw.of(OWNERS), OWNERS.get(0));
    }

    private String target(String name) {
        if (draw.oneIn(8)) {
            return draw.weighing(2, name); // a link to itself
        }
        return draw.of(TARGETS);
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        draw.list(1, 4, () -> name.append(Names.letter(draw, LETTERS)));
        return draw.maybe(3, () -> draw.weighing(16, draw.of(ODD)), name.toString());
    }
}
