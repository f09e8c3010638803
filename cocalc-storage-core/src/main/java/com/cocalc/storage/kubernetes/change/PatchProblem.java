package com.cocalc.storage.kubernetes.change;

/** Why an operation cannot be applied, in words for the person who fixes it. They show nothing of the pod. */
final class PatchProblem extends Exception {

    private static final long serialVersionUID = 1L;

    PatchProblem(String words) {
        super(words, null, false, false);
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
