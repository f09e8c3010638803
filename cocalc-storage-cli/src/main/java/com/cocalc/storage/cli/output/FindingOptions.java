package com.cocalc.storage.cli.output;

import com.cocalc.storage.kubernetes.audit.Severity;
import picocli.CommandLine.Option;

/** How findings are printed, and which of them fail a run. */
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

    /** A severity; the names are what the user writes. */
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
