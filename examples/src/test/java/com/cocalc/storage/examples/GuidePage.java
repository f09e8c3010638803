package com.cocalc.storage.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        return regions(source(className));
    }

    /** Returns the imports of a class here. */
    static String imports(String className) throws IOException {
        return String.join("\n", imports(source(className)));
    }

    /** Returns the code of a class here that a page shows, each part below the imports that it needs. */
    static List<String> regionsWithImports(String className) throws IOException {
        return regionsWithImports(source(className));
    }

    /** Returns the code of a source file that a page shows, each part below the imports that it needs. */
    static List<String> regionsWithImports(Path source) throws IOException {
        List<String> imports = imports(source);
        return regions(source).stream()
                .map(region ->
                        imports.stream().filter(line -> isNeeded(line, region)).collect(Collectors.joining("\n"))
                                + "\n\n" + region)
                .toList();
    }

    private static List<String> regions(Path source) throws IOException {
        return find("(?m)^ *// guide\n(.*?)^ *// end$", Files.readString(source));
    }

    private static List<String> imports(Path source) throws IOException {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.filter(line -> line.startsWith("import ")).toList();
        }
    }

    private static boolean isNeeded(String line, String code) {
        String name = line.substring(line.lastIndexOf('.') + 1, line.length() - 1);
        return Pattern.compile("(?<![\\w.])" + name + "\\b").matcher(code).find();
    }

    private static Path source(String className) {
        return Path.of("src/test/java/com/cocalc/storage/examples", className + ".java");
    }

    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> found.group(1).stripTrailing().stripIndent())
                .toList();
    }
}
