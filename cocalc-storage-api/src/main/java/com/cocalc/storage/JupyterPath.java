package com.cocalc.storage;

/** Whether a project's {@code JUPYTER_PATH} leads to the kernels that all projects share. */
public enum JupyterPath {
    /** The variable is not changed. */
    UNTOUCHED,
    /** The directory {@code jupyter} of the shared software comes first, followed by what the image has set. */
    WITH_SOFTWARE
}
