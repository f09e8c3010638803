package com.cocalc.storage.rwx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules of {@code posix-semantics.md} as text: each is a script with the answers that are expected, and can be run on
 * the fake and on a real kernel.
 *
 * <pre>
 * == the name of the rule
 * dir p 0755 U                      what root makes first: dir, file, sparse, symlink, hard, chain, time
 * U create p/x 0666 -> EACCES       who does what, and the answer; without one it must work
 * </pre>
 *
 * Who: {@code U} is 2001:2001, {@code G} 2002:2002 and in group 2001, {@code R} root, {@code S} squashed root; followed
 * by {@code @p} on the sub-path p, {@code :ro} read-only, {@code %002} with that umask. In words, {@code ''} is the
 * empty text, {@code (n){256}} repeats. {@code mode}, {@code owner}, {@code kind}, names, {@code size} and
 * {@code times} ask lstat for one thing. {@code cross a b U@q} renames to another mount.
 */
record RuleScript(String name, Map<String, Object> script, List<Step> steps) {
    private static final Pattern REPEATED = Pattern.compile("\\((.+?)\\)\\{([0-9]+)}");
    private static final Map<String, long[]> USERS =
            Map.of("U", new long[] {2001, 2001}, "G", new long[] {2002, 2002}, "R", new long[] {0, 0});

    /** What one operation asks, how to see its answer, and what it must be. */
    record Step(String line, String asked, String expected) {}

