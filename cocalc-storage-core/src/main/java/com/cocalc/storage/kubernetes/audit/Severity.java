package com.cocalc.storage.kubernetes.audit;

/** How bad a finding is. */
public enum Severity {
    /** Others' data, lost data, a pod that does not start, or an access other than the licences say. */
    ERROR,
    /** It works here and now, not everywhere or for ever. */
    WARNING,
    /** It works and could be said better. */
    HINT
}
