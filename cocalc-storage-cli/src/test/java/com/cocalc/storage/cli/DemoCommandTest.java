package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README's first command prints. */
class DemoCommandTest {

    private static final Path README = Path.of("../README.md");

    @Test
    void theVolumesComeFirstThenThePodsThenThePlay() {
        Run volumes = Run.on(1_000, Screen.Colours.OFF, "volumes");
        Run pods = Run.of("volumes", "--format", "yaml", "--image", Play.IMAGE);
        Run play = Run.of("play");

        assertThat(Run.of("demo")).isEqualTo(new Run(0, volumes.out() + "\n" + pods.out() + "\n" + play.out(), ""));
    }

    @Test
    void theReadmeShowsWhatItPrints() throws IOException {
        List<String> blocks = blocks("text");

        assertThat(blocks).hasSize(2);
        assertThat(Run.of("demo").out()).contains(blocks);
    }

    @Test
    void theReadmeRunsIt() throws IOException {
        assertThat(blocks("sh").get(0))
                .startsWith("mvn -q -pl cocalc-storage-cli -am compile exec:java -Dexec.args=demo ");
    }

    @Test
    void withoutArgumentsTheUsageIsPrinted() {
        assertThat(Run.of()).isEqualTo(Run.of("--help"));
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .map(block -> block.group(1).strip())
                .toList();
    }
}
