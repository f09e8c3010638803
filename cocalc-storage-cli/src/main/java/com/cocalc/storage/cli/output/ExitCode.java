package com.cocalc.storage.cli.output;

/** How a run ended; a run that found nothing and did what it was asked to ends with 0. */
public final class ExitCode {

    /** A check found something. */
    public static final int FINDINGS = 1;

    /** Bad input: nothing was checked, or not all. */
    public static final int BAD_INPUT = 2;

    /** It cannot run here, or has a mistake of its own, which must not look like a finding. */
    public static final int CANNOT_RUN = 3;

    private ExitCode() {}
}
