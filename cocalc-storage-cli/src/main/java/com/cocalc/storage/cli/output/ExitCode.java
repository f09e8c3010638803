package com.cocalc.storage.cli.output;

/** The exit codes of a run other than 0, which means success without findings. */
public final class ExitCode {

    /** A check has findings. */
    public static final int FINDINGS = 1;

    /** The input is bad, so that nothing was checked, or not everything. */
    public static final int BAD_INPUT = 2;

    /** The program cannot run here, or has a bug, which must not look like a finding. */
    public static final int CANNOT_RUN = 3;

    private ExitCode() {}
}
