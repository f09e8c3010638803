package com.cocalc.storage.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.StorageConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are misspelled or misplaced, and those that are not. */
class HelmValuesKeysTest {

    private static List<String> problems(String text) {
        return catchThrowableOfType(HelmValuesException.class, () -> HelmValues.parse(text, "my-values.yaml"))
                .problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "global: {storage: {datas: {}}}|a key of global.storage must be data, software, shares, but was \"datas\" (my-values.yaml, line 1, column 20); the nearest is data; rename it or remove it",
                "global: {storage: {share: }}|a key of global.storage must be data, software, shares, but was \"share\" (my-values.yaml, line 1, column 20); the nearest is shares; rename it or remove it",
                "global: {storage: {data: {size: 1}}}|a key of global.storage.data must be claimName, but was \"size\" (my-values.yaml, line 1, column 27); move it to storage.size, or remove it",
                "storage: {claimName: x}|a key of storage must be create, class, size, but was \"claimName\" (my-values.yaml, line 1, column 11); move it to global.storage.data.claimName or global.storage.software.claimName or global.storage.shares.claimName, or remove it",
                "storage: {1: x}|a key of storage must be create, class, size, but was \"1\" (my-values.yaml, line 1, column 11); the nearest is size; rename it or remove it",
                "storage: {[a]: x}|my-values.yaml must have texts as keys, but was a list (my-values.yaml, line 1, column 11); write a name there, in quotes if it is a word for null",
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
                "cocalc: {global: {storage: {data: {claimName: a}}}}",
                "cocalc: {global: {storage: {software: {claimName: a}}}, storage: {create: false}}"
            })
    void theWholeOfOurKeysBelowTheNameOfAChartIsFound(String text) {
        assertThat(problems(text))
                .containsExactly("a key of cocalc must be in its place, but was \"global\" (my-values.yaml, line 1,"
                        + " column 10); move it to global, here it has no effect");
        assertThat(HelmValues.parse(
                                "nfs: {global: {storageClass: x, storage: {size: 1Gi}}, storage: {create: false}}", "x")
                        .storage())
                .isEqualTo(StorageConfig.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{storage: {}, storge: {}}|the file|storage|storge|1, column 15",
                "{storage: {}, STORAGE: {}}|the file|storage|STORAGE|1, column 15",
                "{global: {}, globl: {}}|the file|global|globl|1, column 14",
                "{global: {}, Global: {}}|the file|global|Global|1, column 14",
                "{GLOBAL: {}}|the file|global|GLOBAL|1, column 2",
                "{manage: {}, mange: {}}|the file|manage|mange|1, column 14",
                "manage: {project: {}, projetc: {}}|manage|project|projetc|1, column 23",
                "manage: {project: {fixPermissionsInit: false, fixPermissionInit: true}}|manage.project|fixPermissionsInit|fixPermissionInit|1, column 47",
                "manage: {project: {fixPermissionsInit: false, fixPermisionsInt: true}}|manage.project|fixPermissionsInit|fixPermisionsInt|1, column 47",
                "manage: {project: {fix_permissions_init: true}}|manage.project|fixPermissionsInit|fix_permissions_init|1, column 20",
                "manage: {project: {fix-permissions-init: true}}|manage.project|fixPermissionsInit|fix-permissions-init|1, column 20",
                "manage: {project: {FIXPERMISSIONSINIT: true}}|manage.project|fixPermissionsInit|FIXPERMISSIONSINIT|1, column 20",
                "manage: {project: {fix_permision_init: true}}|manage.project|fixPermissionsInit|fix_permision_init|1, column 20",
                "global: {sharedFilesPath: x}|global|shared_files_path|sharedFilesPath|1, column 10",
                "global: {SharedFilesPath: x, shared_files_path: 'x/[project_id]'}|global|shared_files_path|SharedFilesPath|1, column 10",
                "global: {shared-files-path: x}|global|shared_files_path|shared-files-path|1, column 10",
                "global: {storage: {}, Storage: x}|global|storage|Storage|1, column 23"
            })
    void anotherSpellingIsFoundBesideTheRightOneAsWell(
            String text, String map, String right, String found, String place) {
        assertThat(problems(text))
                .containsExactly("a key of " + map + " must not be mistaken for " + right + ", but was \"" + found
                        + "\" (my-values.yaml, line " + place + "); rename it to " + right
                        + ", otherwise it has no effect");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "global.storage.data.claimName: x|the file|global.storage.data.claimName|global: storage: data: claimName:",
                "global.storage: {data: {claimName: x}}|the file|global.storage|global: storage:",
                "Global.Storage.Data.claim_name: x|the file|Global.Storage.Data.claim_name|global: storage: data: claimName:",
                "storage.create: false|the file|storage.create|storage: create:",
                "manage.project.fixPermissionsInit: true|the file|manage.project.fixPermissionsInit|manage: project: fixPermissionsInit:",
                "manage.project: {}|the file|manage.project|manage: project:",
                "global.shared_files_path: x|the file|global.shared_files_path|global: shared_files_path:",
                "global: {storage.data.claimName: x}|global|storage.data.claimName|global: storage: data: claimName:",
                "global: {storage: {data.claimName: x}}|global.storage|data.claimName|global: storage: data: claimName:",
                "storage: {size.data: 1Gi}|storage|size.data|storage: size: data:",
                "storage: {size: {storage.size.data: 1Gi}}|storage.size|storage.size.data|storage: size: data:",
                "manage: {project.fixPermissionsInit: true}|manage|project.fixPermissionsInit|manage: project: fixPermissionsInit:",
                "manage: {project: {manage.project.fixPermissionsInit: true}}|manage.project|manage.project.fixPermissionsInit|manage: project: fixPermissionsInit:"
            })
    void aPathWithDotsIsNoPath(String text, String map, String found, String nested) {
        assertThat(problems(text))
                .singleElement()
                .asString()
                .startsWith(
                        "a key of " + map + " must have no dots, but was \"" + found + "\" (my-values.yaml, line 1, ")
                .endsWith(
                        "); write " + nested + " below each other, each indented; Helm takes dots as part of the name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fixPermissionsInit: true|the file|fixPermissionsInit|manage.project.fixPermissionsInit",
                "fix_permissions_init: true|the file|fix_permissions_init|manage.project.fixPermissionsInit",
                "fixPermisionsInit: true|the file|fixPermisionsInit|manage.project.fixPermissionsInit",
                "manage: {fixPermissionsInit: true}|manage|fixPermissionsInit|manage.project.fixPermissionsInit",
                "project: {fixPermissionsInit: true}|the file|project|manage.project",
                "global: {manage: {project: {fixPermissionsInit: true}}}|global|manage|manage",
                "global: {project: {fixPermissionsInit: true}}|global|project|manage.project",
                "hub: {fixPermissionsInit: true}|hub|fixPermissionsInit|manage.project.fixPermissionsInit",
                "hub: {a: {b: {fixPermissionInit: true}}}|hub.a.b|fixPermissionInit|manage.project.fixPermissionsInit",
                "manage: {project: {pod: {fixPermissionsInit: true}}}|manage.project.pod|fixPermissionsInit|manage.project.fixPermissionsInit",
                "shared_files_path: x|the file|shared_files_path|global.shared_files_path",
                "sharedFilesPath: x|the file|sharedFilesPath|global.shared_files_path",
                "manage: {shared_files_path: x}|manage|shared_files_path|global.shared_files_path",
                "global: {settings: {shared_files_path: x}}|global.settings|shared_files_path|global.shared_files_path",
                "data: {claimName: x}|the file|data|global.storage.data",
                "global: {software: {claimName: x}}|global|software|global.storage.software",
                "claimName: x|the file|claimName|global.storage.data.claimName or global.storage.software.claimName or global.storage.shares.claimName",
                "create: false|the file|create|storage.create",
                "global: {create: false}|global|create|storage.create",
                "class: fast|the file|class|storage.class",
                "size: {data: 1Gi}|the file|size|storage.size",
                "manage: {storage: {create: false}}|manage|storage|storage",
                "manage: {global: {storage: {data: {claimName: x}}}}|manage|global|global",
                "hub: [{fixPermissionsInit: true}]|hub[]|fixPermissionsInit|manage.project.fixPermissionsInit",
                "hub: {a: [1, {b: [[{shared_files_pth: x}]]}]}|hub.a[].b[][]|shared_files_pth|global.shared_files_path",
                "manage: {project: {pods: [x, {fix_permissions_init: true}]}}|manage.project.pods[]|fix_permissions_init|manage.project.fixPermissionsInit"
            })
    void aKeyInAnotherPlaceIsReportedWithTheRightOne(String text, String map, String found, String right) {
        assertThat(problems(text))
                .singleElement()
                .asString()
                .startsWith("a key of " + map + " must be in its place, but was \"" + found
                        + "\" (my-values.yaml, line 1, ")
                .endsWith("); move it to " + right + ", here it has no effect");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "storage: {data: {claimName: x}}|data|global.storage.data",
                "storage: {shared_files_path: x}|shared_files_path|global.shared_files_path",
                "storage: {size: {class: x}}|class|storage.class",
                "global: {storage: {create: false}}|create|storage.create",
                "global: {storage: {class: x}}|class|storage.class",
                "global: {storage: {sharedFilesPath: x}}|sharedFilesPath|global.shared_files_path",
                "global: {storage: {data: {data: x}}}|data|storage.size.data"
            })
    void aNeighbourThatBelongsElsewhereIsReportedWithTheRightPlace(String text, String found, String right) {
        assertThat(problems(text))
                .singleElement()
                .asString()
                .contains(", but was \"" + found + "\" (my-values.yaml, line 1, ")
                .endsWith("); move it to " + right + ", or remove it");
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                        "global.storage.data.claimName",
                        "global.storage.software.claimName",
                        "global.storage.shares.claimName",
                        "global.shared_files_path",
                        "storage.create",
                        "storage.class",
                        "storage.size.data",
                        "storage.size.software",
                        "manage.project.fixPermissionsInit")
                .flatMap(path -> levels(path).flatMap(HelmValuesKeysTest::spelled));
    }

    /** Each key of a path, with what stands above it and below it. */
    private static Stream<List<String>> levels(String path) {
        List<String> names = List.of(path.split("\\."));
        return IntStream.range(0, names.size())
                .mapToObj(i -> List.of(
                        String.join(".", names.subList(0, i)),
                        names.get(i),
                        String.join(".", names.subList(i + 1, names.size()))));
    }

    private static Stream<Arguments> spelled(List<String> level) {
        String name = level.get(1);
        String snake = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        String camel = Pattern.compile("_([a-z])")
                .matcher(snake)
                .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
        return Stream.of(
                        snake,
                        camel,
                        snake.replace('_', '-'),
                        snake.replace("_", ""),
                        name.toUpperCase(Locale.ROOT),
                        snake.toUpperCase(Locale.ROOT),
                        camel.substring(0, 1).toUpperCase(Locale.ROOT) + camel.substring(1),
                        name.substring(0, 1) + name.substring(2),
                        name + name.charAt(name.length() - 1),
                        "_" + name,
                        name + " ")
                .distinct()
                .filter(other -> !other.equals(name))
                .map(other -> Arguments.of(level.get(0), other, level.get(2), name));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void noOtherSpellingOfAKnownKeyIsSilent(String above, String written, String below, String right) {
        String value = below.isEmpty() ? "x" : nested(below, "x");
        String text = above.isEmpty()
                ? "{\"" + written + "\": " + value + "}"
                : nested(above, "{\"" + written + "\": " + value + "}");

        assertThat(problems(text))
                .singleElement()
                .asString()
                .contains("but was \"" + written + "\" (my-values.yaml, line 1, ")
                .contains(right);
    }

    private static String nested(String path, String value) {
        List<String> names = new ArrayList<>(List.of(path.split("\\.")));
        Collections.reverse(names);
        String text = value;
        for (String name : names) {
            text = "{" + name + ": " + text + "}";
        }
        return text;
    }

    @Test
    void theValuesOfOtherPartsOfCoCalcRaiseNoAlarm() {
        String others = """
                global:
                  dns: cocalc.example.com
                  imagePullSecrets: [{name: regcred}]
                  settings:
                    site_name: "On Prem"
                    default_quotas: '{"internet": true, "class": "small"}'
                    class: x
                    create: x
                    size: {data: x}
                    claimName: x
                  ssh_gateway: {enabled: true, recv_proxy: false}
                  networkingConfiguration: {projectsManagement: true}
                  database: {host: db, class: fast, size: 10Gi, storage: {class: fast, size: 1Gi, create: true}}
                  datastore: {enabled: true, data: x}
                  kubectl: {class: x}
                globals: {a: 1}
                storages: 3
                datastores: {data: {size: 1}}
                images: {storage: nfs}
                image: {class: a}
                localhost: {storage: a}
                data: {size: 1Gi}
                software: [a]
                shares: on
                project: {name: x}
                projects: {path: /p}
                hub: {storage: {create: true, claimName: x, size: {data: 1Gi}}, resources: {limits: {cpu: 1}}}
                manage:
                  timeout_pending_projects_min: 15
                  watchdog: {enabled: true}
                  copy: {resources: {}}
                  share: {resources: {}}
                  storage: {class: x, size: 10Gi}
                  prepull: {enabled: true}
                  projects: 5
                  data: x
                  create: true
                  class: x
                  project:
                    dedicatedProjectNodesTaint: false
                    projectNodeSelector: {a: b}
                    fixes: 1
                    permissionsInit: true
                    init: {fix: true}
                    storage: {class: x}
                    data: {a: b}
                    create: true
                    tag: 1.2.3
                kernels: {sizes: {data: 1}, storage: {data: 1Gi}}
                """;

        assertThat(HelmValues.parse(others + "storage: {create: false}", "my-values.yaml")
                        .storage()
                        .created())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manage: {project: {}, projects: {}}",
                "global: {}\nglobals: 1",
                "stor: 1",
                "manage: {project: {fixPerms: true}}"
            })
    void aKeyThatIsFarOffOrThePluralOfAKnownOneIsIgnored(String text) {
        assertThat(HelmValues.parse(text, "my-values.yaml").storage()).isEqualTo(StorageConfig.defaults());
    }
}
