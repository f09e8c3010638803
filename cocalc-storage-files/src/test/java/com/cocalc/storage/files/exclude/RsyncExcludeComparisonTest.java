package com.cocalc.storage.files.exclude;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.files.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random rules over random trees, answered by rsync as well.
 *
 * <p>Names are bytes; here each byte is one character. They reach the shell and rsync in a script, so the encoding that
 * this JVM uses for its own arguments does not matter.
 */
class RsyncExcludeComparisonTest {

    private static final boolean DEEP = Boolean.getBoolean("cocalc.deep");
    private static final int TREES = DEEP ? 800 : 12;
    private static final int LISTS_PER_TREE = 10;

    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "ab",
            "ba",
            "aab",
            "abc",
            "A",
            "7",
            "a7",
            "*",
            "**",
            "?",
            "[",
            "]",
            "[a]",
            "a]",
            "\\",
            "\\a",
            "a\\",
            "a\\b",
            "!",
            "!a",
            "-",
            "-a",
            "- a",
            "+ a",
            ". a",
            ": a",
            "a b",
            " ",
            "^",
            ":",
            "a\nb",
            "\t",
            "...",
            ".a",
            "\177",
            "\303\274",
            "\377",
            "a\377b",
            "#a",
            ";",
            "a-c",
            "~");

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "c",
            "A",
            "7",
            "/",
            "/",
            "*",
            "*",
            "**",
            "***",
            "?",
            "[ab]",
            "[!a]",
            "[^b]",
            "[a-c]",
            "[]a]",
            "[!]]",
            "[[:alpha:]]",
            "[![:digit:]]",
            "[[:punct:]a]",
            "[[:space:]]",
            "[[:cntrl:]]",
            "[[:upper:]-c]",
            "[[:foo:]]",
            "[[:]",
            "[",
            "]",
            "[a",
            "[\\]]",
            "[\\\\-a]",
            "[a-\\c]",
            "[--0]",
            "[/]",
            "[*]",
            "\\",
            "\\*",
            "\\[",
            "\\?",
            "\\a",
            "!",
            "-",
            " ",
            ":",
            "^",
            "ü",
            "\n",
            ".",
            "//",
            "/***",
            "/**",
            "**/",
            "*/",
            "/*");

    private static final Pattern ESCAPED = Pattern.compile("\\\\#([0-7]{3})");

    @BeforeAll
    static void rsyncIsInstalled() {
        assumeTrue(
                new RunningShell().answersTo("rsync --version"),
                "skipped: rsync is not installed, so nothing can be compared with it");
    }

    @Test
    void everyNameIsLeftOutExactlyWhenRsyncLeavesItOut(@TempDir(factory = InMemory.class) Path directory)
            throws Exception {
        Counts counts = new Counts();
        for (int tree = 0; tree < TREES; tree++) {
            compareOneTree(tree, Files.createDirectory(directory.resolve("tree" + tree)), counts);
        }

        // The comparison means something only while both answers are frequent.
        assertThat(counts.names).isGreaterThan(TREES * LISTS_PER_TREE * 20);
        assertThat(counts.leftOut).isBetween(counts.names / 40, counts.names / 2);
        assertThat(counts.listsThatLeaveOut).isGreaterThan(TREES * LISTS_PER_TREE / 3);
        assertThat(counts.refused).isPositive();
        System.out.println("rsync agreed about " + counts);
    }

    private static void compareOneTree(int seed, Path directory, Counts counts) throws IOException {
        Random random = new Random(seed);
        Map<String, Boolean> tree = tree(random);
        List<List<String>> lists = new ArrayList<>();
        for (int i = 0; i < LISTS_PER_TREE; i++) {
            lists.add(rules(random, tree.keySet()));
        }

        List<String> answers = askRsync(directory, tree, lists);

        for (int i = 0; i < lists.size(); i++) {
            String asked = "tree of seed " + seed + ", rules " + shown(lists.get(i));
            assertThat(answer(tree, lists.get(i), counts)).as(asked).isEqualTo(answers.get(i));
        }
    }

    /** The paths of a tree, each with whether it is a directory, parents before children. */
    private static Map<String, Boolean> tree(Random random) {
        Map<String, Boolean> tree = new TreeMap<>();
        List<String> directories = new ArrayList<>(List.of(""));
        while (tree.size() < 80) {
            String parent = directories.get(random.nextInt(directories.size()));
            String path = parent + NAMES.get(random.nextInt(NAMES.size()));
            boolean isDirectory = random.nextInt(3) == 0;
            if (tree.putIfAbsent(path, isDirectory) == null && isDirectory) {
                directories.add(path + "/");
            }
        }
        return tree;
    }

    private static List<String> rules(Random random, Collection<String> paths) {
        List<String> rules = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String prefix = List.of("", "", "", "", "- ", "+ ").get(random.nextInt(6));
            rules.add(prefix + (random.nextInt(40) == 0 ? oneOf(random, List.of("!", "")) : pattern(random, paths)));
        }
        return rules;
    }

    private static String pattern(Random random, Collection<String> paths) {
        StringBuilder pattern = new StringBuilder();
        if (random.nextBoolean()) {
            pattern.append(
                    new String(oneOf(random, List.copyOf(paths)).getBytes(ISO_8859_1), UTF_8).replace("\ufffd", "?"));
            if (random.nextInt(3) > 0) {
                pattern.delete(0, pattern.lastIndexOf("/") + 1);
            }
            for (int changes = random.nextInt(3); changes > 0 && pattern.length() > 0; changes--) {
                int at = random.nextInt(pattern.length());
                pattern.replace(at, at + random.nextInt(2), oneOf(random, PIECES));
            }
            if (random.nextInt(4) == 0) {
                pattern.insert(0, oneOf(random, List.of("/", "**", "**/", "*/", "*")));
            }
            if (random.nextInt(4) == 0) {
                pattern.append(oneOf(random, List.of("/", "*", "**", "/***", "/**", "***", "\\")));
            }
        } else {
            for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
                pattern.append(oneOf(random, PIECES));
            }
        }
        return pattern.toString();
    }

    private static String oneOf(Random random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** What is copied, a line for each path, or the word refused. */
    private static String answer(Map<String, Boolean> tree, List<String> list, Counts counts) {
        ExcludeRules rules;
        try {
            rules = ExcludeRules.parse(list);
        } catch (InvalidValueException e) {
            counts.refused++;
            return "refused";
        }
        Set<String> kept = new TreeSet<>();
        for (Map.Entry<String, Boolean> entry : tree.entrySet()) {
            String path = entry.getKey();
            int slash = path.lastIndexOf('/');
            if (slash >= 0 && !kept.contains(path.substring(0, slash) + "/")) {
                continue;
            }
            counts.names++;
            if (rules.excludes(path.getBytes(ISO_8859_1), entry.getValue())) {
                counts.leftOut++;
            } else {
                kept.add(entry.getValue() ? path + "/" : path);
            }
        }
        counts.listsThatLeaveOut += kept.size() < tree.size() ? 1 : 0;
        return shown(kept);
    }

    /** One shell makes the tree and asks rsync once for each list. */
    private static List<String> askRsync(Path directory, Map<String, Boolean> tree, List<List<String>> lists)
            throws IOException {
        StringBuilder script = new StringBuilder("set -e\nmkdir target source\ncd source\n");
        tree.forEach((path, isDirectory) -> script.append(isDirectory ? "mkdir " : ": >")
                .append(quoted("./" + path))
                .append('\n'));
        script.append("cd ..\n");
        for (List<String> list : lists) {
            script.append("if rsync -rn --out-format=%n");
            for (String rule : list) {
                script.append(" --exclude=").append(quoted(new String(rule.getBytes(UTF_8), ISO_8859_1)));
            }
            script.append(
                            " source/ target/ 2>err; then :; else test $? = 1; grep -q 'unexpected end of filter rule' err;")
                    .append(" printf 'refused\\n'; fi; printf '\\0'\n");
        }
        String output = new RunningShell().run(directory, script.toString());
        List<String> answers = new ArrayList<>();
        for (String answer : output.substring(0, output.length() - 1).split("\0", -1)) {
            answers.add(answer.equals("refused\n") ? "refused" : shown(pathsIn(answer)));
        }
        return answers;
    }

    private static Set<String> pathsIn(String output) {
        Set<String> paths = new TreeSet<>();
        for (String line : output.split("\n", -1)) {
            if (!line.equals("./") && !line.isEmpty()) {
                paths.add(ESCAPED.matcher(line)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8)))));
            }
        }
        return paths;
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String shown(Collection<String> texts) {
        return texts.toString().replace("\n", "\\n");
    }

    private static final class Counts {

        private int names;
        private int leftOut;
        private int listsThatLeaveOut;
        private int refused;

        @Override
        public String toString() {
            return TREES * LISTS_PER_TREE + " lists of rules over " + TREES + " trees: " + names + " names, " + leftOut
                    + " of them left out, by " + listsThatLeaveOut + " lists; " + refused + " lists refused";
        }
    }
}
