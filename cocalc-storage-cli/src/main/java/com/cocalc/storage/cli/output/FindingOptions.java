package com.cocalc.storage.cli.output;

import com.cocalc.storage.kubernetes.audit.Severity;
import picocli.CommandLine.Option;

/** The options for the output of findings, and for the findings that fail a run. */
public final class FindingOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "The least severity for exit code 1: error, warning or hint (default: hint).")
    private Least failOn = Least.hint;

    /** The severities; users write these names. */
    public enum Least {
        error(Severity.ERROR),
        warning(Severity.WARNING),
        hint(Severity.HINT);

        private final Severity severity;

        Least(Severity severity) {
            this.severity = severity;
        }
    }

    public FindingOptions() {}

    public FindingsReport report(Screen screen) {
        return new FindingsReport(screen, format, failOn.severity);
    }
}
