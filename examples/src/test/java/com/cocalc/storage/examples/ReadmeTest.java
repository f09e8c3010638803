package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(block("java"))
                .isEqualTo(GuidePage.regionsWithImports("ReadmeExample").get(0));
    }

    @Test
    void itIsShort() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void eachPageThatItLeadsToIsThere() throws IOException {
        List<String> pages = Pattern.compile("\\]\\(([^)#:]+)\\)")
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(pages)
                .contains("docs/hub.md", "docs/services.md", "docs/operators.md", "docs/testing.md")
                .allMatch(page -> Files.exists(ROOT.resolve(page)));
    }

    @Test
    void theExampleGivesAPodWithTheProjectsFiles() throws IOException {
        Path values =
                Files.writeString(directory.resolve("my-values.yaml"), "global: {storage: {data: {claimName: d}}}\n");

        Pod pod = ReadmeExample.withStorage(
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

    @Test
    void thePictureIsDrawnByTheModel() throws IOException {
        assertThat(block("mermaid"))
                .isEqualTo(StorageModel.of(StorageConfig.defaults()).toMermaid().strip());
    }

    @Test
    void theCommandsAreThoseOfTheContinuousBuild() throws IOException {
        String second =
                block("sh").lines().filter(line -> line.contains("verify")).collect(Collectors.joining());

        String command = second.replaceFirst("\\s*#.*", "");
        assertThat(Files.readString(ROOT.resolve(".ci/run")).replace("mvn -B -T 1C ", "mvn -B "))
                .contains("\n" + command + "\n");
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
