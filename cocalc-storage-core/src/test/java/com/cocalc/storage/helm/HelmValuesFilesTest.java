package com.cocalc.storage.helm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, and files laid over files as Helm does it. */
class HelmValuesFilesTest {

    private final Path directory;

    HelmValuesFilesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void startWithNothing() {
        assertThat(directory).isEmptyDirectory();
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text, UTF_8);
    }

    private Path file(String name, String text, Charset charset) throws IOException {
        return Files.writeString(directory.resolve(name), text, charset);
    }

    private StorageConfig layered(String... texts) throws IOException {
        return HelmValues.read(files(texts)).storage();
    }

    private List<Path> files(String... texts) throws IOException {
        Path[] files = new Path[texts.length];
        for (int i = 0; i < texts.length; i++) {
            files[i] = file((char) ('a' + i) + ".yaml", texts[i]);
        }
        return List.of(files);
    }

    private List<String> problems(Path... files) {
        return catchThrowableOfType(HelmValuesException.class, () -> HelmValues.read(List.of(files)))
                .problems()
                .stream()
                .map(problem -> problem.replace(directory + "/", ""))
                .toList();
    }

    @Test
    void aFileIsRead() throws IOException {
        Path file = file("my-values.yaml", "storage: {create: false}");

        assertThat(HelmValues.read(file).storage())
                .isEqualTo(StorageConfig.builder().bringYourOwnClaims().build());
    }

    @Test
    void noFileIsTheChartsDefaults() {
        assertThat(HelmValues.read(List.of()).storage()).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void errorsNameTheFileAsItWasGiven() throws IOException {
        Path file = file("my-values.yaml", "storage: 1");

        assertThat(catchThrowableOfType(HelmValuesException.class, () -> HelmValues.read(file)))
                .hasMessageContaining("(" + file + ", line 1, column 10)");
    }

    @Test
    void aLaterFileWinsKeyByKey() throws IOException {
        assertThat(layered(
                        "storage: {class: slow, size: {data: 1Ti, software: 5Gi}}\nglobal: {storage: {data: {claimName: a}}}",
                        "storage: {class: fast, size: {data: 2Ti}}",
                        "storage: {size: {data: 3Ti}}"))
                .isEqualTo(StorageConfig.builder()
                        .dataClaim("a")
                        .created(CreatedClaims.of(
                                StorageClassName.parse("fast"), StorageSize.parse("3Ti"), StorageSize.parse("5Gi")))
                        .build());
    }

    @Test
    void nullInALaterFileTakesTheChartsDefaultAwayAsWell() throws IOException {
        Path[] files = files(
                        "global: {storage: {data: {claimName: a}, shares: {claimName: b}}}",
                        "global: {storage: {data: {claimName: null}}}")
                .toArray(Path[]::new);

        assertThat(problems(files))
                .containsExactly("global.storage.data.claimName must have a value, but was null (b.yaml, line 1, column"
                        + " 38); remove the key; null removes the chart's default \"projects-data\"");
    }

    @Test
    void nullInALaterFileForAMapTakesAllOfItAway() throws IOException {
        Path[] files = files("global: {storage: {data: {claimName: a}}}", "global: {storage: {data: ~}}")
                .toArray(Path[]::new);

        assertThat(problems(files))
                .containsExactly("global.storage.data must be a map of keys, but was null (b.yaml, line 1, column 26);"
                        + " remove the key; null removes the chart's defaults below it");
    }

    @Test
    void nullWhereTheChartHasNoDefaultDeletesWhatEarlierFilesSay() throws IOException {
        String first = "global: {storage: {shares: {claimName: b}}, shared_files_path: 'x/[project_id]'}";

        assertThat(layered(first, "global: {storage: {shares: {claimName: }}}").sharesClaim())
                .hasToString("projects-data");
        assertThat(layered(first, "global: {storage: {shares: }}").sharesClaim())
                .hasToString("projects-data");
        assertThat(layered(first, "global: {shared_files_path: null}").sharesSchema())
                .hasToString("shares/[project_id]");
    }

    @Test
    void nullOfAnEarlierFileIsOvercome() throws IOException {
        assertThat(layered(
                        "global: {storage: {data: {claimName: null}, software: null}}\nstorage: {create: null}",
                        "global: {storage: {data: {claimName: a}, software: {}}}\nstorage: {create: true}"))
                .isEqualTo(StorageConfig.builder().dataClaim("a").build());
    }

    @Test
    void nullOfALaterFileIsFalseForABoolean() throws IOException {
        assertThat(layered("storage: {create: true}", "storage: {create: }").created())
                .isEmpty();
        assertThat(layered("manage: {project: {fixPermissionsInit: true}}", "manage: {project: {fixPermissionsInit: }}")
                        .homeOwnership())
                .isEqualTo(StorageConfig.defaults().homeOwnership());
    }

    @Test
    void whatWasDeletedDoesNotComeBackWithALaterMap() throws IOException {
        assertThat(layered("storage: {class: slow, create: false}", "storage: null", "storage: {size: {data: 2Ti}}")
                        .created())
                .contains(CreatedClaims.of(
                        CreatedClaims.DEFAULTS.storageClass(), StorageSize.parse("2Ti"), StorageSize.parse("10Gi")));
    }

    @Test
    void aMapReplacesNullAndBringsTheChartsDefaultsBack() throws IOException {
        assertThat(layered("storage: null", "storage: {create: false}").created())
                .isEmpty();
    }

    @Test
    void anEmptyFileChangesNothing() throws IOException {
        assertThat(layered("storage: {create: false}", "", "# nothing", "null").created())
                .isEmpty();
    }

    @Test
    void aMapReplacesWhatIsNoneAndTheOtherWayRound() throws IOException {
        assertThat(layered("storage: wrong", "storage: {create: false}").created())
                .isEmpty();

        assertThat(problems(files("storage: {create: false}", "storage: wrong").toArray(Path[]::new)))
                .containsExactly(
                        "storage must be a map of keys, but was the text \"wrong\" (b.yaml, line 1, column 10); write"
                                + " its keys below it, indented");
    }

    @Test
    void aWrongValueThatALaterFileReplacesHasNoEffect() throws IOException {
        assertThat(layered("storage: {create: maybe, nonsense: 1}", "storage: {create: false, nonsense: null}")
                        .created())
                .isEmpty();
    }

    @Test
    void anUnknownKeyWithoutAValueIsStillAMistake() throws IOException {
        assertThat(problems(files("storage: {nonsense: null}").toArray(Path[]::new)))
                .singleElement()
                .asString()
                .contains("but was \"nonsense\" (a.yaml, line 1, column 11)");
    }

    @Test
    void eachErrorNamesTheFileThatTheValueCameFrom() throws IOException {
        Path[] files = files(
                        "storage: {class: _}\nglobal: {storage: {data: {claimName: x}}}",
                        "storage: {create: maybe}\nglobal: {storage: {software: {claimName: x}}}",
                        "\nstorage: {clas: a}")
                .toArray(Path[]::new);

        assertThat(problems(files))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("storage.class must be")
                                .contains("(a.yaml, line 1, column 18)"),
                        second -> assertThat(second)
                                .startsWith("storage.create must be true or false")
                                .contains("(b.yaml, line 1, column 19)"),
                        clash -> assertThat(clash)
                                .startsWith("global.storage.software.claimName must differ from")
                                .contains("also at a.yaml, line 2, column 38 (b.yaml, line 2, column 42)"),
                        third -> assertThat(third)
                                .startsWith("a key of storage must be create, class, size")
                                .contains("(c.yaml, line 2, column 11)"));
    }

    @Test
    void aKnownKeyOfOneFileMakesAnotherFilesKeyHarmless() throws IOException {
        assertThat(layered("manage: {projects: 1}", "manage: {project: {}}")).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void filesThatCannotBeReadAreReportedTogetherWithAllElse() throws IOException {
        Path wrong = file("wrong.yaml", "storage: 1");
        Path broken = file("broken.yaml", "a: [");

        assertThat(problems(directory.resolve("missing.yaml"), wrong, directory, broken))
                .satisfiesExactly(
                        missing -> assertThat(missing)
                                .isEqualTo("missing.yaml must be a file, but does not exist; check its path"),
                        storage -> assertThat(storage).contains("(wrong.yaml, line 1, column 10)"),
                        folder -> assertThat(folder)
                                .isEqualTo(directory
                                        + " must be a file, but was a directory; name the file in it, for example"
                                        + " my-values.yaml"),
                        syntax -> assertThat(syntax).startsWith("broken.yaml must be YAML"));
    }

    @Test
    void aFileThatMayNotBeReadIsSaidToBeSo() {
        assertThat(ValuesFile.unreadable("x.yaml", new AccessDeniedException("x.yaml")))
                .isEqualTo("x.yaml must be readable, but access was denied; check the permissions of the file and its"
                        + " directories");
        assertThat(ValuesFile.unreadable("x.yaml", new FileSystemLoopException("x.yaml")))
                .isEqualTo(
                        "x.yaml must be readable, but reading it failed with FileSystemLoopException; check that it is a"
                                + " file");
    }

    @Test
    void aFileWithoutAnEndIsRefused() {
        Path endless = Path.of("/dev/zero");

        assertThat(problems(endless))
                .containsExactly(
                        "/dev/zero must be at most 4194304 bytes long, but was longer; check that it is the file with"
                                + " the values, Helm stores at most 1 MiB");
    }

    @Test
    void aFileThatIsNotInUtf8IsRefusedWithThePlace() throws IOException {
        assertThat(problems(file("latin.yaml", "hub: x\nname: Zürich", ISO_8859_1)))
                .containsExactly(
                        "latin.yaml must be in UTF-8, but was the byte 0xFC (latin.yaml, line 2, column 8); save the"
                                + " file as UTF-8");
        assertThat(problems(file("wide.yaml", "hub: x", UTF_16)))
                .containsExactly(
                        "wide.yaml must be in UTF-8, but was the byte 0xFE (wide.yaml, line 1, column 1); save the"
                                + " file as UTF-8");
    }

    @Test
    void aFileThatEndsWithinACharacterIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("cut.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE2, (byte) 0x82});

        assertThat(problems(file))
                .containsExactly(
                        "cut.yaml must be in UTF-8, but was the byte 0xE2 (cut.yaml, line 1, column 4); save the file"
                                + " as UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "# only\r\n# comments\r\n"})
    void aFileThatSaysNothingIsRead(String text) throws IOException {
        assertThat(HelmValues.read(file("empty.yaml", text)).storage()).isEqualTo(StorageConfig.defaults());
    }

    @Test
    void aTypingMistakeInAnotherFileThanTheRightKeyIsFound() throws IOException {
        Path[] files = files(
                        "storage: {create: false}\nglobal: {}\nmanage: {project: {fixPermissionsInit: false}}",
                        "storge: {create: true}\nglobl: {}\nmanage: {project: {fixPermisionsInit: true}}")
                .toArray(Path[]::new);

        assertThat(problems(files))
                .containsExactly(
                        "a key of the file must not be mistaken for storage, but was \"storge\" (b.yaml, line 1, column"
                                + " 1); rename it to storage, otherwise it has no effect",
                        "a key of the file must not be mistaken for global, but was \"globl\" (b.yaml, line 2, column 1);"
                                + " rename it to global, otherwise it has no effect",
                        "a key of manage.project must not be mistaken for fixPermissionsInit, but was"
                                + " \"fixPermisionsInit\" (b.yaml, line 3, column 20); rename it to fixPermissionsInit,"
                                + " otherwise it has no effect");
    }

    @Test
    void aMisplacedKeyIsFoundUnderTheMapOfALaterFile() throws IOException {
        assertThat(problems(files(
                                "hub: {fixPermissionsInit: true}\nproject: {fixPermissionsInit: true}",
                                "hub: {x: 1}\nproject: {}",
                                "hub: {}\nproject: {a: 1}")
                        .toArray(Path[]::new)))
                .satisfiesExactly(
                        hub -> assertThat(hub)
                                .startsWith("a key of hub must be in its place, but was \"fixPermissionsInit\" (a.yaml,"
                                        + " line 1, column 7); move it to manage.project.fixPermissionsInit"),
                        project -> assertThat(project)
                                .startsWith(
                                        "a key of the file must be in its place, but was \"project\" (a.yaml, line 2,"
                                                + " column 1); move it to manage.project"));
    }

    @Test
    void eachFileHasAHundredProblemsOfItsOwn() throws IOException {
        String wrong = "storage:\n" + "  x: 1\n".repeat(250);

        List<String> problems = problems(files("storage: {clas: a}", wrong).toArray(Path[]::new));

        assertThat(problems).hasSize(102);
        assertThat(problems.get(0)).contains("(a.yaml, line 1, column 11)");
        assertThat(problems.get(1)).contains("(b.yaml, line 2, column 3)");
        assertThat(problems.get(100)).contains("(b.yaml, line 101, column 3)");
        assertThat(problems.get(101))
                .isEqualTo("b.yaml must have no other problem, but was found to have 150 more than these 100;"
                        + " correct these and read it again");
    }

    @Test
    void onePlaceOfAFileIsOneProblemInHoweverManyFiles() throws IOException {
        Path file = file("twice.yaml", "storage: {nonsense: 1}");

        assertThat(Stream.of(problems(file, file)).flatMap(List::stream)).hasSize(1);
    }
}
