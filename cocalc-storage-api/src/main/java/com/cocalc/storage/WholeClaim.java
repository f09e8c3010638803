package com.cocalc.storage;

/** A claim from its root on. */
public enum WholeClaim implements ClaimPart {
    /** The only value. */
    WHOLE_CLAIM;

    /** Returns the words for a person. */
    @Override
    public String toString() {
        return "(whole claim)";
    }
}
