package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.cli.output.FindingRow;
import com.cocalc.storage.cli.output.Screen;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of fields in docs/operators.md is made of the records that the commands print. Run with
 * {@code -Dcocalc.write=true} to write it again.
 */
class FieldsTest {

    private static final Path PAGE = Path.of("../docs/operators.md");
    private static final String START = "<!-- fields: written by FieldsTest -->\n";
    private static final String END = "<!-- end of fields -->\n";

    @Test
    void theGuideHasTheFieldsOfEachCommand() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(START) + START.length());
        String expected = before + table() + page.substring(page.indexOf(END));

        if (Boolean.getBoolean("cocalc.write")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("write it with -Dcocalc.write=true")
                .isEqualTo(expected);
    }

    private static String table() {
        return """
                | command | prints | fields, in this order |
                | --- | --- | --- |
                """
                + row("`audit`, `preflight`", "a list", FindingRow.class)
                + row("`diagnose`", "a list", DiagnoseCommand.CauseRow.class)
                + row("`diff`", "a list", DiffCommand.DifferenceRow.class)
                + row("`patches`", "a list", PatchesCommand.OperationRow.class)
                + row("`certify`", "a list", CertifyCommand.LawRow.class)
                + row("`services`", "a list", ServicesCommand.ServiceRow.class)
                + row("`volumes --format json`", "a list", VolumesCommand.ProjectRow.class)
                + row("`where`", "one value", WhereCommand.Answer.class)
                + row("`play`", "one value", Play.Story.class)
                + row("`copy`, `publish`", "a line for each skipped path", line("Skipped"))
                + row("", "and a last line", line("Done"))
                + row("", "or, where it failed", line("Failed"))
                + row("`unpublish`, `recover`", "a line", line("Ended"));
    }

    private static Class<?> line(String name) {
        try {
            return Class.forName("com.cocalc.storage.cli.files.TransferReport$" + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String row(String command, String prints, Class<?> record) {
        return "| " + command + " | " + prints + " | " + fields(record) + " |\n";
    }

    private static String fields(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(FieldsTest::field)
                .collect(Collectors.joining(", "));
    }

    private static String field(RecordComponent component) {
        Type type = component.getGenericType() instanceof ParameterizedType list
                ? list.getActualTypeArguments()[0]
                : component.getType();
        boolean nested = type instanceof Class<?> element && element.isRecord() && !element.equals(FindingRow.class);
        return "`" + component.getName() + "`" + (nested ? " (" + fields((Class<?>) type) + ")" : "");
    }

    @Test
    void theHeadingsOfTablesAreTheFields() {
        String id = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";

        assertThat(headings("volumes")).containsExactlyElementsOf(names(MountRow.class));
        assertThat(headings("services")).containsExactlyElementsOf(names(MountRow.class));
        assertThat(headings("where", id)).containsExactlyElementsOf(names(WhereCommand.View.class));
    }

    private static List<String> names(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** The words in capitals of the first line with an ACCESS, each as the name of a field: SUB-PATH is subPath. */
    private static List<String> headings(String... arguments) {
        String text = Run.on(200, Screen.Colours.OFF, arguments).out();
        String line =
                text.lines().filter(each -> each.endsWith("ACCESS")).findFirst().orElseThrow();
        List<String> names = new ArrayList<>();
        for (String heading : line.split(" {2,}", -1)) {
            String words = Stream.of(heading.toLowerCase(Locale.ROOT).split("[ -]", -1))
                    .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                    .collect(Collectors.joining());
            names.add(words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1));
        }
        return names;
    }
}
