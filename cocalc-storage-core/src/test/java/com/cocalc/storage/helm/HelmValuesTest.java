package com.cocalc.storage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelmValuesTest {

    private static final String ALL_KEYS = """
            global:
              storage:
                data:
                  claimName: cocalc-data
                software:
                  claimName: cocalc-software
                shares:
                  claimName: cocalc-shares
              shared_files_path: "public/[project_id]/files"
            storage:
              create: true
              class: fast-nfs
              size:
                data: 2Ti
                software: 100Gi
            manage:
              project:
                fixPermissionsInit: true
            """;

    private static StorageConfig storage(String text) {
        return HelmValues.parse(text, "my-values.yaml").storage();
    }

    private static StorageConfig withDataClaim(String name) {
        return StorageConfig.builder().dataClaim(name).build();
    }

    @Test
    void everyKeyIsRead() {
        assertThat(storage(ALL_KEYS))
                .isEqualTo(StorageConfig.builder()
                        .dataClaim("cocalc-data")
                        .softwareClaim("cocalc-software")
                        .sharesClaim("cocalc-shares")
                        .sharesSchema("public/[project_id]/files")
                        .created(CreatedClaims.of(
                                StorageClassName.parse("fast-nfs"),
                                StorageSize.parse("2Ti"),
                                StorageSize.parse("100Gi")))
                        .homeOwnership(HomeOwnership.fixPermissionsInit())
                        .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\n",
                "# nothing but\n# comments",
                "---",
                "--- # nothing\n...",
                "null",
                "~",
                "{}",
                "\uFEFF",
                "\uFEFF# x",
                "global: {storage: {data: {}, shares: {}}, shared_files_path: }",
                "global: {storage: {shares: }}",
                "global: {storage: {shares: {claimName: ~}}}",
                "global: {}\nstorage: {}\nmanage: {}",
                "global: {storage: {}}\nstorage: {size: {}}\nmanage: {project: {}}",
                "manage: {project: {fixPermissionsInit: }}",
                "hub: 1\nkernels: [1, 2]\n1: x\n? a\n: b"
            })
    void whatIsAbsentKeepsItsDefault(String text) {
        assertThat(storage(text)).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void withoutCreateTheClaimsAreTheOperators() {
        assertThat(storage("storage: {create: false, class: fast, size: {data: 1Gi}}")
                        .created())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storage: {create: }",
                "storage: {create: null, class: ~, size: {data: Null, software: NULL}}",
                "storage: {create: false, class: , size: }"
            })
    void nullIsFalseAndThenNeitherClassNorSizesAreNeeded(String text) {
        assertThat(storage(text).created()).isEmpty();
    }

    @Test
    void sizesAndClassHaveDefaultsOfTheirOwn() {
        assertThat(storage("storage: {size: {data: 1Ti}}").created())
                .contains(CreatedClaims.of(
                        StorageClassName.parse("nfs"), StorageSize.parse("1Ti"), StorageSize.parse("10Gi")));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "True, true",
        "TRUE, true",
        "yes, true",
        "Yes, true",
        "YES, true",
        "on, true",
        "On, true",
        "ON, true",
        "y, true",
        "Y, true",
        "false, false",
        "False, false",
        "FALSE, false",
        "no, false",
        "No, false",
        "NO, false",
        "off, false",
        "Off, false",
        "OFF, false",
        "n, false",
        "N, false"
    })
    void booleansAreThoseOfHelm(String word, boolean meaning) {
        assertThat(storage("storage: {create: " + word + "}").created().isPresent())
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "1Gi, 1073741824",
        "'\"1Gi\"', 1073741824",
        "1.5Gi, 1610612736",
        "1e3, 1000",
        "'\"1e3\"', 1000",
        "1E3, 1000",
        "1.0e+3, 1000",
        "1000, 1000",
        "'\"1000\"', 1000",
        "1000.0, 1000",
        "10737418240, 10737418240",
        "5k, 5000"
    })
    void sizesAreTextsOrNumbers(String size, String bytes) {
        assertThat(storage("storage: {size: {data: " + size + "}}").created())
                .get()
                .extracting(claims -> claims.dataSize().bytes().toString())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cocalc-data",
                "'cocalc-data'",
                "\"cocalc-data\"",
                "\"cocalc\\x2ddata\"",
                "cocalc-data # the claim",
                "cocalc-data   ",
                "!!str cocalc-data",
                ">-\n        cocalc-data\n",
                "|-\n        cocalc-data\n"
            })
    void textsMayBeQuotedOrCommented(String scalar) {
        assertThat(storage("global:\n  storage:\n    data:\n      claimName: " + scalar))
                .isEqualTo(withDataClaim("cocalc-data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-01",
                "1.2.3",
                "0xyz",
                "1e",
                "=",
                "'123'",
                "\"true\"",
                "'yes'",
                "\"null\"",
                "0o",
                "0o8",
                "0b2",
                "0x",
                "0xg",
                "0x10000000000000000",
                "1e400",
                "1e4294967296",
                "0b1.0",
                "0b-2",
                "0b-0b1",
                "0b--1",
                "0x-1",
                "0o-7",
                "0o2000000000000000000000",
                "0b10000000000000000000000000000000000000000000000000000000000000000",
                "0b-10000000000000000000000000000000000000000000000000000000000000001",
                "'010'"
            })
    void whatHelmKeepsAsTextIsText(String scalar) {
        String name = scalar.replaceAll("['\"]", "").replace("=", "a");

        assertThat(storage("global: {storage: {data: {claimName: " + scalar.replace("=", "a") + "}}}"))
                .isEqualTo(withDataClaim(name));
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreRead() {
        assertThat(storage("\uFEFF" + ALL_KEYS.replace("\n", "\r\n"))).isEqualTo(storage(ALL_KEYS));
    }

    @Test
    void oneDocumentMayBeMarkedAsSuch() {
        assertThat(storage("%YAML 1.1\n---\n" + ALL_KEYS + "...\n# end\n")).isEqualTo(storage(ALL_KEYS));
    }

    @Test
    void jsonIsYaml() {
        assertThat(storage("{\"global\": {\"storage\": {\"data\": {\"claimName\": \"cocalc-data\"}}}}"))
                .isEqualTo(withDataClaim("cocalc-data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storage:\n  create: false\t# tab\n  class: nfs\t\nhub:\n  text: |\n    a\n    \ttab",
                "storage:\n  create:\tfalse",
                "storage:\t\t\n  \"create\"\t:\t\tfalse\t\n  class\t:\t'nfs'\t# nfs\n",
                "storage:\t{\tcreate:\tfalse\t,\tclass:\tnfs\t}\t",
                "{\n\t\"storage\": {\n\t\t\"create\": false,\n\t\t\"class\": \"nfs\"\n\t}\n}\n",
                "---\t# begin\nstorage: {create: false}",
                "storage: {create: false}\n...\t# end",
                "a: &a\tfalse\nstorage: {create: *a\t,\t# not ours\n\tclass: 'nfs' }",
                "hub:\n- a:\tb\n  c:\td\nstorage:\n  create: false",
                "hub:\t|2-\n  \ta\nstorage:\n  create: false"
            })
    void tabsThatIndentNothingAreBlanks(String text) {
        assertThat(storage(text).created()).isEmpty();
    }

    @Test
    void anchorsAndAliasesAreFollowed() {
        assertThat(storage("""
                names: &data
                  claimName: &name cocalc-data
                hub:
                  claim: *name
                global:
                  storage:
                    data: *data
                """)).isEqualTo(withDataClaim("cocalc-data"));
    }

    @Test
    void aKeyWinsOverOneThatIsMerged() {
        assertThat(storage("""
                base: &base {claimName: base-data}
                global:
                  storage:
                    data:
                      <<: *base
                      claimName: cocalc-data
                """)).isEqualTo(withDataClaim("cocalc-data"));
    }

    @Test
    void ofMergedMapsTheFirstWins() {
        assertThat(storage("""
                x-first: &first {class: first}
                x-second: &second {class: second, create: false}
                x-third: &third
                  <<: *second
                  class: third
                storage:
                  <<: [*first, *third]
                """).created()).isEmpty();
        assertThat(storage("x: &x {class: first}\ny: &y {class: second}\nstorage: {<<: [*x, *y]}")
                        .created())
                .get()
                .extracting(CreatedClaims::storageClass)
                .isEqualTo(StorageClassName.parse("first"));
    }

    @Test
    void mergedMapsAreNotMixedBelowTheirKeys() {
        assertThat(storage("x: &x {size: {data: 1Ti}}\nstorage: {<<: *x, size: {software: 2Ti}}")
                        .created())
                .contains(CreatedClaims.of(
                        StorageClassName.parse("nfs"), StorageSize.parse("10Gi"), StorageSize.parse("2Ti")));
    }

    @Test
    void aQuotedMergeKeyIsAnOrdinaryKey() {
        assertThat(storage("x: &x {class: fast}\n\"<<\": {storage: *x}")).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void everythingElseIsIgnoredWhateverItIs() {
        assertThat(storage("""
                hub: !!java.lang.ProcessBuilder [[touch, /tmp/x]]
                x: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ["http://example.com/"]]]]
                kernels: !unknown {a: 1, a: 2}
                1: one
                true: yes
                "~": null
                global: {storages_of_others: 1, settings: {create: maybe, claimName: "Not A Name"}}
                manage: {prepull: [], project: {tag: 5, fix: {permissions: [init]}}}
                networkPolicy: {allowProjectEgress: {&a a: *a}}
                """.replace("storages_of_others", "other_storage"))).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void theConfigurationIsShownInWords() {
        assertThat(HelmValues.parse("", "x")).hasToString("HelmValues[" + StorageConfig.defaults() + "]");
    }
}
