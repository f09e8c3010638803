package com.cocalc.storage.kubernetes.preflight;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What keeps a pod from starting without being about its storage. */
final class OtherTexts {

    private static final List<Known> KNOWN = List.of(
            known(
                    "configmap \\\\?\"|config ?maps? .{0,300}not found|in configmap ",
                    "a config map or one of its keys is missing"),
            known("secret \\\\?\"|in secret ", "a secret or one of its keys is missing"),
            known("references non-existent (?:config|secret) key", "a config map or secret lacks a key"),
            known("object \\\\?\".{1,300} not registered", "a config map or secret is not there"),
            known("failed to fetch token", "the API server gives no token of the service account"),
            known("executable file not found in", "the command does not exist in the image"),
            known("exec: .{0,600}(?:no such file or directory|permission denied)", "the command cannot be run"),
            known("exec format error", "the image is for another kind of processor"),
            known(
                    "failed to pull image|back-off pulling image|errimagepull|imagepullbackoff|errimageneverpull"
                            + "|invalidimagename|not present with pull policy",
                    "the image cannot be pulled"));

    private OtherTexts() {}

    static Optional<Cause> find(Symptom symptom, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> known.text.matcher(lower).find())
                .findFirst()
                .map(known -> new Cause.NotStorage(known.what, symptom));
    }

    private static Known known(String text, String what) {
        return new Known(Pattern.compile(text, Pattern.DOTALL), what);
    }

    private record Known(Pattern text, String what) {}
}
