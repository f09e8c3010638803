package com.cocalc.storage.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are refused, each with its message. */
class HelmValuesProblemsTest {

    private static List<String> problems(String text) {
        return catchThrowableOfType(HelmValuesException.class, () -> HelmValues.parse(text, "my-values.yaml"))
                .problems();
    }

    @Test
    void aRefusedNameIsShownWithItsPlace() {
        assertThat(problems("# storage\nglobal:\n  storage:\n    data:\n      claimName: Projects_Data"))
                .containsExactly(
                        "global.storage.data.claimName must be a DNS-1123 subdomain (lower case, digits, '-', '.'; a letter or"
                                + " digit at both ends of each part; at most 253 characters), but was \"Projects_Data\""
                                + " (my-values.yaml, line 5, column 18); rename the claim");
    }

    @Test
    void allProblemsAreReportedAtOnceInTheOrderOfTheFile() {
        String text = """
                manage:
                  project:
                    fixPermisionsInit: true
                storage:
                  create: "true"
                  class: 5
                  size:
                    data: 10GB
                    softwares: 10Gi
                global:
                  storage:
                    data: {claimname: a}
                    software: projects-software
                    shares: {claimName: _}
                  shared_files_path: /shares
                """;

        HelmValuesException refusal =
                catchThrowableOfType(HelmValuesException.class, () -> HelmValues.parse(text, "my-values.yaml"));

        assertThat(refusal.problems())
                .containsExactly(
                        "a key of manage.project must not be mistaken for fixPermissionsInit, but was"
                                + " \"fixPermisionsInit\" (my-values.yaml, line 3, column 5); rename it to"
                                + " fixPermissionsInit, otherwise it has no effect",
                        "storage.create must be true or false, but was the text \"true\" (my-values.yaml, line 5, column"
                                + " 11); remove the quotes",
                        "storage.class must be a text, but was the number \"5\" (my-values.yaml, line 6, column 10); put it"
                                + " in quotes",
                        "storage.size.data must be a quantity (a number with Ki, Mi, Gi, Ti, k, M, G, T or none of them),"
                                + " but was \"10GB\" (my-values.yaml, line 8, column 11); write \"10Gi\"",
                        "a key of storage.size must be data, software, but was \"softwares\" (my-values.yaml, line 9,"
                                + " column 5); the nearest is software; rename it or remove it",
                        "a key of global.storage.data must be claimName, but was \"claimname\" (my-values.yaml, line 12,"
                                + " column 12); the nearest is claimName; rename it or remove it",
                        "global.storage.software must be a map of keys, but was the text \"projects-software\""
                                + " (my-values.yaml, line 13, column 15); write its keys below it, indented",
                        "global.storage.shares.claimName must be a DNS-1123 subdomain (lower case, digits, '-', '.'; a"
                                + " letter or digit at both ends of each part; at most 253 characters), but was \"_\""
                                + " (my-values.yaml, line 14, column 25); rename the claim",
                        "global.shared_files_path must start without '/', but was \"/shares\" (my-values.yaml, line 15,"
                                + " column 22); remove it, the path is relative to the claim");
        assertThat(refusal).hasMessage(String.join("\n", refusal.problems()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "global: {storage: {data: {claimName: 5}}}|global.storage.data.claimName must be a text, but was the number \"5\" (my-values.yaml, line 1, column 38); put it in quotes",
                "global: {storage: {data: {claimName: yes}}}|global.storage.data.claimName must be a text, but was the boolean \"yes\" (my-values.yaml, line 1, column 38); put it in quotes",
                "global: {storage: {data: {claimName: n}}}|global.storage.data.claimName must be a text, but was the boolean \"n\" (my-values.yaml, line 1, column 38); put it in quotes",
                "global: {storage: {data: {claimName: 1e3}}}|global.storage.data.claimName must be a text, but was the number \"1e3\" (my-values.yaml, line 1, column 38); put it in quotes",
                "global: {storage: {data: {claimName: [a]}}}|global.storage.data.claimName must be a text, but was a list (my-values.yaml, line 1, column 38); write one text, in quotes if it has brackets",
                "global: {storage: {data: {claimName: {a: b}}}}|global.storage.data.claimName must be a text, but was a map (my-values.yaml, line 1, column 38); write one text, in quotes if it has brackets",
                "global: {storage: {data: {claimName: \"\"}}}|global.storage.data.claimName must be a DNS-1123 subdomain (lower case, digits, '-', '.'; a letter or digit at both ends of each part; at most 253 characters), but was \"\" (my-values.yaml, line 1, column 38); rename the claim",
                "global: {shared_files_path: [project_id]}|global.shared_files_path must be a text, but was a list (my-values.yaml, line 1, column 29); write one text, in quotes if it has brackets",
                "global: {shared_files_path: shares}|global.shared_files_path must have the element [project_id], but was \"shares\" (my-values.yaml, line 1, column 29); add it, or all projects would share one directory",
                "global: {storage: []}|global.storage must be a map of keys, but was a list (my-values.yaml, line 1, column 19); write its keys below it, indented",
                "global: 5|global must be a map of keys, but was the number \"5\" (my-values.yaml, line 1, column 9); write its keys below it, indented",
                "manage: {project: true}|manage.project must be a map of keys, but was the boolean \"true\" (my-values.yaml, line 1, column 19); write its keys below it, indented",
                "manage: {project: {fixPermissionsInit: 1}}|manage.project.fixPermissionsInit must be true or false, but was the number \"1\" (my-values.yaml, line 1, column 40); write true or false",
                "storage: {create: [true]}|storage.create must be true or false, but was a list (my-values.yaml, line 1, column 19); write true or false",
                "storage: {create: 'false'}|storage.create must be true or false, but was the text \"false\" (my-values.yaml, line 1, column 19); remove the quotes",
                "storage: {create: 'yes'}|storage.create must be true or false, but was the text \"yes\" (my-values.yaml, line 1, column 19); write true or false",
                "storage: {create: TrUe}|storage.create must be true or false, but was the text \"TrUe\" (my-values.yaml, line 1, column 19); write true or false",
                "storage: {create: false, class: 'Fast NFS'}|storage.class must be a DNS-1123 subdomain (lower case, digits, '-', '.'; a letter or digit at both ends of each part; at most 253 characters), but was \"Fast NFS\" (my-values.yaml, line 1, column 33); use a name that `kubectl get storageclass` lists, for example \"nfs\"",
                "storage: {create: false, size: {data: {}}}|storage.size.data must be a quantity, but was a map (my-values.yaml, line 1, column 39); write for example 10Gi",
                "storage: {size: {data: true}}|storage.size.data must be a quantity, but was the boolean \"true\" (my-values.yaml, line 1, column 24); write for example 10Gi",
                "storage: {size: {data: 010}}|storage.size.data must be a decimal number without leading zeros and underscores, but was the number \"010\" (my-values.yaml, line 1, column 24); write 8, which is how Helm reads it",
                "storage: {size: {data: 0}}|storage.size.data must be more than zero, but was \"0\" (my-values.yaml, line 1, column 24); write the size that is needed, for example \"10Gi\"",
                "storage: {size: {software: -1Gi}}|storage.size.software must be a quantity (a number with Ki, Mi, Gi, Ti, k, M, G, T or none of them), but was \"-1Gi\" (my-values.yaml, line 1, column 28); remove the '-', a size is more than zero",
                "storage: {size: 10Gi}|storage.size must be a map of keys, but was the text \"10Gi\" (my-values.yaml, line 1, column 17); write its keys below it, indented"
            })
    void aWrongTypeOrValueIsNamed(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "global:|global must be a map of keys, but was null (my-values.yaml, line 1, column 8); remove the key; null removes the chart's defaults below it",
                "global: {storage: ~}|global.storage must be a map of keys, but was null (my-values.yaml, line 1, column 19); remove the key; null removes the chart's defaults below it",
                "storage: null|storage must be a map of keys, but was null (my-values.yaml, line 1, column 10); remove the key; null removes the chart's defaults below it",
                "storage: {size: }|storage.size must be a map of keys, but was null (my-values.yaml, line 1, column 16); remove the key; null removes the chart's defaults below it",
                "storage: {class: NULL}|storage.class must have a value, but was null (my-values.yaml, line 1, column 18); remove the key; null removes the chart's default \"nfs\"",
                "storage: {size: {software: Null}}|storage.size.software must have a value, but was null (my-values.yaml, line 1, column 28); remove the key; null removes the chart's default \"10Gi\"",
                "manage: ~|manage must be a map of keys, but was null (my-values.yaml, line 1, column 9); remove the key; null removes the chart's defaults below it",
                "manage: {project: ~}|manage.project must be a map of keys, but was null (my-values.yaml, line 1, column 19); remove the key; null removes the chart's defaults below it",
                "global: {storage: {software: {claimName: }}}|global.storage.software.claimName must have a value, but was null (my-values.yaml, line 1, column 41); remove the key; null removes the chart's default \"projects-software\""
            })
    void nullWhereTheChartNeedsItsDefaultIsRefused(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "010, 8",
        "0o17, 15",
        "0O17, 15",
        "0x1F, 31",
        "0b101, 5",
        "-0b101, -5",
        "+010, 8",
        "08, 8",
        "0_8, 8",
        "1_000, 1000",
        "007, 7",
        "00, 0",
        "0_, 0",
        "1_0.5, 10.5",
        "0.5_0, 0.5",
        "1e1_0, 10000000000",
        "0x_1f, 31",
        "+0x10, 16",
        "1_, 1",
        "0b+1, 1",
        "0b-101, -5",
        "0b_+1_1, 3",
        ".5_0, 0.5",
        ".5e1_0, 5000000000",
        "01777777777777777777777, 18446744073709551615",
        "0b+111111111111111111111111111111111111111111111111111111111111111, 9223372036854775807"
    })
    void aSizeThatAPersonCouldReadAsAnotherNumberIsRefusedWithHelmsReading(String size, String meant) {
        assertThat(problems("storage: {size: {data: " + size + "}}"))
                .containsExactly("storage.size.data must be a decimal number without leading zeros and underscores, but"
                        + " was the number \"" + size + "\" (my-values.yaml, line 1, column 24); write " + meant
                        + ", which is how Helm reads it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010",
                "08",
                "0o17",
                "0x1f",
                "0b1",
                "0b+1",
                "0b-1",
                ".5_0",
                ".5e1_0",
                "02000000000000000000000",
                "-0x8000000000000000",
                "1_0",
                "1.",
                ".5",
                "-.5",
                "+1",
                "1e3",
                "18446744073709551615",
                "18446744073709551616",
                "0xffffffffffffffff",
                "1e308",
                "1e-999"
            })
    void whatHelmReadsAsANumberIsNoText(String number) {
        assertThat(problems("global: {storage: {data: {claimName: " + number + "}}}"))
                .singleElement()
                .asString()
                .startsWith("global.storage.data.claimName must be a text, but was the number \"" + number + "\"");
    }

    @Test
    void problemsBeyondAHundredAreCounted() {
        List<String> problems = problems("storage:\n" + "  x: 1\n".repeat(101));

        assertThat(problems).hasSize(101);
        assertThat(problems.get(99)).contains("(my-values.yaml, line 101, column 3)");
        assertThat(problems.get(100))
                .isEqualTo("my-values.yaml must have no other problem, but was found to have 1 more than these 100;"
                        + " correct these and read it again");
        assertThat(problems("storage:\n" + "  x: 1\n".repeat(100))).hasSize(100);
    }

    @Test
    void theFirstHundredProblemsAreThoseOfTheFirstLines() {
        // A clash is found last, though it is in the first line.
        List<String> problems = problems("global: {storage: {data: {claimName: x}, software: {claimName: x}}}\n"
                + "storage:\n" + "  x: 1\n".repeat(500));

        assertThat(problems).hasSize(101);
        assertThat(problems.get(0)).startsWith("global.storage.software.claimName must differ");
        assertThat(problems.get(100)).contains("401 more");
    }

    @Test
    void aMergedProblemBeyondAHundredCountsOnce() {
        String merged = "a: &a {claimName: _}\nstorage:\n" + "  x: 1\n".repeat(100) + "b: &b {1: x, 2: x}\n";

        assertThat(problems(merged + "global: {storage: {<<: [*b, *b]}}"))
                .last()
                .asString()
                .contains("have 2 more than");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "storage: {create: !!str true}|storage.create must have no tag, but was tagged \"tag:yaml.org,2002:str\" (my-values.yaml, line 1, column 19); remove the tag",
                "storage: {create: !!bool \"true\"}|storage.create must have no tag, but was tagged \"tag:yaml.org,2002:bool\" (my-values.yaml, line 1, column 19); remove the tag",
                "storage: {class: !!java.lang.String x}|storage.class must have no tag, but was tagged \"tag:yaml.org,2002:java.lang.String\" (my-values.yaml, line 1, column 18); remove the tag",
                "storage: {class: !!binary aGk=}|storage.class must have no tag, but was tagged \"tag:yaml.org,2002:binary\" (my-values.yaml, line 1, column 18); remove the tag",
                "storage: {size: {data: !local 1Gi}}|storage.size.data must have no tag, but was tagged \"!local\" (my-values.yaml, line 1, column 24); remove the tag",
                "storage: !!java.util.HashMap {create: true}|storage must have no tag, but was tagged \"tag:yaml.org,2002:java.util.HashMap\" (my-values.yaml, line 1, column 10); remove the tag",
                "!!set {a: }|the file must have no tag, but was tagged \"tag:yaml.org,2002:set\" (my-values.yaml, line 1, column 1); remove the tag",
                "storage: {!x create: true}|the key storage.create must have no tag, but was tagged \"!x\" (my-values.yaml, line 1, column 11); remove the tag"
            })
    void aTagOnWhatIsReadIsRefused(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1;a: 2|a must stand once, but was there before, in line 1 (my-values.yaml, line 2, column 1); remove one of the two; for Helm the earlier one has no effect",
                "storage: {};x: 1;storage: {create: false}|storage must stand once, but was there before, in line 1 (my-values.yaml, line 3, column 1); remove one of the two; for Helm the earlier one has no effect",
                "storage:;  create: false;  'create': true|storage.create must stand once, but was there before, in line 2 (my-values.yaml, line 3, column 3); remove one of the two; for Helm the earlier one has no effect",
                "manage:;  project: {tag: a, tag: b}|manage.project.tag must stand once, but was there before, in line 2 (my-values.yaml, line 2, column 21); remove one of the two; for Helm the earlier one has no effect",
                "x: &x {class: a, class: b};storage: {<<: *x}|storage.class must stand once, but was there before, in line 1 (my-values.yaml, line 1, column 18); remove one of the two; for Helm the earlier one has no effect"
            })
    void aKeyThatStandsTwiceIsRefusedWithBothPlaces(String text, String problem) {
        assertThat(problems(text.replace(';', '\n'))).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "storage: {<<: 5}|my-values.yaml must merge a map or a list of maps, but was the number \"5\" (my-values.yaml, line 1, column 15); merge an alias of a map",
                "storage: {<<: [{}, x]}|my-values.yaml must merge a map or a list of maps, but was the text \"x\" (my-values.yaml, line 1, column 20); merge an alias of a map"
            })
    void onlyMapsCanBeMerged(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x: &x {class: a};storage: {class: b, <<: *x}|storage.class must stand after the merge key << of its map, but was before it (my-values.yaml, line 2, column 11); put << first in its map; for Helm the merged value replaces this one",
                "x: &x {size: {data: 1Gi}};y: &y {<<: *x};storage: {size: {}, <<: [{}, *y]}|storage.size must stand after the merge key << of its map, but was before it (my-values.yaml, line 3, column 11); put << first in its map; for Helm the merged value replaces this one",
                "x: &x {storage: {create: false}};storage: {create: true};<<: *x|storage must stand after the merge key << of its map, but was before it (my-values.yaml, line 2, column 1); put << first in its map; for Helm the merged value replaces this one",
                "x: &x {class: a};storage: {<<: *x, <<: *x}|storage.\"<<\" must stand once, but was there before, in line 2 (my-values.yaml, line 2, column 19); write one with a list of maps, of which the first one wins"
            })
    void whereHelmMergesInAnotherWayThanYamlIsRefused(String text, String problem) {
        assertThat(problems(text.replace(';', '\n'))).containsExactly(problem);
    }

    @Test
    void aKeyBeforeAMergeKeyThatDoesNotBringItStays() {
        assertThat(HelmValues.parse("x: &x {class: a}\nstorage: {create: true, <<: *x}\nhub: 1\n<<: {hub: 2}", "v")
                        .storage()
                        .created())
                .map(created -> created.storageClass().value())
                .contains("a");
    }

    @Test
    void aMergedMistakeIsReportedOnce() {
        assertThat(problems("x: &x {claimName: _}\nglobal: {storage: {data: *x, shares: *x}}"))
                .satisfiesExactly(
                        data -> assertThat(data).startsWith("global.storage.data.claimName must be a DNS-1123"),
                        shares -> assertThat(shares)
                                .startsWith("global.storage.shares.claimName must be a DNS-1123")
                                .contains("(my-values.yaml, line 1, column 19)"));
    }

    @Test
    void oneClaimForDataAndSoftwareIsRefusedWithBothPlaces() {
        assertThat(problems("global:\n storage:\n  data: {claimName: x}\n  software: {claimName: x}"))
                .containsExactly(
                        "global.storage.software.claimName must differ from global.storage.data.claimName, but was"
                                + " \"x\" for both, also at my-values.yaml, line 3, column 21 (my-values.yaml, line 4, column 25);"
                                + " name another claim; every project mounts the software claim whole, and would see every home");
    }

    @Test
    void aClaimThatIsTheDefaultOfTheOtherIsRefusedWhereItStands() {
        assertThat(problems("global: {storage: {data: {claimName: projects-software}}}"))
                .containsExactly(
                        "global.storage.software.claimName must differ from global.storage.data.claimName, but was"
                                + " \"projects-software\" for both (my-values.yaml, line 1, column 38); name another claim; every"
                                + " project mounts the software claim whole, and would see every home");
    }

    @Test
    void allClashesAreReportedAtOnce() {
        assertThat(problems("""
                global:
                  storage: {data: {claimName: x}, software: {claimName: x}}
                  shared_files_path: "projects/[project_id]/public"
                """))
                .satisfiesExactly(
                        claims -> assertThat(claims).startsWith("global.storage.software.claimName must differ"),
                        schema -> assertThat(schema)
                                .isEqualTo(
                                        "global.shared_files_path must start with a directory of its own beside that of"
                                                + " the projects' own path, as both are on one claim, but was"
                                                + " \"projects/[project_id]/public\" beside \"projects/[project_id]\""
                                                + " (my-values.yaml, line 3, column 22); change the elements before [project_id], or"
                                                + " give the shares a claim of their own; a service that serves shares would see homes"));
    }

    @Test
    void sharesOnTheSoftwareClaimAreRefused() {
        assertThat(
                        problems(
                                "global: {storage: {shares: {claimName: projects-software}}, shared_files_path: '[project_id]'}"))
                .containsExactly(
                        "global.storage.shares.claimName must differ from global.storage.software.claimName, but"
                                + " was \"projects-software\" for both (my-values.yaml, line 1, column 40); name another claim;"
                                + " every project mounts the software claim whole, and would see all shares");
    }

    @Test
    void aRefusedNameClashesWithNothing() {
        assertThat(problems("global: {storage: {data: {claimName: _}, software: {claimName: projects-data}}}"))
                .hasSize(1);
        assertThat(problems("global: {storage: {data: {claimName: projects-software}, software: {claimName: _}}}"))
                .hasSize(1);
        assertThat(problems("global: {storage: {shares: {claimName: _}}, shared_files_path: '[project_id]'}"))
                .hasSize(1);
        assertThat(problems("global: {shared_files_path: 'projects'}")).hasSize(1);
    }

    @Test
    void hostileKeysStayInTheirLine() {
        String key = "\"a\\nb\\u202e\\0 must \\\"" + "k".repeat(5_000) + "\"";

        assertThat(problems("storage: {? " + key + " : 1}"))
                .singleElement()
                .asString()
                .matches("[ -~…]+")
                .hasSizeLessThan(300)
                .contains("but was \"a\\u000ab\\u202e\\u0000 must \\\"kkk");
        assertThat(problems("? " + key + "\n: 1\n? " + key + "\n: 2"))
                .singleElement()
                .asString()
                .matches("[ -~…]+");
    }

    @Test
    void aHostileNameOfTheFileStaysInItsLine() {
        HelmValuesException refusal =
                catchThrowableOfType(HelmValuesException.class, () -> HelmValues.parse("storage: 1", "a\nb\"é.yaml"));

        assertThat(refusal)
                .hasMessage(
                        "storage must be a map of keys, but was the number \"1\" (a\\u000ab\"\\u00e9.yaml, line 1, column"
                                + " 10); write its keys below it, indented");
    }
}
