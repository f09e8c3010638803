package com.cocalc.storage.kubernetes.preflight;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What keeps a pod from starting without being about its storage. */
final class OtherTexts {

    /** The directories of the kubelet and of the runtime, but not what is inside a volume. */
    private static final String NODE_IS_FULL =
            "/(?:kubelet|containerd|containers|docker)/(?![^ \n]{0,1000}kubernetes\\.io~(?:csi/[^/ ]{1,300}/mount/|"
                    + "(?!csi/|secret/|configmap/|projected/|downward-api/|empty-dir/)[^/ ]{1,100}/[^/ ]{1,300}/))"
                    + "[^ \n]{0,1000}[`'\"]?: no space left on device";

    private static final String NO_IMAGE = "the image cannot be pulled";
    private static final String NODE_FULL = "the disk of the node itself is full";

    /** What also a volume says that holds settings. */
    private static final List<Known> OF_SETTINGS = List.of(
            known("failed to sync (?:configmap|secret) cache", "the node has not fetched a config map or secret yet"),
            known(
                    "configmaps? \\\\?\"|config ?maps? .{0,300}not found|in configmap ",
                    "a config map or one of its keys is missing"),
            known("secrets? \\\\?\"|in secret ", "a secret or one of its keys is missing"),
            known("references non-existent (?:config|secret) key", "a config map or secret lacks a key"),
            known("object \\\\?\".{1,300} not registered", "a config map or secret is not there"),
            known("failed to fetch token", "the API server gives no token of the service account"),
            known("secrets store objects", "the secrets store gives no secrets"),
            known(NODE_IS_FULL, NODE_FULL),
            known("no resource request for huge pages", "an emptyDir asks for huge pages that no container requests"),
            known("failed to exec 'git ", "git cannot fetch the repository of a gitRepo volume"));

    /** A call that failed, whatever the caller wanted; a server of the storage has addresses of its own kind. */
    private static final Known API_SERVER = known(
            "\\b(?:get|post|put|patch|delete) \\\\?\"https?://[^\"\\s]{1,300}/api(?:/v1/(?:namespaces|nodes|persistentvolumes)"
                    + "|s/[a-z0-9.]{1,100}\\.k8s\\.io/)[^\"\\s]{0,600}\": |from API server: (?:etcdserver|unauthorized|the server )",
            "a call to the API server failed");

    private static final Known MEMORY =
            known("-t (?:tmpfs|hugetlbfs) ", "the node cannot mount memory, for a secret or an emptyDir");

    private static final List<Known> OF_STARTS = List.of(
            known("unable to apply cgroup|/sys/fs/cgroup/", "the runtime cannot set up the control group"),
            known("unable to retrieve OCI runtime error", "the container runtime of the node does not work"),
            known("apparmor", "the node cannot apply the AppArmor profile"),
            known("seccomp", "the node cannot apply the seccomp profile"),
            known("unable to find user|no matching entries in passwd", "the image does not have the user"),
            known("no command specified", "neither image nor pod name a command"),
            known("executable file (?:`.{1,300}` )?not found in", "the command does not exist in the image"),
            known(
                    "(?<![a-z/])exec(?: /[^ :]{0,600}: |: .{0,600}| container process .{0,600})"
                            + "(?:no such file or directory|permission denied|(?:is|not) a directory)|open executable: ",
                    "the command cannot be run"),
            known("exec format error", "the image is for another kind of processor"),
            known(
                    "cannot allocate memory|OOM-killed|unable to set memory limit",
                    "the container has too little memory to start"),
            known("failed to extract layer", NO_IMAGE));

    private static final Pattern NODE_HAS_NO_SPACE = Pattern.compile(NODE_IS_FULL, Pattern.CASE_INSENSITIVE);

    /** How the kubelet starts an event about an image. */
    private static final Pattern IMAGE = Pattern.compile(
            "^(?:failed to (?:pull|inspect|apply default) image|(?:error: )?(?:errimagepull|imagepullbackoff"
                    + "|errimageneverpull|invalidimagename|imageinspecterror)|container image \"[^\"]{1,600}\" is not present)",
            Pattern.CASE_INSENSITIVE);

    private OtherTexts() {}

    static Cause ofImage(Symptom symptom) {
        boolean isFull = NODE_HAS_NO_SPACE.matcher(KnownTexts.head(symptom)).find();
        return isFull ? nodeIsFull(symptom) : Cause.of(CauseKind.NOT_STORAGE, null, NO_IMAGE, symptom);
    }

    static Optional<Cause> findImage(Symptom symptom) {
        return IMAGE.matcher(symptom.text()).lookingAt() ? Optional.of(ofImage(symptom)) : Optional.empty();
    }

    static Optional<Cause> find(Symptom symptom, String text) {
        return findSettings(symptom, text).or(() -> find(OF_STARTS, symptom, text));
    }

    /** What fails beside the storage, in words that the storage has as well. */
    static Optional<Cause> findBeside(Symptom symptom, String text) {
        return find(List.of(API_SERVER, MEMORY), symptom, text);
    }

    static Cause nodeIsFull(Symptom symptom) {
        return Cause.of(CauseKind.NOT_STORAGE, null, NODE_FULL, symptom);
    }

    static Cause noDirectories(Symptom symptom) {
        String what = "the kubelet cannot make the pod's directories on the disk of the node";
        return Cause.of(CauseKind.NOT_STORAGE, null, what, symptom);
    }

    static Optional<Cause> findSettings(Symptom symptom, String text) {
        return find(OF_SETTINGS, symptom, text);
    }

    private static Optional<Cause> find(List<Known> all, Symptom symptom, String text) {
        return all.stream()
                .filter(known -> known.text.matcher(text).find())
                .findFirst()
                .map(known -> Cause.of(CauseKind.NOT_STORAGE, null, known.what, symptom));
    }

    private static Known known(String text, String what) {
        return new Known(Pattern.compile(text, Pattern.DOTALL | Pattern.CASE_INSENSITIVE), what);
    }

    private record Known(Pattern text, String what) {}
}
