package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theExampleIsTheCodeThatRunsBelow() throws IOException {
        String source = Files.readString(Path.of("src/test/java/com/cocalc/storage/examples/ReadmeTest.java"));
        Matcher region = Pattern.compile("// begin of the example\n(.*?)\\s*// end of the example", Pattern.DOTALL)
                .matcher(source);

        assertThat(region.find()).isTrue();
        assertThat(block("java")).isEqualTo(region.group(1).stripIndent().strip());
    }

    @Test
    void theExampleGivesAPodWithTheProjectsFiles() throws IOException {
        Path values =
                Files.writeString(directory.resolve("my-values.yaml"), "global: {storage: {data: {claimName: d}}}\n");

        Pod pod = withStorage(
                new PodBuilder()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("project")
                        .endContainer()
                        .endSpec()
                        .build(),
                values,
                "{\"3f5ea6cb-d334-4dfe-a43f-2072073c2b13\":{\"quota\":{\"ext_rw\":true}}}");

        assertThat(pod.getSpec().getVolumes()).extracting("name").containsExactly("home", "ext");
        assertThat(pod.getSpec().getContainers().get(0).getVolumeMounts())
                .extracting("readOnly")
                .containsExactly(null, false);
    }

    @SuppressWarnings("SystemOut") // the reader of the example is to see the explanation
    private static Pod withStorage(Pod pod, Path valuesFile, String siteLicense) {
        // begin of the example
        StorageConfig config = HelmValues.read(valuesFile).storage();
        ProjectId project = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
        ProjectLicenses licenses = LicensesJson.parse(siteLicense);

        ProjectVolumes volumes = ProjectVolumes.forProject(project, licenses, config);
        System.out.println(volumes.softwareAccess().explain());

        Pod withStorage = PodStorage.of(volumes).applyTo(pod, "project");
        // end of the example
        return withStorage;
    }

    @Test
    void thePictureIsDrawnByTheModel() throws IOException {
        assertThat(block("mermaid"))
                .isEqualTo(StorageModel.of(StorageConfig.defaults()).toMermaid().strip());
    }

    @Test
    void theCommandsAreThoseOfTheContinuousBuild() throws IOException {
        String second =
                block("sh").lines().filter(line -> line.contains("verify")).collect(Collectors.joining());

        assertThat(Files.readString(ROOT.resolve(".ci/run")))
                .contains("\n" + second.replaceFirst("\\s*#.*", "") + "\n");
    }

    private static String block(String language) throws IOException {
        List<String> blocks = blocks(language);
        assertThat(blocks).as("blocks of " + language).isNotEmpty();
        return blocks.get(0);
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(block -> block.group(1).strip())
                .toList();
    }
}
