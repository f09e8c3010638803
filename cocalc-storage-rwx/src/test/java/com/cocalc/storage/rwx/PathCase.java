package com.cocalc.storage.rwx;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.PatternSyntaxException;

/**
 * Random computations on paths and patterns that lean on the edges, and what came of them as text. Uses the JDK alone,
 * because a JVM with another locale must be able to run it. The same seed gives the same case.
 */
final class PathCase {
    private static final String[] ELEMENTS = {
        "a",
        "b",
        "ab",
        ".",
        "..",
        "...",
        ".a",
        "..b",
        "a.b",
        " ",
        "\u00e9",
        "\ud83d\ude00",
        "%",
        "%41",
        "?",
        "#",
        "\\",
        "*",
        "~",
        "a\nb",
        "\u007f",
        "\u0001",
        "+",
        ":",
        ";",
        "&",
        "{",
        "]",
        "\"",
        "<",
        "\u00df",
        "\uffff",
        "\u0080"
    };
    private static final String[] ROTTEN = {"\0", "a\0", "\ud800", "\udc00a", "\udc80", "x\ud83d"};
    private static final String[] WHOLE = {
        "", "/", "//", "///", ".", "..", "/..", "/.", "./", "../", "/../..", "//a", "a//", "a//b", "../..", "./.",
        "a/.."
    };
    private static final String[] PATTERN_PARTS = {
        "*",
        "**",
        "***",
        "?",
        "[",
        "]",
        "[a",
        "[a]",
        "[!a]",
        "[^a]",
        "[a-b]",
        "[b-a]",
        "[-a]",
        "[!-a]",
        "[a-]",
        "[--a]",
        "[a-c-e]",
        "[]",
        "[!]",
        "[^]",
        "[[]",
        "[\\]",
        "[&&]",
        "[a&&b]",
        "[a&b]",
        "[/]",
        "[a-/]",
        "[.-0]",
        "[a-\\]",
        "[^-a]",
        "[!^a]",
        "[a-",
        "[a-b",
        "[!",
        "[^",
        "[-",
        "[|]",
        "[$^.]",
        "[a-&&]",
        "{",
        "}",
        "{}",
        "{a}",
        "{a,b}",
        "{a,",
        ",b}",
        "{,}",
        "{a,,b}",
        "{*,?}",
        "{{",
        "}}",
        ",",
        "\\",
        "\\*",
        "\\?",
        "\\{",
        "\\}",
        "\\[",
        "\\]",
        "\\\\",
        "\\a",
        "\\,",
        "\\/",
        "\\-",
        "\\n",
        "/",
        "//",
        "a",
        "b",
        "ab",
        ".",
        "..",
        "-",
        "!",
        "^",
        "$",
        "+",
        "(",
        ")",
        "|",
        "&",
        "&&",
        " ",
        "\u00e9",
        "\ud83d\ude00",
        "\n",
        "\ud800",
        "#",
        "@",
        "<",
        "\\Q",
        "\\E",
        "\0",
        "\\\0",
        "[\0]",
        "\\d",
        "\\w"
    };
    private static final String[] SYNTAXES = {
        "glob:", "glob:", "glob:", "glob:", "glob:", "GLOB:", "regex:", "regex:", "RegEx:", "glob", ":", "", "zfs:",
        "glob :"
    };

    private final FileSystem files;
    private final SplittableRandom random;
    private final List<String> outcomes = new ArrayList<>();

    private PathCase(FileSystem files, long seed) {
        this.files = files;
        this.random = new SplittableRandom(seed);
    }

    /** All that one case gives, in one line. */
    static String outcome(FileSystem files, long seed) {
        PathCase one = new PathCase(files, seed);
        if (seed % 2 == 0) {
            one.algebra();
        } else {
            one.pattern();
        }
        return visible(String.join(" | ", one.outcomes));
    }

    private interface Query {
        Object ask();
    }

    private void add(String name, Query query) {
        outcomes.add(name + " " + answer(query));
    }

    private static String answer(Query query) {
        try {
            return "gave " + query.ask();
        } catch (InvalidPathException e) {
            return "threw " + e.getClass().getName() + " input '" + e.getInput() + "' reason '" + e.getReason()
                    + "' at " + e.getIndex() + " message '" + e.getMessage() + "'";
        } catch (PatternSyntaxException e) {
            return "threw " + e.getClass().getName() + " pattern '" + e.getPattern() + "' says '" + e.getDescription()
                    + "' at " + e.getIndex() + " message '" + e.getMessage() + "'";
        } catch (NullPointerException e) {
            // Its text names variables of whoever threw it.
            return "threw " + e.getClass().getName();
        } catch (RuntimeException e) {
            return "threw " + e.getClass().getName() + " message '" + e.getMessage() + "'";
        }
    }

