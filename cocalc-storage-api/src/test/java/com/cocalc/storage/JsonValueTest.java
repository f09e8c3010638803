package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonValueTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "-.5",
                "1.e1",
                "1e",
                "1e+",
                "1E-",
                "1e1.5",
                "0x1",
                "NaN",
                "Infinity",
                "1 ",
                " 1",
                "1,5",
                "--1",
                "1e1e1",
                "1.2.3",
                "\u0661",
                "1\u0661",
                "1.\u0661",
                "e1",
                "1f"
            })
    void textThatIsNoJsonNumberIsRefused(String digits) {
        assertThatThrownBy(() -> new JsonNumber(digits))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("JSON number must follow the grammar of JSON, but was \"")
                .hasMessageEndingWith("\"; write it like 1, -2.5 or 1e9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "10",
                "-10",
                "0.0",
                "1.0",
                "0.10",
                "1e400",
                "1E-400",
                "1e+1",
                "0e0",
                "1.5e99999999999",
                "123456789012345678901234567890"
            })
    void aNumberKeepsItsDigits(String digits) {
        assertThat(new JsonNumber(digits)).hasToString(digits);
    }

    @Test
    void numbersOfOneValueAndOtherDigitsDiffer() {
        assertThat(new JsonNumber("1.0")).isNotEqualTo(new JsonNumber("1"));
    }

    @Test
    void halfASurrogatePairIsNoText() {
        assertThat(new JsonString("😀")).hasToString("\"😀\"");
        assertThatThrownBy(() -> new JsonString("ab\ud83d"))
                .hasMessage("text must be whole Unicode characters, but was \"ab\\ud83d\"; replace the half surrogate"
                        + " pair at character 3");
        assertThatThrownBy(() -> new JsonString("😀\ude00"))
                .hasMessageEndingWith("replace the half surrogate pair at character 3");
        assertThatThrownBy(() -> new JsonString("\ud83dx"))
                .hasMessageEndingWith("replace the half surrogate pair at character 1");
        assertThatThrownBy(() -> new Member("\ude00", JsonNull.NULL))
                .hasMessageEndingWith("replace the half surrogate pair at character 1");
    }

    @Test
    void aNameStandsOnceInAnObjectAlsoInALargeOne() {
        List<Member> many = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            many.add(new Member("m" + i, JsonNull.NULL));
        }
        assertThat(new JsonObject(many).members()).hasSize(13);
        many.add(new Member("m7", JsonBoolean.TRUE));

        assertThatThrownBy(() -> new JsonObject(many))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("names of a JSON object must differ, but was \"m7\" twice; remove one of the members");
        assertThatThrownBy(() -> new JsonObject(many.subList(7, 14)))
                .hasMessage("names of a JSON object must differ, but was \"m7\" twice; remove one of the members");
        assertThatThrownBy(() -> new JsonObject(List.of(many.get(7), many.get(13))))
                .hasMessage("names of a JSON object must differ, but was \"m7\" twice; remove one of the members");
    }

    @Test
    void theTextIsCompactJsonInOneLine() {
        JsonValue value = new JsonObject(List.of(
                new Member("a\"\\", new JsonString("\n\u0000\u001f \u007fü")),
                new Member("b", new JsonArray(List.of(JsonNull.NULL, JsonBoolean.TRUE, JsonBoolean.FALSE))),
                new Member("c", new JsonArray(List.of())),
                new Member("d", new JsonObject(List.of())),
                new Member("e", new JsonNumber("-1.50"))));

        assertThat(value)
                .hasToString("{\"a\\\"\\\\\":\"\\u000a\\u0000\\u001f \u007fü\",\"b\":[null,true,false],\"c\":[],"
                        + "\"d\":{},\"e\":-1.50}");
        assertThat(new Member("x", JsonNull.NULL)).hasToString("{\"x\":null}");
    }

    @Test
    void aMemberIsFoundByItsWholeName() {
        JsonObject object = new JsonObject(List.of(new Member("ab", JsonNull.NULL)));

        assertThat(object.find("ab")).contains(JsonNull.NULL);
        assertThat(object.find("a")).isEmpty();
    }

    @Test
    void whatWasGivenCanChangeWithoutTheValue() {
        List<JsonValue> elements = new ArrayList<>(List.of(JsonNull.NULL));
        List<Member> members = new ArrayList<>(List.of(new Member("a", JsonNull.NULL)));
        JsonArray array = new JsonArray(elements);
        JsonObject object = new JsonObject(members);

        elements.clear();
        members.clear();

        assertThat(array).hasToString("[null]");
        assertThat(object).hasToString("{\"a\":null}");
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> new JsonNumber(null)).hasMessage("digits");
        assertThatThrownBy(() -> new JsonString(null)).hasMessage("text");
        assertThatThrownBy(() -> new Member(null, JsonNull.NULL)).hasMessage("text");
        assertThatThrownBy(() -> new Member("a", null)).hasMessage("value");
    }
}
