package com.cocalc.storage;

import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Valid values through the public factories, leaning on the edges, and bad ones apart. */
final class Values {

    private Values() {}

    static Arbitrary<UUID> uuids() {
        Arbitrary<Long> halves = Arbitraries.oneOf(
                Arbitraries.longs(), Arbitraries.of(0L, -1L, 1L, Long.MIN_VALUE, Long.MAX_VALUE, 0x1111111111111111L));
        return Combinators.combine(halves, halves).as(UUID::new);
    }

    /** One character of a canonical id is lost, doubled or replaced by one that looks or parses alike. */
    static Arbitrary<String> badUuids() {
        Arbitrary<String> damage = Arbitraries.of("", "-", " ", "g", "\u0663", "\uff11", "\u0430", "{", "\u0000", "00");
        return Combinators.combine(uuids(), Arbitraries.integers().between(0, 35), damage)
                .as((uuid, at, with) -> uuid.toString().substring(0, at)
                        + with
                        + uuid.toString().substring(at + 1))
                .filter(text -> !text.matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));
    }

    static Arbitrary<String> dnsNames() {
        Arbitrary<String> end =
                Arbitraries.strings().withCharRange('a', 'c').withChars("09").ofLength(1);
        Arbitrary<String> middle =
                Arbitraries.strings().withCharRange('x', 'z').withChars("-5").ofMaxLength(5);
        Arbitrary<String> label = Combinators.combine(end, middle, end).as((a, b, c) -> a + b + c);
        return label.list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
    }

    static Arbitrary<String> elements() {
        return Arbitraries.oneOf(
                Arbitraries.of("a", "...", "..a", " ", "a b", "-rf", "ü", "😀", "$(X)", "*", "ü".repeat(127)),
                Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(8).filter(Values::isElement));
    }

    private static boolean isElement(String text) {
        return !text.equals(".")
                && !text.equals("..")
                && text.chars().allMatch(c -> c >= ' ' && c < 0x7f && "/\\:[]".indexOf(c) < 0);
    }

    static Arbitrary<SubPath> subPaths() {
        return elements().list().ofMinSize(1).ofMaxSize(4).map(names -> SubPath.parse(String.join("/", names)));
    }

    /** A path with one element that means something else than it says. */
    static Arbitrary<String> badSubPaths() {
        Arbitrary<String> bad = Arbitraries.of("", ".", "..", "a\\b", "a\u0000", "a\nb", "x".repeat(256), "\ud83d");
        Arbitrary<List<String>> good = elements().list().ofMaxSize(2);
        return Combinators.combine(good, bad, good).as((before, fault, after) -> {
            List<String> all = new ArrayList<>(before);
            all.add(fault);
            all.addAll(after);
            return String.join("/", all);
        });
    }

    static Arbitrary<String> sizes() {
        Arbitrary<String> number = Arbitraries.oneOf(
                Arbitraries.longs().between(1, Long.MAX_VALUE).map(String::valueOf),
                Arbitraries.of("1", "1024", "007"));
        return Combinators.combine(
                        number,
                        Arbitraries.of(
                                "", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "E9"))
                .as(String::concat);
    }

    static Arbitrary<JsonValue> json() {
        Arbitrary<JsonValue> leaf = leaves();
        return Arbitraries.lazyOf(
                () -> leaf,
                () -> leaf,
                () -> json().list().ofMaxSize(3).map(JsonArray::new),
                () -> members(json(), Arbitraries.strings().ascii().ofMaxLength(3))
                        .map(JsonObject::new));
    }

    private static Arbitrary<JsonValue> leaves() {
        return Arbitraries.oneOf(
                Arbitraries.of(JsonNull.NULL, JsonBoolean.TRUE, JsonBoolean.FALSE),
                Arbitraries.of("0", "-0", "1", "1.0", "1e400", "-1.5E-3", "12345678901234567890")
                        .map(JsonNumber::new),
                Arbitraries.of("", "true", "\"", "\\", "\n", "\u0000", "ü", "😀", "expired")
                        .map(JsonString::new));
    }

    private static Arbitrary<List<Member>> members(Arbitrary<JsonValue> values, Arbitrary<String> names) {
        return Combinators.combine(names, values)
                .as(Member::new)
                .list()
                .ofMaxSize(3)
                .map(Values::oncePerName);
    }

    private static List<Member> oncePerName(List<Member> members) {
        Set<String> names = new HashSet<>();
        return members.stream().filter(member -> names.add(member.name())).toList();
    }

    /** Quotas whose fields have any value, but mostly those that decide something. */
    static Arbitrary<JsonValue> quotas() {
        Arbitrary<Member> fields = Arbitraries.oneOf(
                member("ext_rw", "true", "true", "false", "1", "\"true\"", "null"),
                member("dedicated_disk", "null", "false", "0", "{}"),
                member(
                        "dedicated_vm",
                        "false",
                        "{\"machine\":\"m\"}",
                        "{\"machine\":1}",
                        "{\"machine\":\"\",\"name\":\"\"}"),
                member("patch", "\"[]\"", "[]"),
                member("member", "true"),
                member("new", "1"));
        return Arbitraries.frequencyOf(
                Tuple.of(9, fields.list().ofMaxSize(4).map(list -> new JsonObject(oncePerName(list)))),
                Tuple.of(1, leaves()));
    }

    private static Arbitrary<Member> member(String name, String... values) {
        return Arbitraries.of(values).map(value -> new Member(name, JsonOf.text(value)));
    }

    static Arbitrary<JsonValue> statuses() {
        return Arbitraries.of("active", "valid", "ineffective", "expired", "exhausted", "future", "EXPIRED", "")
                .map(JsonString::new);
    }

    static Arbitrary<JsonValue> entries() {
        Arbitrary<JsonValue> objects = Combinators.combine(statuses(), quotas())
                .as((status, quota) ->
                        new JsonObject(List.of(new Member("status", status), new Member("quota", quota))));
        return Arbitraries.frequencyOf(Tuple.of(9, objects), net.jqwik.api.Tuple.of(1, leaves()));
    }

    static Arbitrary<JsonObject> columns() {
        Arbitrary<String> keys = Arbitraries.oneOf(uuids().map(UUID::toString), Arbitraries.of("", "a", "A", "\n"));
        return Combinators.combine(keys, entries())
                .as(Member::new)
                .list()
                .ofMaxSize(6)
                .map(list -> new JsonObject(oncePerName(list)));
    }

    static Arbitrary<SiteLicense> rows() {
        Arbitrary<Instant> moments = Arbitraries.longs().between(-2, 2).map(Instant::ofEpochSecond);
        return Combinators.combine(
                        uuids(),
                        moments.optional(),
                        moments.optional(),
                        Arbitraries.integers().between(-1, 2).optional())
                .as((id, activates, expires, limit) -> {
                    SiteLicense.Builder row = SiteLicense.builder(LicenseId.of(id));
                    activates.ifPresent(row::activates);
                    expires.ifPresent(row::expires);
                    limit.ifPresent(row::runLimit);
                    return row.build();
                });
    }
}
