package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;

/** A claim in words, also where nobody named it. */
final class ClaimWords {

    private ClaimWords() {}

    static String named(String claim) {
        return claim.isEmpty() ? "a claim of the pod" : "claim " + MessageText.quoted(claim);
    }
}
