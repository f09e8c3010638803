package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.ClaimPart;
import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.WholeClaim;
import java.util.Collections;
import java.util.List;

/** Paths on claims and in containers. */
final class Paths {

    /** Letters that cannot spell a directory of the system: etc, dev, sys, proc. */
    private static final String LETTERS = "abfghijklmnoqruvwxz0189_";

    /** Legal names with which careless programs fail. */
    private static final List<String> ODD = List.of(
            "...",
            "..a",
            "-rf",
            " ",
            "a b",
            "*",
            "~",
            "$(HOME)",
            "`id`",
            "'",
            "\"",
            "#",
            "%2e%2e",
            "ü",
            "u\u0308",
            "😀",
            "\u202e",
            "\u00a0",
            ".nfs01",
            ".snapshot");

    /** Names of 255 bytes, the largest length, with characters of one byte and of four bytes. */
    private static final List<String> LONG = List.of("n".repeat(255), "😀".repeat(63) + "ü" + "n");

    private Paths() {}

    static SubPath subPath(Draw draw) {
        String path = relative(draw, 5);
        return SubPath.parse(draw.maybe(64, () -> longest(draw), path));
    }

    /** Draws a path of sixteen names of 255 bytes, which is 4,095 bytes, the largest length. */
    private static String longest(Draw draw) {
        int names = draw.between(1, 16);
        return draw.weighing(512 * names, String.join("/", Collections.nCopies(names, LONG.get(0))));
    }

    /** Draws a sub-path that leaves space for another one around it. */
    static SubPath shortSubPath(Draw draw) {
        return SubPath.parse(relative(draw, 3));
    }

    private static String relative(Draw draw, int most) {
        StringBuilder path = new StringBuilder();
        draw.list(1, most, () -> {
            path.append(path.isEmpty() ? "" : "/");
            appendElement(draw, path);
            return path;
        });
        return path.toString();
    }

    private static void appendElement(Draw draw, StringBuilder path) {
        int start = path.length();
        draw.list(1, 6, () -> path.append(Names.letter(draw, LETTERS)));
        draw.maybe(3, () -> {
            path.setLength(start);
            path.append(draw.oneIn(16) ? draw.weighing(510, draw.of(LONG)) : draw.weighing(16, draw.of(ODD)));
        });
    }

    static String element(Draw draw) {
        StringBuilder element = new StringBuilder();
        appendElement(draw, element);
        return element.toString();
    }

    static MountPath mountPath(Draw draw) {
        return MountPath.parse(absolute(draw));
    }

    private static String absolute(Draw draw) {
        return "/" + relative(draw, 4);
    }

    static ContainerPath containerPath(Draw draw) {
        String path = absolute(draw);
        return ContainerPath.parse(draw.maybe(8, () -> draw.weighing(8, path + "/a:b"), path));
    }

    static ClaimPart claimPart(Draw draw) {
        return draw.oneIn(4) ? WholeClaim.WHOLE_CLAIM : subPath(draw);
    }

    static PathSchema schema(Draw draw) {
        return schema(draw, 0);
    }

    /** Draws a schema with at least this many elements before the placeholder. */
    static PathSchema schema(Draw draw, int atLeast) {
        StringBuilder text = new StringBuilder();
        draw.list(atLeast, 3, () -> {
            appendElement(draw, text);
            return text.append('/');
        });
        text.append(PathSchema.PLACEHOLDER);
        draw.list(0, 2, () -> {
            text.append('/');
            appendElement(draw, text);
            return text;
        });
        return PathSchema.parse(text.toString());
    }
}
