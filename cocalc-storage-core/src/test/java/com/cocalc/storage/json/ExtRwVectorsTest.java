package com.cocalc.storage.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.Access;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps of licences with the hub's own answer. */
class ExtRwVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The map as it is written in the line, so that nothing of it passes through another reader. */
    record Vector(String note, String siteLicense, Access answer) {

        static Vector of(String line) {
            try {
                JsonNode fields = JSON.readTree(line);
                String start = "{\"site_license\":";
                assertThat(line).startsWith(start);
                String map = line.substring(start.length(), line.lastIndexOf(",\"ext_rw\":" + fields.get("ext_rw")));
                assertThat(JSON.readTree(map)).isEqualTo(fields.get("site_license"));
                return new Vector(
                        fields.path("note").asText(map),
                        map,
                        fields.get("ext_rw").booleanValue() ? Access.READ_WRITE : Access.READ_ONLY);
            } catch (IOException e) {
                throw new AssertionError(line, e);
            }
        }

        @Override
        public String toString() {
            return note;
        }
    }

    static List<Vector> vectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(ExtRwVectorsTest.class.getResourceAsStream("ext-rw.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Vector::of)
                    .toList();
        }
    }

    @Test
    void noVectorIsMissing() throws IOException {
        assertThat(vectors()).hasSize(300);
        assertThat(vectors())
                .filteredOn(vector -> vector.answer() == Access.READ_WRITE)
                .hasSize(150);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theAnswerIsTheHubs(Vector vector) {
        assertThat(SoftwareAccess.decide(LicensesJson.parse(vector.siteLicense()))
                        .access())
                .isEqualTo(vector.answer());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theAnswerDependsOnNoOrder(Vector vector) {
        JsonObject map = LicensesJson.parse(vector.siteLicense()).toJson();
        List<Member> members = new ArrayList<>(map.members());

        Stream.iterate(0, seed -> seed < 10, seed -> seed + 1).forEach(seed -> {
            Collections.shuffle(members, new Random(seed));
            ProjectLicenses shuffled = LicensesJson.parse(new JsonObject(members).toString());
            assertThat(SoftwareAccess.decide(shuffled).access()).isEqualTo(vector.answer());
        });
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatIsReadIsWrittenAgain(Vector vector) {
        assertThat(LicensesJson.write(LicensesJson.parse(vector.siteLicense()))).isEqualTo(vector.siteLicense());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyAnswerIsExplained(Vector vector) {
        SoftwareAccess access = SoftwareAccess.decide(LicensesJson.parse(vector.siteLicense()));

        assertThat(access.explain())
                .startsWith("The shared software is "
                        + (vector.answer() == Access.READ_WRITE ? "read-write" : "read-only"));
    }
}
