package com.cocalc.storage.kubernetes.change;

/** The effect of a difference on programs in the pod, from its next start on. */
public enum Impact {
    /** No effect that a program could notice. */
    NOTHING("changes nothing that a program could notice"),
    /** A read-only mount becomes writable. */
    WRITE_ACCESS_GAINED("write access is gained at the next start"),
    /** A writable mount becomes read-only. */
    WRITE_ACCESS_LOST("write access is lost at the next start"),
    /** The home is another directory; the files of the old one stay where they are and are no longer seen. */
    HOME_MOVES("the home moves: its files stay where they are and are no longer seen"),
    /** A directory other than the home shows other files. */
    FILES_CHANGE("other files are seen there"),
    /** Files that were not seen before are seen. */
    FILES_APPEAR("files appear that were not seen"),
    /** Files that were seen before are no longer seen; they stay where they are. */
    FILES_DISAPPEAR("files are no longer seen; they stay where they are"),
    /** Programs that follow a variable look elsewhere. */
    PROGRAMS_LOOK_ELSEWHERE("programs that follow the variable look elsewhere"),
    /** New files have another owner, and access to existing files may be refused. */
    OWNER_CHANGES("new files belong to somebody else, and those that are there may be refused"),
    /** The next start may fail. */
    START_MAY_FAIL("the next start fails, if this holds for the pod that it submits too"),
    /** Whether the next start fails cannot be told from the running pod. */
    START_UNCERTAIN("whether the next start fails is not known"),
    /** The next start fails. */
    START_FAILS("the next start fails"),
    /** Only the way in which the pod starts, or what it may ask of the node, changes. */
    START_CHANGES("only how the pod starts changes");

    private final String words;

    Impact(String words) {
        this.words = words;
    }

    /** Returns the impact as a clause. */
    @Override
    public String toString() {
        return words;
    }
}
