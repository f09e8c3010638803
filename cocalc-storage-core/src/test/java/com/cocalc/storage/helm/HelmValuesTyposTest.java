package com.cocalc.storage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every known key with every single slip of the hand: alone, beside the right one, before and after it in files. */
class HelmValuesTyposTest {

    private static final List<String> LEAVES = List.of(
            "global.storage.data.claimName: own-data",
            "global.storage.software.claimName: own-software",
            "global.storage.shares.claimName: own-shares",
            "global.shared_files_path: own/[project_id]",
            "storage.create: false",
            "storage.class: own",
            "storage.size.data: 5Gi",
            "storage.size.software: 5Gi",
            "manage.project.fixPermissionsInit: true");

    private static List<String> problems(String... files) {
        Problems problems = new Problems();
        Layers layers = new Layers(problems);
        for (int i = 0; i < files.length; i++) {
            problems.nextFile();
            layers.add(files[i], i + ".yaml");
        }
        StorageReader.read(layers.merged(), problems);
        try {
            problems.throwIfAny();
            return List.of();
        } catch (HelmValuesException e) {
            return e.problems();
        }
    }

    private static Set<String> slips(String name) {
        Set<String> slips = new LinkedHashSet<>();
        for (int i = 0; i <= name.length(); i++) {
            String before = name.substring(0, i);
            String after = name.substring(i);
            slips.add(before + "x" + after);
            if (!after.isEmpty()) {
                slips.add(before + after.charAt(0) + after);
                slips.add(before + after.substring(1));
                slips.add(before + (after.charAt(0) == 'x' ? 'z' : 'x') + after.substring(1));
            }
            if (after.length() > 1) {
                slips.add(before + after.charAt(1) + after.charAt(0) + after.substring(2));
            }
        }
        for (String invisible : List.of("\u00a0", "\u200b", " ", "_")) {
            slips.add(name + invisible);
        }
        slips.add("\uFEFF" + name);
        slips.remove(name);
        return slips;
    }

    /** The names of a leaf below each other, indented. */
    private static String lines(List<String> names, String value, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < names.size(); i++) {
            boolean isLast = i == names.size() - 1;
            text.append("  ".repeat(i)).append('"').append(names.get(i)).append("\":");
            text.append(isLast ? " " + value : "").append('\n');
        }
        return text.toString();
    }

    @Test
    void everySlipIsReportedWithTheRightName() {
        List<String> silent = new ArrayList<>();
        int cases = 0;
        for (String leaf : LEAVES) {
            List<String> names = List.of(leaf.substring(0, leaf.indexOf(':')).split("\\."));
            String value = leaf.substring(leaf.indexOf(':') + 2);
            String right = lines(names, value, 0);
            for (int level = 0; level < names.size(); level++) {
                for (String slip : slips(names.get(level))) {
                    List<String> mistyped = new ArrayList<>(names);
                    mistyped.set(level, slip);
                    String wrong = lines(mistyped, value, 0);
                    List<List<String>> reports = List.of(
                            problems(wrong),
                            problems(right + lines(mistyped, value, level)),
                            problems(right, wrong),
                            problems(wrong, right));
                    cases += reports.size();
                    for (List<String> report : reports) {
                        boolean isNamed = String.join("\n", report).contains(names.get(level));
                        if (!isNamed && !slip.isBlank()) {
                            silent.add(slip + " for " + names.get(level) + ": " + report);
                        }
                    }
                }
            }
        }

        assertThat(silent).isEmpty();
        assertThat(cases).isGreaterThan(4_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            global_storage_data_claim_name: x             | the file | global: storage: data: claimName:
            globalStorageDataClaimName: x                 | the file | global: storage: data: claimName:
            global-storage: {data: {claimName: x}}        | the file | global: storage:
            global/storage: {data: {claimName: x}}        | the file | global: storage:
            globalSharedFilesPath: x                      | the file | global: shared_files_path:
            storage_create: false                         | the file | storage: create:
            storageSizeData: 5Gi                          | the file | storage: size: data:
            storage-size: {data: 5Gi}                     | the file | storage: size:
            manage_project: {fixPermissionsInit: true}    | the file | manage: project:
            global: {storage_data: {claimName: x}}        | global   | global: storage: data:
            global: {storage: {dataClaimName: x}}         | global.storage | global: storage: data: claimName:
            storage: {size_data: 5Gi}                     | storage  | storage: size: data:
            """)
    void aPathInOneNameIsNoPath(String text, String map, String nested) {
        assertThat(problems(text))
                .singleElement()
                .asString()
                .startsWith("a key of " + map + " must be one for each map, but was \"")
                .endsWith("); write " + nested + " below each other, each indented; Helm takes it as one name");
    }

    /** Other charts have such keys. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "storageClass: nfs",
                "global: {storageClass: nfs, storage_class: x}",
                "storage-class: nfs",
                "storageSize: 5Gi",
                "storage_size: {request: 5Gi}",
                "hub: {storage: {class: nfs, size: 5Gi, create: true}}",
                "hub: {storage: {data: {size: 5Gi}}, data: {claimName: x}, persistence: {claimName: y}}",
                "global: {}\nglobals: {storage: nfs}"
            })
    void namesOfOtherPartsAreNotOurs(String text) {
        assertThat(HelmValues.parse(text, "my-values.yaml").storage()).isEqualTo(StorageConfig.defaults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            global: {storage: {data: {claimName: a}}};globals: {storage: {data: {claimName: b}}} | a key of the file must not be mistaken for global, but was "globals"
            global: {storage: {data: {claimName: a}}, storages: {data: {claimName: b}}} | a key of global must not be mistaken for storage, but was "storages"
            storage: {create: true};storages: {create: false} | a key of the file must not be mistaken for storage, but was "storages"
            cocalc: {storage: {data: {claimName: b}}} | a key of cocalc must be in its place, but was "storage" (my-values.yaml, line 1, column 10); move it to global.storage
            global: {hub: [{storage: {software: {claimName: b}}}]} | a key of global.hub[] must be in its place, but was "storage" (my-values.yaml, line 1, column 17); move it to global.storage
            storage: {data: {claimName: x}} | a key of storage must be create, class, size, but was "data" (my-values.yaml, line 1, column 11); move it to global.storage.data, or remove it
            storage: {data: 5Gi} | a key of storage must be create, class, size, but was "data" (my-values.yaml, line 1, column 11); move it to storage.size.data, or remove it
            """)
    void whatAMapHoldsTellsWhichOneIsMeant(String text, String problem) {
        assertThat(problems(text.replace(';', '\n')))
                .singleElement()
                .asString()
                .startsWith(problem.replace("my-values.yaml", "0.yaml"));
    }
}
