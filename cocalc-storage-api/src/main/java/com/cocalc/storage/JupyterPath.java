package com.cocalc.storage;

/** Whether a project's {@code JUPYTER_PATH} leads to the kernels that all projects share. */
public enum JupyterPath {
    /** The variable is left alone. */
    UNTOUCHED,
    /** The directory {@code jupyter} of the shared software comes first, whatever the image has set comes after it. */
    WITH_SOFTWARE
}
