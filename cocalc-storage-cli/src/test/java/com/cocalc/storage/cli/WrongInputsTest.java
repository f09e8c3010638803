package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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
                + Arrays.stream(arguments).map(WrongInputsTest::typed).collect(Collectors.joining(" ")) + "\n"
                + run.err().replace(directory + "/", ""));
    }

    /** An argument as somebody types it. */
    private static String typed(String argument) {
        String word = argument.replace("@", "").replace("\u001b", "^[");
        return word.isEmpty() || word.contains(" ") ? "'" + word + "'" : word;
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
        wrong("a path that leaves the software", "", "where", ID, "/ext/../home/user/x");
        wrong("a path beside the home", "", "where", ID, "/home/user/../user2/x");
        wrong("no path", "", "where", ID, "");
        wrong("an image with a blank", "", "objects", "--software-owner-image", "bad image");
        wrong("an image with a blank for a pod", "", "volumes", "--format", "yaml", "--image", "bad image");
        wrong("a size that is negative", "", "objects", "--data-size", "-1Gi");
        wrong("a class with a blank", "", "objects", "--class", "a b");
        wrong("a size that is none", "", "objects", "--node-range", "10.0.0.0");
        wrong("storage that is not mounted", "", "certify", "@gone");
        wrong("a back end that there is not", "", "play", "--back-end", "FLOPPY");
        wrong("a path of no project", "", "copy", "notes", ID);
        wrong("a path that leads upwards", "", "copy", ID + ":../x", ID);
        wrong("a time limit that is none", "", "copy", ID + ":x", ID + ":y", "--timeout", "5m");
        wrong("projects that are not mounted", "", "publish", ID + ":x", "--root", "@gone");

        textsThatAreNone();
        standardInputForTwoThings();
        licensesThatAreNone();
        optionsThatAreNone();
        argumentsThatAreNone();

        String found = String.join("\n", transcript);
        if (Boolean.getBoolean("cocalc.write")) {
            Files.writeString(GOLDEN, found);
        }
        assertThat(found).isEqualTo(Files.readString(GOLDEN));
    }

    private void textsThatAreNone() throws IOException {
        file("number.json", "{\"kind\":\"Pod\",\n \"spec\":" + "9".repeat(2_000) + "}");
        file("deep.json", "{\"kind\":\"Pod\",\n \"spec\":" + "{\"a\":".repeat(1_500));
        file("types.yaml", "kind: Pod\nmetadata: {name: p}\nspec: {volumes: {a: b}}\n");
        file("quantity.yaml", "kind: PersistentVolumeClaim\nspec: {resources: {requests: {storage: 1e999Zi}}}\n");
        Files.write(directory.resolve("utf16.yaml"), "\ufeffkind: Pod\n".getBytes(StandardCharsets.UTF_16LE));

        wrong("a number that is too long", "", "audit", "@number.json");
        wrong("objects in each other without end", "", "audit", "@deep.json");
        wrong("a file of PowerShell", "", "audit", "@utf16.yaml");
        wrong("a file without a name", "", "audit", "");
        wrong("a pod that is a text", "kind: Pod\nmetadata: {name: p}\nspec: hello\n", "audit");
        wrong("an item that is a text", "kind: List\nitems: [pod]\n", "audit");
        wrong("volumes that are no list", "", "diff", "--project", ID, "@types.yaml");
        wrong("volumes that are no list, for diagnose", "", "diagnose", "@types.yaml");
        wrong("a size that is no quantity", "", "preflight", "--namespace", "cocalc", "@quantity.yaml");
        wrong("what kubectl get --raw gives", "kind: Table\nrows: []\n", "preflight", "--namespace", "cocalc");
        wrong("only events", "kind: Event\napiVersion: v1\n", "diagnose");
        wrong("an empty list for diff", "kind: List\nitems: []\n", "diff", "--project", ID);
    }

    private void standardInputForTwoThings() {
        wrong("licences and pods on standard input", "", "audit", "--licenses", "-");
        wrong("standard input twice", "", "audit", "-", "-");
        wrong("a pod and licences on standard input", "", "diff", "--project", ID, "--licenses", "-");
        wrong("a pod and the next one on standard input", "", "diff", "--project", ID, "--next", "-");
        wrong("a pod and its log on standard input", "", "diagnose", "--pod", "p", "--log", "-");
        wrong("patches and a pod on standard input", "", "patches", "--project", ID, "--licenses", "-", "-");
        wrong(
                "licences of two projects on standard input",
                "",
                "volumes",
                "--project",
                ID,
                "--licenses",
                "-",
                "--project",
                ID,
                "--licenses",
                "-");
        wrong("values on standard input", "", "services", "--values", "-");
    }

    private void licensesThatAreNone() throws IOException {
        String one = "{\"project_id\":\"" + ID + "\",\"site_license\":{}}";
        file("none.jsonl", "\n");
        file("cut.jsonl", one + "\n\n{\"project_id\":");
        file("twice.jsonl", one + "\n" + one + "\n");
        file("text.jsonl", "{\"project_id\":\"" + ID + "\",\"site_license\":\"x\"}\n");
        file("number.jsonl", one + "\n5\n");

        wrong("no lines of licences", "", "audit", "--licenses", "@none.jsonl");
        wrong("a line of licences that is cut off", "", "audit", "--licenses", "@cut.jsonl");
        wrong("a project twice", "", "audit", "--licenses", "@twice.jsonl");
        wrong("licences that are a text", "", "audit", "--licenses", "@text.jsonl");
        wrong("a line that is a number", "", "audit", "--licenses", "@number.jsonl");
        wrong("a pod in place of lines", "", "audit", "--licenses", "@pod.yaml");
    }

    private void optionsThatAreNone() {
        wrong("an option twice", "", "audit", "--format", "json", "--format", "yaml");
        wrong("two projects", "", "audit", "--project", ID, "--project", ID);
        wrong("two projects for diff", "", "diff", "--project", ID, "--project", ID);
        wrong("licences twice", "", "diff", "--project", ID, "--licenses", "a", "--licenses", "b");
        wrong("a switch with a value", "", "audit", "--patch=yes");
        wrong("a drawing in a format", "", "services", "--drawing", "--format", "json");
        wrong("a patch in a format", "", "audit", "--patch", "--format", "yaml");
        wrong("no format", "", "audit", "--format=");
        wrong("no label", "", "audit", "--project-label", "");
        wrong("no project", "", "audit", "--project=");
        wrong("objects as text", "", "objects", "--format", "text");
        wrong("a part of an option", "", "audit", "--lic", "x");
        wrong("an option before the command", "", "--values", "x", "volumes");
        wrong("a wrong option in place of one that is needed", "", "preflight", "--namspace", "x");
        wrong("a number that is too large", "", "copy", ID + ":x", ID + ":y", "--timeout", "99999999999");
        wrong("a number of files that is too large", "", "copy", ID + ":x", ID, "--max-files", "9".repeat(20));
        wrong("a negative time", "", "copy", ID + ":x", ID + ":y", "--timeout", "-5");
        wrong("a number of bytes that is too large", "", "copy", ID + ":x", ID, "--max-bytes", "9".repeat(20));
        wrong("a format that copy has not", "", "copy", ID + ":x", ID, "--format", "yaml");
    }

    private void argumentsThatAreNone() {
        wrong("a command in capitals", "", "AUDIT");
        wrong("the beginning of a command", "", "diag");
        wrong("an empty command", "", "");
        wrong("a single letter", "", "x");
        wrong("no command behind two dashes", "", "--");
        wrong("an escape sequence as a command", "", "\u001b[31m");
        wrong("a whole line in quotes", "", "audit --help");
        wrong("one argument too many", "", "where", ID, "a", "b");
        wrong("no argument of two", "", "copy");
        wrong("no second argument", "", "copy", ID + ":x");
        wrong("a path of the pod in a share", "", "where", ID, "/home/user/a", "--share");
    }
}
