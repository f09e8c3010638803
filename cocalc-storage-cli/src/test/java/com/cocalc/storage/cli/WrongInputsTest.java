package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators get wrong, and word for word what the program answers. {@code -Dcocalc.write=true} writes the file
 * anew.
 */
class WrongInputsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/com/cocalc/storage/cli/wrong-inputs.txt");
    private static final String ID = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";

    @TempDir
    private Path directory = Path.of("");

    private final List<String> transcript = new ArrayList<>();

    /** Runs the program with a text on standard input and files by name, and notes what it says. */
    private void wrong(String mistake, String input, String... arguments) {
        List<String> placed = new ArrayList<>();
        for (String argument : arguments) {
            placed.add(
                    argument.startsWith("@")
                            ? directory.resolve(argument.substring(1)).toString()
                            : argument);
        }
        Run run = Run.with(input, placed.toArray(String[]::new));

        assertThat(run.exitCode()).as(mistake).isEqualTo(2);
        assertThat(run.out()).as(mistake).isEmpty();
        assertThat(run.err())
                .as(mistake)
                .startsWith("error: ")
                .hasLineCount(1)
                .doesNotContain("Exception", "\tat ", "java.");
        transcript.add("# " + mistake + "\n$ cocalc-storage "
                + String.join(" ", arguments).replace("@", "") + "\n"
                + run.err().replace(directory + "/", ""));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void eachMistakeIsAnsweredInOneLineThatSaysWhatWhereAndHowToFix() throws IOException {
        file("values.yaml", "global:\n  storage:\n    data:\n      claimName: Projects_Data\n");
        file("tabs.yaml", "global:\n\tstorage: {}\n");
        file("two.yaml", "kind: Pod\nmetadata: {name: a}\n---\nkind: Pod\nmetadata: {name: b}\n");
        file("licenses.json", "{\"x\":{\"quota\":{\"ext_rw\":true}}}");
        file("cut.json", "{\"x\":{\"quota\":{\"ext_rw\":tr");
        file("lines.jsonl", "{\"project_id\":\"" + ID + "\",\"site_license\":{}}\n{\"project_id\":\"1-1\"}\n");
        file("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b}]}\n");
        Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4, '\n'});

        wrong("a command that there is not", "", "aduit");
        wrong("an option that there is not", "", "audit", "--projet", ID);
        wrong("nothing on standard input", "", "audit");
        wrong("a file that is not there", "", "audit", "@gone.yaml");
        wrong("a directory", "", "audit", "@.");
        wrong("a file that is not UTF-8", "", "audit", "@latin.yaml");
        wrong("YAML with a tab", "kind: Pod\n\tmetadata: {}\n", "audit");
        wrong("YAML that is not closed", "kind: Pod\nspec: {containers: [\n", "audit");
        wrong("JSON that is cut off", "{\"kind\": \"Pod\", \"spec\": {", "audit");
        wrong("a text without kind", "metadata: {name: p}\nspec: {}\n", "audit");
        wrong("an item without kind", "kind: List\nitems:\n- kind: Pod\n- spec: {}\n", "diagnose");
        wrong("a list in YAML instead of a List", "- kind: Pod\n- kind: Pod\n", "audit");
        wrong("only other kinds", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n", "audit");
        wrong("an alias", "kind: Pod\nmetadata: &m {name: p}\nspec: *m\n", "audit");
        wrong("an error message of kubectl", "Error from server (NotFound): pods \"x\" not found\n", "audit");
        wrong("what kubectl prints for people", "NAME        READY   STATUS\nproject-1   1/1     Running\n", "audit");
        wrong("what kubectl says where nothing is", "No resources found in cocalc namespace.\n", "audit");
        wrong("a kind in small letters", "kind: pod\nmetadata: {name: p}\n", "audit");
        wrong("a workload without a template", "kind: Deployment\nmetadata: {name: d}\nspec: {}\n", "audit");
        wrong("an escape sequence", "kind: Pod\nmetadata: {name: \"\u001b[31m\"}\n", "audit");
        wrong("an option of kubectl for files", "", "audit", "-f", "@pod.yaml");
        wrong("an option of kubectl for formats", "", "audit", "@pod.yaml", "-o", "json");
        wrong("an option without its value", "", "audit", "@pod.yaml", "--fail-on");
        wrong("a command for help", "", "help", "audit");
        wrong("a pod in place of values", "", "volumes", "--values", "@pod.yaml");
        wrong("a diff without a project", "", "diff", "@pod.yaml");
        wrong("values of a chart that cannot be written", "", "objects", "--chart-values", "@gone/values.yaml");
        wrong("licences that are not JSON", "", "diff", "--project", ID, "--licenses", "@pod.yaml", "@pod.yaml");
        wrong("a project that is no UUID", "", "audit", "--project", "my-project");
        wrong("a project and a service", "", "audit", "--project", ID, "--service", "hub-next");
        wrong("a service that there is not", "", "audit", "--service", "hub");
        wrong("a format that there is not", "", "audit", "--format", "xml");
        wrong("a severity that there is not", "", "audit", "--fail-on", "info");
        wrong("licences of one project for many", "", "audit", "--licenses", "@licenses.json");
        wrong("licences that are cut off", "", "volumes", "--project", ID, "--licenses", "@cut.json");
        wrong("a line of licences without a right id", "", "audit", "--licenses", "@lines.jsonl");
        wrong("licences without a project", "", "volumes", "--licenses", "@licenses.json");
        wrong("a claim name that cannot be", "", "volumes", "--values", "@values.yaml");
        wrong("values with a tab", "", "objects", "--values", "@tabs.yaml");
        wrong("two pods for diff", "", "diff", "--project", ID, "@two.yaml");
        wrong("a container that the pod has not", "", "diff", "--project", ID, "--container", "x", "@pod.yaml");
        wrong("a preflight without a namespace", "kind: List\nitems: []\n", "preflight");
        wrong("a namespace that cannot be", "kind: List\nitems: []\n", "preflight", "--namespace", "CoCalc");
        wrong("a pod that the input has not", "kind: Pod\nmetadata: {name: p}\n", "diagnose", "--pod", "q");
        wrong("a path outside the storage", "", "where", ID, "/tmp/x");
        wrong("a path with ..", "", "where", ID, "../x");
        wrong("a size that is none", "", "objects", "--node-range", "10.0.0.0");
        wrong("storage that is not mounted", "", "certify", "@gone");
        wrong("a back end that there is not", "", "play", "--back-end", "FLOPPY");
        wrong("a path of no project", "", "copy", "notes", ID);
        wrong("a path that leads upwards", "", "copy", ID + ":../x", ID);
        wrong("a time limit that is none", "", "copy", ID + ":x", ID + ":y", "--timeout", "5m");
        wrong("projects that are not mounted", "", "publish", ID + ":x", "--root", "@gone");

        String found = String.join("\n", transcript);
        if (Boolean.getBoolean("cocalc.write")) {
            Files.writeString(GOLDEN, found);
        }
        assertThat(found).isEqualTo(Files.readString(GOLDEN));
    }
}
