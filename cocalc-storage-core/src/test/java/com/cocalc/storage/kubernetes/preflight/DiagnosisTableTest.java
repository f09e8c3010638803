package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/diagnosis.md} is made of the kinds of causes. Run with {@code -Dcocalc.write=true} to write it anew. */
class DiagnosisTableTest {

    private static final Path PAGE = Path.of("..", "docs", "diagnosis.md");

    @Test
    void thePageHasOneRowForEachKindOfCause() throws IOException {
        String page = page();

        if (Boolean.getBoolean("cocalc.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).as("write it with -Dcocalc.write=true").hasContent(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Causes that the diagnosis knows

                `Diagnosis` reads what a cluster says about a pod (events, statuses, lines of logs) and names the causes.
                `cocalc-storage diagnose` prints them; with `--format json` and `--format yaml` the fields `code` and `about` have the
                words of this table, and `subject` the name of what the cause is about. The codes are stable. A message that is not
                known becomes `unknown`, never a guess.

                In the texts, `{subject}` is what the cause is about, `{detail}` a second name, and `{seen}` the message.

                | code | about | what is wrong | what to do |
                | --- | --- | --- | --- |
                """);
        for (CauseKind kind : CauseKind.values()) {
            page.append("| `")
                    .append(kind.code())
                    .append("` | ")
                    .append(kind.about().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(shown(kind.explanation()))
                    .append(" | ")
                    .append(shown(kind.remedy()))
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String shown(String template) {
        return template.replace("{what}", "{detail}")
                .replace("{server}", "{detail}")
                .replace("{ports}", Ports.of(""))
                .replace("{volumes}", "volumes {detail}")
                .replace("{name}", "{subject}")
                .replace("|", "\\|");
    }
}
