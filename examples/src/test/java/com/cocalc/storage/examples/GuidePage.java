package com.cocalc.storage.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page of docs, for tests that compare what it shows with what runs. */
record GuidePage(Path file) {

    static GuidePage of(String name) {
        return new GuidePage(Path.of("../docs", name));
    }

    /** Returns the page's code blocks of a language, in its order. */
    List<String> blocks(String language) throws IOException {
        return find("(?m)^```" + language + "\n(.*?)\n```$", Files.readString(file));
    }

    /** Returns the page's rows of tables, without the blanks around cells. */
    List<List<String>> rows() throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("| "))
                    .map(line -> List.of(line.replaceAll("^\\| | \\|$", "").split(" \\| ", -1)))
                    .toList();
        }
    }

    /** Returns the code of a class here that a page shows: what stands between the markers. */
    static List<String> regions(String className) throws IOException {
        return find("(?m)^ *// guide\n(.*?)^ *// end$", source(className));
    }

    /** Returns the imports of a class here. */
    static String imports(String className) throws IOException {
        return source(className)
                .lines()
                .filter(line -> line.startsWith("import "))
                .collect(Collectors.joining("\n"));
    }

    private static String source(String className) throws IOException {
        return Files.readString(Path.of("src/test/java/com/cocalc/storage/examples", className + ".java"));
    }

    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> found.group(1).stripTrailing().stripIndent())
                .toList();
    }
}
