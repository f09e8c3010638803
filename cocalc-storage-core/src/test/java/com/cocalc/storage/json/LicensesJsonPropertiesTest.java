package com.cocalc.storage.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.ProjectLicenses;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Laws of reading and writing. The number of tries is the default one, so that a long run can raise it. No edge cases:
 * of combined lists there are so many that they would be most of the run.
 */
class LicensesJsonPropertiesTest {

    private static final ObjectMapper PEER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAsTheSame(@ForAll("maps") JsonObject map) {
        ProjectLicenses licenses = ProjectLicenses.from(map);

        assertThat(LicensesJson.parse(LicensesJson.write(licenses)).toJson()).isEqualTo(map);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void blanksAndEscapesChangeNothing(@ForAll("maps") JsonObject map, @ForAll("spellings") List<Integer> spelling) {
        String text = new Spelling(spelling).of(map);

        assertThat(LicensesJson.parse(text).toJson()).isEqualTo(map);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anotherReaderOfJsonSeesTheSameDocument(
            @ForAll("maps") JsonObject map, @ForAll("spellings") List<Integer> spelling)
            throws JsonProcessingException {
        String text = new Spelling(spelling).of(map);

        assertThat(PEER.readTree(LicensesJson.write(LicensesJson.parse(text)))).isEqualTo(PEER.readTree(text));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aBrokenDocumentIsRefusedOrWhole(@ForAll("maps") JsonObject map, @ForAll("cuts") List<Integer> cuts) {
        String text = Mutation.apply(map.toString(), cuts, Mutation.JSON_PIECES);

        readOrRefuse(text);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyTextIsRefusedOrWhole(@ForAll("texts") String text) {
        readOrRefuse(text);
    }

    /** Only the documented exception, in one line, and what is read is all of it. */
    private static void readOrRefuse(String text) {
        ProjectLicenses licenses;
        try {
            licenses = LicensesJson.parse(text);
        } catch (MalformedLicensesException e) {
            assertThat(e.getMessage()).startsWith("site_license must ").matches("[ -~…]+");
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            return;
        }
        String written = LicensesJson.write(licenses);
        assertThat(LicensesJson.parse(written)).isEqualTo(licenses);
        try {
            String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
            assertThat(PEER.readTree(written)).isEqualTo(document.isBlank() ? null : orEmpty(document));
        } catch (NumberFormatException e) {
            assertThat(e.getMessage()).as("only a limit of the peer").containsIgnoringCase("exponent");
        } catch (JsonProcessingException e) {
            throw new AssertionError("the peer refuses " + text, e);
        }
    }

    private static Object orEmpty(String document) throws JsonProcessingException {
        return PEER.readTree(document).isNull() ? PEER.createObjectNode() : PEER.readTree(document);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(Mutation.JSON_PIECES).list().ofMaxSize(30).map(pieces -> String.join("", pieces)),
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings()
                        .withChars("{}[]\":,\\u019eE+-.tfn \n\uFEFF\uD83D\uDE00")
                        .ofMaxLength(40));
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().list().ofMinSize(3).ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Integer>> spellings() {
        return Arbitraries.integers().between(0, 20).list().ofMinSize(1).ofMaxSize(50);
    }

    @Provide
    Arbitrary<JsonObject> maps() {
        Arbitrary<JsonValue> quota = object(
                Arbitraries.of("ext_rw", "dedicated_vm", "dedicated_disk", "cpu", "ram", "patch", "new_field"),
                values());
        Arbitrary<JsonValue> entry = Arbitraries.oneOf(
                values(),
                object(
                        Arbitraries.of("status", "quota", "extra"),
                        Arbitraries.oneOf(
                                quota,
                                Arbitraries.of("active", "expired", "odd").<JsonValue>map(JsonString::new))));
        return object(
                        Arbitraries.oneOf(Arbitraries.create(() -> "3f5ea6cb-d334-4dfe-a43f-2072073c2b13"), names()),
                        entry)
                .map(JsonObject.class::cast);
    }

    private static Arbitrary<JsonValue> values() {
        Arbitrary<JsonValue> scalars = Arbitraries.oneOf(
                Arbitraries.<JsonValue>of(
                        JsonValue.JsonNull.NULL, JsonValue.JsonBoolean.TRUE, JsonValue.JsonBoolean.FALSE),
                Arbitraries.of("0", "-0", "1", "1.0", "1e400", "-12.50E-3", "100000000000000000000000")
                        .<JsonValue>map(JsonValue.JsonNumber::new),
                names().<JsonValue>map(JsonString::new));
        return Arbitraries.recursive(
                () -> scalars,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(2).<JsonValue>map(JsonArray::new), object(names(), inner)),
                0,
                3);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("ab/~\"\\\u0000\n\u007f\u2028ä€")
                        .ofMaxLength(6),
                Arbitraries.of("😀", "ext_rw", "quota", ""));
    }

    private static Arbitrary<JsonValue> object(Arbitrary<String> names, Arbitrary<JsonValue> values) {
        return names.list()
                .uniqueElements()
                .ofMaxSize(4)
                .flatMap(keys -> values.list().ofSize(keys.size()).map(list -> {
                    Iterator<JsonValue> value = list.iterator();
                    return new JsonObject(keys.stream()
                            .map(key -> new Member(key, value.next()))
                            .toList());
                }));
    }
}
