package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/operators.md whose output is shown there. */
class OperatorsGuideTest {

    private static final Path GUIDE = Path.of("../docs/operators.md");
    private static final Pattern SHOWN = Pattern.compile("```sh\n([^`]*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);

    /** What the kubectl of the guide's cluster prints. */
    private static final Map<String, String> KUBECTL = Map.of(
            "kubectl get pods -n cocalc -o yaml",
            "pods.yaml",
            "kubectl get -n cocalc -o yaml pvc,pv,sc,csidriver,namespace,quota,service,endpointslice,pod,job,event",
            "cluster.yaml",
            "kubectl get pod,event -n cocalc -o yaml",
            "stuck.yaml");

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void writeTheFilesOfTheGuide() throws IOException {
        Files.writeString(directory.resolve("my-values.yaml"), resource("my-values.yaml"));
    }

    @Test
    void eachCommandPrintsWhatTheGuideShows() throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher shown = SHOWN.matcher(Files.readString(GUIDE));
        while (shown.find()) {
            String command = shown.group(1).strip();

            assertThat(run(command).out()).as(command).startsWith(shown.group(2));
            commands.add(command);
        }

        assertThat(commands).hasSize(5);
    }

    @Test
    void withTheLicencesTheAuditFindsNothing() throws IOException {
        Path licenses = Files.writeString(directory.resolve("licenses.jsonl"), """
                {"project_id": "c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90", "site_license": {"x": {"quota": {"ext_rw": true}}}}
                """);

        assertThat(run(
                        "kubectl get pods -n cocalc -o yaml |\n  cocalc-storage audit --values my-values.yaml --licenses "
                                + licenses))
                .isEqualTo(new Run(0, "nothing found in 2 pods\n", ""));
    }

    private Run run(String command) throws IOException {
        int pipe = command.indexOf(" |\n");
        String input =
                pipe < 0 ? "" : resource("guide/" + Objects.requireNonNull(KUBECTL.get(command.substring(0, pipe))));
        String program = command.substring(pipe < 0 ? 0 : pipe + 2).strip();
        List<String> arguments = new ArrayList<>(List.of(program.split("\\s+")));

        assertThat(arguments.remove(0)).isEqualTo("cocalc-storage");
        arguments.replaceAll(argument ->
                argument.equals("my-values.yaml") ? directory.resolve(argument).toString() : argument);
        return Run.with(input, arguments.toArray(String[]::new));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(OperatorsGuideTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
