package com.cocalc.storage.cli.output;

import com.cocalc.storage.kubernetes.audit.Finding;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding as it is printed: its fields are those of the JSON, in this order.
 *
 * @param kind the object's kind
 * @param namespace the object's namespace, null where it has none
 * @param name the object's name, null where it has none
 * @param judgedAs whose pod it is taken for, null where it is not judged as somebody's
 * @param judgedBy how that is known, null likewise
 * @param severity ERROR, WARNING or HINT
 * @param code the rule, which never changes
 * @param where a JSON pointer into the object
 * @param what what is wrong
 * @param happens what happens if nobody fixes it
 * @param fix what to do, with the exact values where they are known
 * @param patch the same as a JSON Patch, null where it takes a person
 * @param serverFields the place as the API server writes it, empty where the server takes the object
 */
public record FindingRow(
        String kind,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String judgedAs,
        @Nullable String judgedBy,
        String severity,
        String code,
        String where,
        String what,
        String happens,
        String fix,
        @Nullable JsonNode patch,
        List<String> serverFields) {

    /** A finding about an object that is not judged as the pod of somebody. */
    public static FindingRow of(Title object, Finding finding) {
        return new FindingRow(
                object.kind(),
                object.namespace(),
                object.name(),
                null,
                null,
                finding.severity().toString(),
                finding.rule().code(),
                finding.pointer().isEmpty() ? "/" : finding.pointer(),
                finding.what(),
                finding.rule().atRunTime(),
                finding.remedy(),
                null,
                finding.serverFields());
    }

    /** The finding as a {@link Finding} writes itself. */
    @JsonIgnore
    public String inOneLine() {
        return severity + " " + code + " at " + where + ": " + what + "; " + happens + "; " + fix;
    }

    /** The finding for people. */
    @JsonIgnore
    public String text(int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("where", where));
        rows.add(List.of("what", what));
        rows.add(List.of("happens", happens));
        rows.add(List.of("fix", fix));
        StringBuilder text =
                new StringBuilder(severity).append(' ').append(code).append('\n');
        for (List<String> row : rows) {
            String label = String.format("  %-9s", row.get(0));
            text.append(label)
                    .append(Wrapping.paragraph(Table.onTerminal(row.get(1)), width, label.length()))
                    .append('\n');
        }
        return text.toString();
    }
}