    private void algebra() {
        String first = text();
        String second = random.nextInt(4) == 0 ? related(first) : text();
        String third = random.nextInt(8) == 0 ? null : text();
        int from = random.nextInt(6) - 1;
        int to = random.nextInt(7) - 1;
        outcomes.add("of '" + first + "', '" + second + "', '" + third + "', " + from + ", " + to);
        add("text", () -> files.getPath(first));
        add("joined", () -> files.getPath(first, second, third));
        add("joined two", () -> files.getPath(first, second));
        Path path = pathOrNull(first);
        Path other = pathOrNull(second);
        if (path == null) {
            return;
        }
        add("absolute", path::isAbsolute);
        add("root", path::getRoot);
        add("name", path::getFileName);
        add("parent", path::getParent);
        add("count", path::getNameCount);
        add("elements", () -> {
            List<String> elements = new ArrayList<>();
            path.forEach(element -> elements.add("<" + element + ">"));
            return elements;
        });
        add("normal", path::normalize);
        add("from the root", path::toAbsolutePath);
        add("hash", path::hashCode);
        add("name " + from, () -> path.getName(from));
        add("sub-path", () -> path.subpath(from, to));
        add("uri", () -> address(path));
        add("way back", () -> Path.of(path.toUri()));
        add("resolve text", () -> path.resolve(second));
        add("sibling text", () -> path.resolveSibling(second));
        add("starts with text", () -> path.startsWith(second));
        add("ends with text", () -> path.endsWith(second));
        add("starts with null", () -> path.startsWith((Path) null));
        add("equals text", () -> path.equals((Object) first));
        if (other != null) {
            two(path, other);
        }
    }

    private void two(Path path, Path other) {
        add("resolve", () -> path.resolve(other));
        add("sibling", () -> path.resolveSibling(other));
        add("relativize", () -> path.relativize(other));
        add("relativize back", () -> other.relativize(path));
        add("relativize normal", () -> path.normalize().relativize(other.normalize()));
        add("there and back", () -> path.resolve(path.relativize(other)).normalize());
        add("starts with", () -> path.startsWith(other));
        add("ends with", () -> path.endsWith(other));
        add("resolved starts with", () -> path.resolve(other).startsWith(path));
        add("resolved ends with", () -> path.resolve(other).endsWith(other));
        add("order", () -> path.compareTo(other));
        add("reverse order", () -> other.compareTo(path));
        add("equal", () -> path.equals(other));
        add("normal equal", () -> path.normalize().equals(other.normalize()));
        add("normal hash", () -> path.resolve(other).normalize().hashCode());
    }

    /** Without what differs by design: the scheme and the name of the file system. */
    private static String address(Path path) {
        String uri = path.toUri().toString();
        return uri.replaceFirst("^(file://|rwx://[^/]*)", "");
    }

    private void pattern() {
        String syntax = oneOf(SYNTAXES);
        StringBuilder pattern = new StringBuilder();
        int parts = random.nextInt(5);
        for (int i = 0; i < parts; i++) {
            pattern.append(oneOf(PATTERN_PARTS));
        }
        String input = syntax + pattern;
        outcomes.add("of '" + input + "'");
        PathMatcher matcher;
        try {
            matcher = files.getPathMatcher(input);
        } catch (RuntimeException e) {
            add("matcher", () -> files.getPathMatcher(input));
            return;
        }
        List<String> subjects = new ArrayList<>(List.of("", "/", "a", "b", "ab", "a/b", ".a", "{", "]", "a\n"));
        for (int i = 0; i < 12; i++) {
            subjects.add(
                    random.nextInt(3) == 0
                            ? text()
                            : pattern.toString()
                                    .replaceAll(
                                            "[*?{}]",
                                            oneOf(ELEMENTS).replace("\\", "").replace("$", "")));
        }
        for (String subject : subjects) {
            add("'" + subject + "'", () -> matcher.matches(files.getPath(subject)));
        }
        add("null", () -> matcher.matches(null));
    }

    private Path pathOrNull(String text) {
        try {
            return files.getPath(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private String text() {
        if (random.nextInt(5) == 0) {
            return oneOf(WHOLE);
        }
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? oneOf("/", "//", "/./") : "");
        int elements = 1 + random.nextInt(5);
        for (int i = 0; i < elements; i++) {
            text.append(i == 0 ? "" : random.nextInt(6) == 0 ? oneOf("//", "///", "/./") : "/");
            text.append(
                    random.nextInt(60) == 0
                            ? oneOf(ROTTEN)
                            : random.nextInt(2) == 0 ? oneOf("a", "b", "..", ".") : oneOf(ELEMENTS));
        }
        return text + (random.nextInt(6) == 0 ? oneOf("/", "//", "/.", "/..") : "");
    }

    /** What begins or ends as another text does. */
    private String related(String text) {
        int cut = random.nextInt(text.length() + 1);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, cut);
            case 1 -> text.substring(cut);
            case 2 -> text + "/" + text();
            default -> text;
        };
    }

    private String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }

    /** ASCII on one line: the text may hold anything, and the other JVM prints it. */
    private static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shown.append(c < ' ' || c > '~' ? String.format("<%x>", (int) c) : c);
        }
        return shown.toString();
    }

    /**
     * Prints the outcomes on the real disk.
     *
     * @param arguments the first seed, and how many
     */
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        StringBuilder lines = new StringBuilder();
        for (long seed = first; seed < first + count; seed++) {
            lines.append(outcome(FileSystems.getDefault(), seed)).append('\n');
        }
        System.out.print(lines);
        System.out.flush();
    }
}
