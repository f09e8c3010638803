package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.PathSchema;
import java.util.List;

/** Texts that parsers must refuse: each is a valid text with one fault. */
final class RefusedTexts {

    private static final List<String> CONTROLS = List.of("\n", "\u0000", "\r", "\t", "\u001b[2J", "\u007f", "\u0085");
    private static final List<String> HALVES = List.of("\ud83d", "\ude00", "\ude00\ud83d");
    private static final List<String> TRAVERSALS = List.of("..", ".", "");

    private RefusedTexts() {}

    static String uuid(Draw draw) {
        String good = Names.uuid(draw).toString();
        return switch (draw.upTo(5)) {
            case 0 -> "";
            case 1 -> replaced(draw, good, "\u0430", "\u0435", "\u0663", "\uff11", "\u2010", "\uff0d");
            case 2 -> inserted(draw, good, "0", "00", "0".repeat(100_000));
            case 3 -> inserted(draw, good, CONTROLS);
            case 4 -> inserted(draw, good, HALVES);
            default ->
                draw.of(
                        "1-1-1-1-1",
                        good.replace("-", ""),
                        "{" + good + "}",
                        " " + good,
                        good + " ",
                        "urn:uuid:" + good,
                        good.substring(1),
                        good.substring(0, 35) + "g",
                        good.substring(0, 35) + "-",
                        good.replace('-', '_'));
        };
    }

    static String subdomain(Draw draw) {
        String good = Names.subdomain(draw);
        return switch (draw.upTo(5)) {
            case 0 -> "";
            case 1 -> lookAlike(draw, good);
            case 2 -> draw.of("a".repeat(254), "a.".repeat(126) + "aa", "a".repeat(65536));
            case 3 -> inserted(draw, good, CONTROLS);
            case 4 -> draw.of("../" + good, good + "/..", ".", "..", "/" + good);
            default ->
                draw.of(
                        "-" + good,
                        good + "-",
                        "." + good,
                        good + ".",
                        good + "..a",
                        "A" + good,
                        good + "_a",
                        good + " ",
                        good + ".-a");
        };
    }

    private static String lookAlike(Draw draw, String good) {
        return inserted(draw, good, "\u0430", "\u0131", "\uff41", "\u0660", "\u2010", "\u3002");
    }

    static String subPath(Draw draw) {
        String good = Paths.shortSubPath(draw).toString();
        return draw.oneIn(8) ? inserted(draw, good, "\\", "\\..\\") : draw.oneIn(8) ? "" : path(draw, good, "");
    }

    static String mountPath(Draw draw) {
        String good = Paths.mountPath(draw).value();
        return draw.oneIn(4)
                ? draw.of("/", good + ":", "/proc", "/sys/x", "/dev/shm", "/etc", good.substring(1), "C:\\x")
                : draw.oneIn(8) ? "" : path(draw, good.substring(1), "/");
    }

    static String containerPath(Draw draw) {
        String good = Paths.mountPath(draw).value();
        return draw.oneIn(8)
                ? draw.of("/", good.substring(1), "~" + good)
                : draw.oneIn(8) ? "" : path(draw, good.substring(1), "/");
    }

    static String schema(Draw draw) {
        String good = Paths.schema(draw).toString();
        String prefix = Paths.element(draw);
        return switch (draw.upTo(3)) {
            case 0 ->
                draw.of(
                        prefix,
                        "",
                        prefix + "/[project-id]",
                        good + "/" + PathSchema.PLACEHOLDER,
                        prefix + PathSchema.PLACEHOLDER,
                        PathSchema.PLACEHOLDER + ".d",
                        good + "/[user]",
                        "/" + good,
                        good + "\\x");
            case 1 -> prefix + "/" + draw.of("\uff3bproject_id\uff3d", "[pr\u043eject_id]", "[project\uff3fid]");
            default -> path(draw, good, "");
        };
    }

    /** Draws a relative path of clean elements with one fault, after a prefix. */
    private static String path(Draw draw, String good, String start) {
        return switch (draw.upTo(3)) {
            case 0 ->
                start
                        + switch (draw.upTo(3)) {
                            case 0 -> draw.of("..", ".") + "/" + good;
                            case 1 -> good + "/" + draw.of(TRAVERSALS);
                            case 2 -> good + "/" + draw.of(TRAVERSALS) + "/" + good;
                            default -> "/" + good;
                        };
            case 1 ->
                start
                        + good
                        + draw.of(
                                "/" + "n".repeat(256),
                                "/" + "\u00fc".repeat(128),
                                ("/" + "n".repeat(255)).repeat(16) + "/" + "n".repeat(70_000));
            case 2 -> start + inserted(draw, good, CONTROLS);
            default -> start + good + draw.of(HALVES);
        };
    }

    static String size(Draw draw) {
        return switch (draw.upTo(4)) {
            case 0 -> "";
            case 1 -> draw.of("\u0661\u0660Gi", "\uff11Gi", "1G\u0456", "1\u212ai");
            case 2 -> "1".repeat(draw.of(65, 66, 100_000));
            case 3 -> inserted(draw, "10Gi", CONTROLS);
            default ->
                draw.of(
                        "0",
                        "-1",
                        "+1",
                        "1m",
                        "1GB",
                        "1gi",
                        "1 Gi",
                        "1K",
                        "0.0001k",
                        "1e-1",
                        "1e1000",
                        "NaN",
                        "Infinity",
                        "0x10",
                        "1,5Gi",
                        ".",
                        "Gi",
                        "0Gi",
                        "1n",
                        "1_000");
        };
    }

    private static String replaced(Draw draw, String good, String... with) {
        int at = draw.upTo(good.length() - 1);
        return good.substring(0, at) + draw.of(with) + good.substring(at + 1);
    }

    private static String inserted(Draw draw, String good, String... what) {
        return inserted(draw, good, List.of(what));
    }

    private static String inserted(Draw draw, String good, List<String> what) {
        int at = draw.upTo(good.length());
        return good.substring(0, at) + draw.of(what) + good.substring(at);
    }
}
