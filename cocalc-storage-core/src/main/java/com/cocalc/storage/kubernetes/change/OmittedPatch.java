package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.LicenseName;

/**
 * A licence's patch that is not applied.
 *
 * @param license the licence that carries the patch
 * @param reason the reason for which the patch is left out
 * @param detail what was found, as it follows the reason in a sentence
 */
public record OmittedPatch(LicenseName license, Reason reason, String detail) {

    /** The reason for which a patch is left out. */
    public enum Reason {
        /** The licence's status rules it out. */
        LICENSE_DOES_NOT_COUNT("the licence does not count"),
        /** The licence is for a dedicated disk. */
        DEDICATED_DISK("the licence is for a dedicated disk, and such a licence is left out"),
        /** A licence of the project is for a dedicated machine, so no patch is applied. */
        DEDICATED_MACHINE("a dedicated machine drops the patches of all licences"),
        /** The field is not a text. */
        NOT_TEXT("the patch must be a text that holds JSON"),
        /** The text is not JSON. */
        NOT_JSON("the patch must be JSON"),
        /** The JSON is not a list of operations. */
        NOT_OPERATIONS("the patch must be an array of objects, each with a known op and a path"),
        /** The patch is larger than any patch of a pod needs to be. */
        TOO_LARGE("the patch must be small");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** Returns the reason as a clause. */
        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Checks that no part is null.
     *
     * @param license the licence that carries the patch
     * @param reason the reason for which the patch is left out
     * @param detail what was found, as it follows the reason in a sentence
     */
    public OmittedPatch {
        requireNonNull(license, "license");
        requireNonNull(reason, "reason");
        requireNonNull(detail, "detail");
    }

    /** Returns one line for a person. */
    @Override
    public String toString() {
        return license + ": its patch is left out; " + reason + (detail.isEmpty() ? "" : ", " + detail);
    }
}
