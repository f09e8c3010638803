package com.cocalc.storage.cli;

import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.audit.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** How findings are printed; the names are what the user writes. */
enum FindingsFormat {
    /** For people: a line for what is wrong, then what happens and how to mend it. */
    table {
        @Override
        String print(List<Finding> findings) {
            return findings.isEmpty()
                    ? "nothing found\n"
                    : findings.stream().map(FindingsFormat::describe).collect(Collectors.joining("\n"));
        }
    },
    /** For programs: one array. */
    json {
        @Override
        String print(List<Finding> findings) {
            return KubernetesText.json(findings.stream().map(FindingJson::of).toList());
        }
    };

    abstract String print(List<Finding> findings);

    private static String describe(Finding finding) {
        return finding.severity() + " " + finding.rule().code() + "\n"
                + Table.of(List.of(
                        List.of("  where", finding.pointer().isEmpty() ? "/" : finding.pointer()),
                        List.of("  what", finding.what()),
                        List.of("  happens", finding.rule().atRunTime()),
                        List.of("  mend", finding.rule().remedy())));
    }

    /** A finding as JSON, its members in this order. */
    private record FindingJson(
            String severity,
            String code,
            String pointer,
            String what,
            String atRunTime,
            String remedy,
            List<String> serverFields) {

        static FindingJson of(Finding finding) {
            return new FindingJson(
                    finding.severity().toString(),
                    finding.rule().code(),
                    finding.pointer(),
                    finding.what(),
                    finding.rule().atRunTime(),
                    finding.rule().remedy(),
                    finding.serverFields());
        }
    }
}
