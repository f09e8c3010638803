package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;

/** JSON as an untyped column may contain it. */
final class Json {

    private static final int DEEPEST = 4;
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-0",
            "1.0",
            "0.1",
            "-1",
            "1e400",
            "-1.5E-3",
            "9007199254740993",
            "12345678901234567890123",
            "1E+2147483648");
    private static final List<String> TEXTS = List.of(
            "", "a", "true", "null", "1", "\"", "\\", "\n", "\u0000", "\u007f", "\u2028", "ü", "😀", "</script>");

    private Json() {}

    static JsonValue value(Draw draw) {
        return value(draw, DEEPEST);
    }

    private static JsonValue value(Draw draw, int deepest) {
        boolean nests = draw.oneIn(5);
        if (nests && deepest > 0) {
            return draw.oneIn(2) ? array(draw, deepest - 1) : object(draw, deepest - 1);
        }
        return leaf(draw);
    }

    /** Values other than objects and arrays. */
    static JsonValue leaf(Draw draw) {
        return switch (draw.upTo(3)) {
            case 0 -> JsonNull.NULL;
            case 1 -> bool(draw);
            case 2 -> number(draw);
            default -> text(draw);
        };
    }

    static JsonBoolean bool(Draw draw) {
        return draw.of(JsonBoolean.FALSE, JsonBoolean.TRUE);
    }

    static JsonNumber number(Draw draw) {
        return new JsonNumber(draw.oneIn(4) ? String.valueOf(draw.between(0, 1_000_000)) : draw.of(NUMBERS));
    }

    static JsonString text(Draw draw) {
        StringBuilder text = new StringBuilder(draw.of(TEXTS));
        draw.maybe(3, () -> draw.list(1, 6, () -> text.append(Names.letter(draw, Names.LETTERS_AND_DIGITS))));
        return new JsonString(text.toString());
    }

    static JsonArray array(Draw draw) {
        return array(draw, DEEPEST - 1);
    }

    private static JsonArray array(Draw draw, int deepest) {
        return new JsonArray(draw.list(0, 4, () -> member(draw, deepest)).stream()
                .map(Member::value)
                .toList());
    }

    static JsonObject object(Draw draw) {
        return object(draw, DEEPEST - 1);
    }

    private static JsonObject object(Draw draw, int deepest) {
        return new JsonObject(oncePerName(draw.list(0, 4, () -> member(draw, deepest))));
    }

    static Member member(Draw draw) {
        return member(draw, 2);
    }

    /**
     * Draws a member. Elements of arrays are drawn in the same way, with the name after the value, so that any of them
     * can replace what contains it.
     */
    private static Member member(Draw draw, int deepest) {
        JsonValue value = value(draw, deepest);
        return new Member(draw.of(TEXTS), value);
    }

    /** Returns the members without those whose names occurred before. */
    static List<Member> oncePerName(List<Member> members) {
        List<Member> once = new ArrayList<>(members.size());
        for (Member member : members) {
            boolean isNew = true;
            for (Member before : once) {
                isNew &= !before.name().equals(member.name());
            }
            if (isNew) {
                once.add(member);
            }
        }
        return once;
    }
}
