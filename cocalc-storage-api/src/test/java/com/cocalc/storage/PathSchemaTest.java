package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathSchemaTest {

    private static final ProjectId PROJECT = ProjectId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``|have the element [project_id], but was ""; add it, or all projects would share one directory
            shares|have the element [project_id], but was "shares"; add it, or all projects would share one directory
            shares/{project_id}|have the element [project_id], but was "shares/{project_id}"; add it, or all projects would share one directory
            [project_id]/[project_id]|have [project_id] once, but was "[project_id]/[project_id]"; remove one of the two
            a/[project_id]/b/[project_id]|have [project_id] once, but was "a/[project_id]/b/[project_id]"; remove one of the two
            shares/p-[project_id]|have [project_id] as a whole element, but was "shares/p-[project_id]"; write '/' before and after the placeholder
            shares/[project_id].d|have [project_id] as a whole element, but was "shares/[project_id].d"; write '/' before and after the placeholder
            [project_id][project_id]|have [project_id] as a whole element, but was "[project_id][project_id]"; write '/' before and after the placeholder
            [account_id]/[project_id]|have no placeholder but [project_id], but was "[account_id]/[project_id]"; write [project_id] where the id belongs, and no other '[' or ']'; only the project's id is known
            shares/[PROJECT_ID]|have no placeholder but [project_id], but was "shares/[PROJECT_ID]"; write [project_id] where the id belongs, and no other '[' or ']'; only the project's id is known
            shares/project_id]|have no placeholder but [project_id], but was "shares/project_id]"; write [project_id] where the id belongs, and no other '[' or ']'; only the project's id is known
            /shares/[project_id]|start without '/', but was "/shares/[project_id]"; remove it, the path is relative to the claim
            /[project_id]|start without '/', but was "/[project_id]"; remove it, the path is relative to the claim
            shares//[project_id]|have no empty element (a double or a trailing '/'), but was "shares//[project_id]"; write one '/' between names, and none at the end
            shares/[project_id]/|have no empty element (a double or a trailing '/'), but was "shares/[project_id]/"; write one '/' between names, and none at the end
            ../[project_id]|have no element '.' or '..', but was "../[project_id]"; write the path that is meant
            shares/[project_id]/..|have no element '.' or '..', but was "shares/[project_id]/.."; write the path that is meant
            ./[project_id]|have no element '.' or '..', but was "./[project_id]"; write the path that is meant
            a\\b/[project_id]|have no backslash, but was "a\\\\b/[project_id]"; separate names with '/'
            """)
    void whatGivesNoDirectoryForEachProjectIsRefused(String text, String fault) {
        assertThatThrownBy(() -> PathSchema.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("path schema must " + fault);
    }

    @Test
    void aSchemaIsAsLongAsItsDirectoriesMayBe() {
        String before = ("a".repeat(255) + "/").repeat(15) + "b".repeat(4095 - 15 * 256 - 1 - 36) + "/";

        PathSchema longest = PathSchema.parse(before + "[project_id]");

        assertThat(longest.resolve(PROJECT).toString()).hasSize(4095);
        assertThatThrownBy(() -> PathSchema.parse("b" + before + "[project_id]"))
                .hasMessageStartingWith("path schema must be at most 4095 bytes long in UTF-8, but was \"baaa");
    }

    @Test
    void theDirectoryOfAProjectIsItsIdInPlaceOfThePlaceholder() {
        assertThat(PathSchema.parse("[project_id]").resolve(PROJECT)).hasToString(PROJECT.toString());
        assertThat(PathSchema.parse("a/[project_id]/b").resolve(PROJECT)).hasToString("a/" + PROJECT + "/b");
    }

    @ParameterizedTest
    @CsvSource({
        "a/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/f/x",
        "a/3f5ea6cb-d334-4dfe-a43f-2072073c2b13",
        "a/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/g",
        "b/3f5ea6cb-d334-4dfe-a43f-2072073c2b13/f",
        "a/3F5EA6CB-D334-4DFE-A43F-2072073C2B13/f",
        "a/3f5ea6cb-d334-4dfe-a43f-2072073c2b1x/f",
        "a/3f5ea6cb-d334-4dfe-a43f-2072073c2b134/f",
        "a/3f5ea6cb-d334-4dfe-a43f-2072073c2b1/f",
        "a/f"
    })
    void aPathBesideADirectoryIsNobodys(String path) {
        assertThat(PathSchema.parse("a/[project_id]/f").match(SubPath.parse(path)))
                .isEmpty();
    }

    @Test
    void thePrefixHoldsTheDirectoriesOfAllProjects() {
        assertThat(PathSchema.parse("a/b/[project_id]/c").prefix()).isEqualTo(SubPath.parse("a/b"));
        assertThat(PathSchema.parse("[project_id]/c").prefix()).isEqualTo(WholeClaim.WHOLE_CLAIM);
        assertThat(PathSchema.parse("a/b/[project_id]/c").behindPrefix()).hasToString("[project_id]/c");
        assertThat(PathSchema.parse("[project_id]/c").behindPrefix()).hasToString("[project_id]/c");
    }

    @ParameterizedTest
    @CsvSource({
        "a/[project_id], a/[project_id], true",
        "a/[project_id]/x, a/[project_id]/y, true",
        "a/[project_id], a/b/[project_id], true",
        "a/b/[project_id], a/[project_id], true",
        "[project_id], a/[project_id], true",
        "a/[project_id], [project_id], true",
        "a/[project_id], ab/[project_id], false",
        "a/b/[project_id], a/c/[project_id], false"
    })
    void schemasMeetWhereADirectoryOfOneCanHoldOneOfTheOther(String one, String other, boolean meet) {
        assertThat(PathSchema.parse(one).meets(PathSchema.parse(other))).isEqualTo(meet);
    }

    @Test
    void schemasAreEqualIfTheirTextsAre() {
        assertThat(PathSchema.parse("a/[project_id]/b"))
                .isEqualTo(PathSchema.parse("a/[project_id]/b"))
                .hasSameHashCodeAs(PathSchema.parse("a/[project_id]/b"))
                .isNotEqualTo(PathSchema.parse("a/[project_id]"))
                .isNotEqualTo(PathSchema.parse("[project_id]/b"))
                .isNotEqualTo("a/[project_id]/b");
    }
}
