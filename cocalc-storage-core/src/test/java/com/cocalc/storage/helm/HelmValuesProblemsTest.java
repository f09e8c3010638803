package com.cocalc.storage.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.StorageConfig;
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
                "storage: {size: {data: 010}}|storage.size.data must be a decimal number, but was the number \"010\" (my-values.yaml, line 1, column 24); remove the leading 0, it makes the number octal",
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
                "global: {storage: {datas: {}}}|a key of global.storage must be data, software, shares, but was \"datas\" (my-values.yaml, line 1, column 20); the nearest is data; rename it or remove it",
                "global: {storage: {share: }}|a key of global.storage must be data, software, shares, but was \"share\" (my-values.yaml, line 1, column 20); the nearest is shares; rename it or remove it",
                "global: {storage: {data: {size: 1}}}|a key of global.storage.data must be claimName, but was \"size\" (my-values.yaml, line 1, column 27); the nearest is claimName; rename it or remove it",
                "storage: {claimName: x}|a key of storage must be create, class, size, but was \"claimName\" (my-values.yaml, line 1, column 11); the nearest is create; rename it or remove it",
                "storage: {1: x}|a key of storage must be create, class, size, but was \"1\" (my-values.yaml, line 1, column 11); the nearest is size; rename it or remove it",
                "storage: {[a]: x}|a key of storage must be a text, but was a list (my-values.yaml, line 1, column 11); remove it",
                "globl: {}|a key of the file must not be mistaken for global, but was \"globl\" (my-values.yaml, line 1, column 1); rename it to global, otherwise it has no effect",
                "Storage: {}|a key of the file must not be mistaken for storage, but was \"Storage\" (my-values.yaml, line 1, column 1); rename it to storage, otherwise it has no effect",
                "manag: {}|a key of the file must not be mistaken for manage, but was \"manag\" (my-values.yaml, line 1, column 1); rename it to manage, otherwise it has no effect",
                "global: {shared_file_path: x}|a key of global must not be mistaken for shared_files_path, but was \"shared_file_path\" (my-values.yaml, line 1, column 10); rename it to shared_files_path, otherwise it has no effect",
                "global: {strage: x}|a key of global must not be mistaken for storage, but was \"strage\" (my-values.yaml, line 1, column 10); rename it to storage, otherwise it has no effect",
                "manage: {projetc: {}}|a key of manage must not be mistaken for project, but was \"projetc\" (my-values.yaml, line 1, column 10); rename it to project, otherwise it has no effect",
                "manage: {project: {fixPermissionsInit: , fixPermissionInit: true}}|a key of manage.project must not be mistaken for fixPermissionsInit, but was \"fixPermissionInit\" (my-values.yaml, line 1, column 42); rename it to fixPermissionsInit, otherwise it has no effect"
            })
    void aMistypedKeyIsNoSilentDefault(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manage: {project: {}, projects: {}}",
                "global: {}\nglobals: 1",
                "manage: {project: {fixPermissionsInit: false, fixPermissionInit: true}}",
                "stor: 1",
                "manage: {project: {fixPerms: true}}"
            })
    void aKeyThatIsFarOffOrBesideTheKnownOneIsIgnored(String text) {
        assertThat(HelmValues.parse(text, "my-values.yaml").storage()).isEqualTo(StorageConfig.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "storage: {create: !!str true}|storage.create must have no tag, but was tagged \"tag:yaml.org,2002:str\" (my-values.yaml, line 1, column 19); remove the tag",
                "storage: {create: !!bool \"true\"}|storage.create must have no tag, but was tagged \"tag:yaml.org,2002:bool\" (my-values.yaml, line 1, column 19); remove the tag",
                "storage: {class: !!java.lang.String x}|storage.class must have no tag, but was tagged \"tag:yaml.org,2002:java.lang.String\" (my-values.yaml, line 1, column 18); remove the tag",
                "storage: {class: !!null x}|storage.class must have no tag, but was tagged \"tag:yaml.org,2002:null\" (my-values.yaml, line 1, column 18); remove the tag",
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
                "storage: {<<: 5}|storage.\"<<\" must be a map or a list of maps, but was the number \"5\" (my-values.yaml, line 1, column 15); merge an alias of a map",
                "storage: {<<: [{}, x]}|storage.\"<<\" must be a map or a list of maps, but was the text \"x\" (my-values.yaml, line 1, column 20); merge an alias of a map"
            })
    void onlyMapsCanBeMerged(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
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
                                                + " give the shares a claim of their own; who serves shares would see homes"));
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