    static List<RuleScript> parse(String table) {
        List<RuleScript> rules = new ArrayList<>();
        String[] parts = table.split("(?m)^== ", -1);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            List<String> lines = part.lines().toList();
            rules.add(new Parser().parse(lines.get(0), lines.subList(1, lines.size())));
        }
        return rules;
    }

    /** What differs from the expectation in an answer of the fake or of the kernel; empty if nothing does. */
    List<String> violations(String answer) {
        Map<?, ?> map = (Map<?, ?>) Json.parse(answer);
        if (map.containsKey("error") || map.containsKey("setupErrors")) {
            return List.of("the script itself: " + answer);
        }
        List<?> results = (List<?>) map.get("results");
        List<String> violations = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String given = shown(step.asked, (Map<?, ?>) results.get(i));
            if (!given.equals(step.expected)) {
                violations.add(step.line + " must answer " + step.expected + ", but answered " + given);
            }
        }
        return violations;
    }

    private static String shown(String asked, Map<?, ?> result) {
        if (result.containsKey("errno")) {
            return (String) result.get("errno");
        }
        Object value = result.get("value");
        if (!(value instanceof Map<?, ?> map)) {
            return value == null ? "ok" : value instanceof List<?> list ? list.toString() : "'" + value + "'";
        }
        return switch (asked) {
            case "mode", "hmode" -> "0" + Long.toOctalString(((Number) map.get("mode")).longValue());
            case "owner" -> map.get("uid") + ":" + map.get("gid");
            case "kind" -> String.valueOf(map.get("type"));
            case "names", "hnames" -> String.valueOf(map.get("nlink"));
            case "size", "hsize" -> String.valueOf(map.get("size"));
            case "times" -> isOld(map, "atimeNs") + isOld(map, "mtimeNs");
            case "read", "hread" -> "'" + (map.containsKey("content") ? map.get("content") : map) + "'";
            default -> "ok";
        };
    }

    /** The first letter of a time that is no longer what {@code time} made it. */
    private static String isOld(Map<?, ?> attributes, String name) {
        return String.valueOf(attributes.get(name)).equals("5000000000") ? "-" : name.substring(0, 1);
    }

    private static final class Parser {
        private final List<Map<String, Object>> setup = new ArrayList<>();
        private final Map<String, Map<String, Object>> mounts = new LinkedHashMap<>();
        private final List<Map<String, Object>> ops = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();

        RuleScript parse(String name, List<String> lines) {
            for (String line : lines) {
                String code = line.strip();
                if (!code.isEmpty() && !code.startsWith("#")) {
                    parse(code);
                }
            }
            Map<String, Object> script = new LinkedHashMap<>();
            script.put("id", name);
            script.put("volume", Map.of("mode", 0777));
            script.put("mounts", List.copyOf(mounts.values()));
            script.put("setup", setup);
            script.put("ops", ops);
            return new RuleScript(name, script, steps);
        }

        private void parse(String line) {
            int arrow = line.lastIndexOf(" -> ");
            String expected = arrow < 0 ? "ok" : line.substring(arrow + 4).strip();
            List<String> words = new ArrayList<>();
            for (String word : (arrow < 0 ? line : line.substring(0, arrow)).split("\\s+", -1)) {
                words.add(word(word));
            }
            if (Character.isUpperCase(line.charAt(0))) {
                Map<String, Object> op = new LinkedHashMap<>();
                op.put("mount", mount(words.get(0)));
                RuleOperation.fill(op, words.subList(1, words.size()), this::mount);
                ops.add(op);
                steps.add(new Step(line, words.get(1), expected));
            } else {
                setUp(words);
            }
        }

        private static String word(String word) {
            Matcher repeated = REPEATED.matcher(word);
            String expanded = repeated.replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
            return expanded.equals("''") ? "" : expanded;
        }

        private String mount(String who) {
            mounts.computeIfAbsent(who, this::newMount);
            return who;
        }

        private Map<String, Object> newMount(String who) {
            Map<String, Object> mount = new LinkedHashMap<>();
            mount.put("name", who);
            long[] ids = USERS.getOrDefault(who.substring(0, 1), new long[] {0, 0});
            mount.put("uid", ids[0]);
            mount.put("gid", ids[1]);
            if (who.startsWith("G")) {
                mount.put("groups", List.of(2001));
            }
            mount.put("rootSquash", who.startsWith("S"));
            mount.put("readOnly", who.endsWith(":ro"));
            String plain = who.replace(":ro", "");
            if (plain.contains("%")) {
                mount.put("umask", Integer.parseInt(plain.substring(plain.indexOf('%') + 1), 8));
            }
            if (plain.contains("@")) {
                mount.put("subPath", plain.substring(plain.indexOf('@') + 1));
            }
            return mount;
        }

        private void setUp(List<String> words) {
            String path = words.get(1);
            switch (words.get(0)) {
                case "dir" -> {
                    setup.add(op("mkdir", "path", path));
                    own(path, words);
                }
                case "file" -> {
                    setup.add(op("create", "path", path, "content", words.size() > 4 ? words.get(4) : "hello"));
                    own(path, words);
                }
                case "sparse" -> {
                    setup.add(op("create", "path", path));
                    setup.add(op("truncate", "path", path, "size", Long.parseLong(words.get(4))));
                    own(path, words);
                }
                case "symlink" -> {
                    setup.add(op("symlink", "path", path, "target", words.get(2)));
                    setup.add(op("chown", "path", path, "uid", 2001, "gid", 2001, "nofollow", true));
                }
                case "hard" -> setup.add(op("link", "path", words.get(2), "to", path));
                case "chain" -> {
                    for (int i = 1; i <= Integer.parseInt(words.get(2)); i++) {
                        setup.add(op("symlink", "path", path + i, "target", i == 1 ? "." : path + (i - 1)));
                    }
                }
                case "time" ->
                    setup.add(op("utimes", "path", path, "atimeNs", 5_000_000_000L, "mtimeNs", 5_000_000_000L));
                default -> throw new IllegalArgumentException("unknown preparation " + words);
            }
        }

        private void own(String path, List<String> words) {
            String owner = words.get(3);
            long[] ids = USERS.containsKey(owner)
                    ? USERS.get(owner)
                    : Arrays.stream(owner.split(":", -1))
                            .mapToLong(Long::parseLong)
                            .toArray();
            setup.add(op("chown", "path", path, "uid", ids[0], "gid", ids[1]));
            setup.add(op("chmod", "path", path, "mode", Integer.parseInt(words.get(2), 8)));
        }

        private static Map<String, Object> op(String name, Object... fields) {
            Map<String, Object> op = new LinkedHashMap<>();
            op.put("op", name);
            RuleOperation.put(op, fields);
            return op;
        }
    }
}
