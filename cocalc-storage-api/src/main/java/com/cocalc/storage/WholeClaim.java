package com.cocalc.storage;

/** The whole of a claim, from its root. */
public enum WholeClaim implements ClaimPart {
    /** The only value. */
    WHOLE_CLAIM;

    /** Returns the words for a person. */
    @Override
    public String toString() {
        return "(whole claim)";
    }
}
