package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathLawsTest {

    private static final PathSchema SCHEMA = PathSchema.parse("projects/[project_id]");
    private static final String ID = Homes.PROJECT.toString();

    private static List<String> judge(UnaryOperator<String> layout) {
        return PathLaws.check(SCHEMA, layout, List.of(Homes.PROJECT, Homes.OTHER)).stream()
                .map(violation -> violation.law().id() + " at " + violation.where() + ": " + violation.found())
                .toList();
    }

    @Test
    void theLibrarysOwnLayoutObeys() {
        for (String schema : List.of("projects/[project_id]", "[project_id]", "a/b/[project_id]/files")) {
            PathSchema parsed = PathSchema.parse(schema);

            assertThat(PathLaws.check(
                            parsed,
                            id -> parsed.resolve(ProjectId.parse(id)).toString(),
                            List.of(Homes.PROJECT, Homes.OTHER, Homes.PROJECT)))
                    .as(schema)
                    .isEmpty();
        }
    }

    @Test
    void aLayoutWithoutTheProjectIsCaught() {
        assertThat(judge(id -> "projects"))
                .containsExactly(
                        "home-is-resolved at project " + ID + ": \"projects\"",
                        "home-is-resolved at project " + Homes.OTHER + ": \"projects\"",
                        "homes-are-apart at project " + Homes.OTHER + ": \"projects\" beside \"projects\" of project "
                                + ID);
    }

    @Test
    void aDirectoryThatIsAPrefixOfAnotherIsCaughtInBothOrders() {
        UnaryOperator<String> layout = id -> id.equalsIgnoreCase(ID) ? "projects/a" : "projects/ab";

        assertThat(judge(layout))
                .contains("homes-are-apart at project " + Homes.OTHER
                        + ": \"projects/ab\" beside \"projects/a\" of project " + ID);
        assertThat(PathLaws.check(SCHEMA, layout, List.of(Homes.OTHER, Homes.PROJECT)))
                .extracting(Violation::toString)
                .contains(
                        "homes-are-apart at project " + ID + ": found \"projects/a\" beside \"projects/ab\" of project "
                                + Homes.OTHER
                                + ", expected a directory of its own; two ids never share a directory, and no id's"
                                + " sub-path is a prefix of another's; use the whole id, between slashes");
    }

    @Test
    void anIdInUpperCaseThatIsNotFoldedIsCaught() {
        assertThat(judge(id -> "projects/" + id))
                .containsExactly(
                        "letter-case-is-one at project " + ID + " in upper case: \"projects/"
                                + ID.toUpperCase(Locale.ROOT) + "\"",
                        "letter-case-is-one at project " + Homes.OTHER + " in upper case: \"projects/"
                                + Homes.OTHER.toString().toUpperCase(Locale.ROOT) + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/.", "a/..", "../a", "./a", "a/../b", "a\\b", "a\0b"})
    void whatKubernetesWouldTakeAndMeanOtherwiseIsCaught(String subPath) {
        assertThat(PathLaws.checkSubPath("here", subPath)).singleElement().satisfies(violation -> {
            assertThat(violation.law()).isEqualTo(PathLaws.SUB_PATH_IS_CLEAN);
            assertThat(violation.found()).isEqualTo("\"" + subPath.replace("\0", "\\u0000") + "\"");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "..a", "a..", "...", ".a/b.", "a b/ü", "$(A)"})
    void whatOnlyLooksLikeItPasses(String subPath) {
        assertThat(PathLaws.checkSubPath("here", subPath)).isEmpty();
    }
}
