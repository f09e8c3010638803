package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.NameRules;
import com.cocalc.storage.kubernetes.preflight.KnownText.Found;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds causes in messages of Kubernetes, of the container runtimes and of the usual programs. */
final class KnownTexts {

    /** A log can have anything in it: no more than this is searched. */
    private static final int LONGEST = 4_096;

    private static final String QUOTED = "\\\\?\"([^\"\\\\]{1,300})\\\\?\"";

    /** What names a claim, or the volume that a claim is bound to. */
    private static final List<KnownText> OF_CLAIM = List.of(
            KnownText.of("persistentvolumeclaims? " + QUOTED + " not found", CauseKind.CLAIM_MISSING),
            KnownText.of("persistentvolumeclaim " + QUOTED + " is being deleted", CauseKind.CLAIM_BEING_DELETED),
            KnownText.of(
                    "error processing PVC [^ /]{1,300}/([^ :]{1,300}): PVC is being deleted",
                    CauseKind.CLAIM_BEING_DELETED),
            KnownText.of("persistentvolumeclaims? " + QUOTED + " is forbidden", CauseKind.CLAIM_FORBIDDEN),
            KnownText.of("persistentvolumes? " + QUOTED + " not found", CauseKind.VOLUME_MISSING),
            KnownText.of("bound to non-existent persistentvolume " + QUOTED, CauseKind.VOLUME_MISSING),
            KnownText.of(
                    "PVC \"?(?:[^ /\"]{1,300}/)?([^ /\"]{1,300})\"? was not created for pod",
                    CauseKind.EPHEMERAL_CLAIM_OF_ANOTHER),
            KnownText.of(
                    "waiting for ephemeral volume controller to create the persistentvolumeclaim " + QUOTED,
                    CauseKind.CLAIM_PENDING),
            KnownText.of(
                    "error processing PVC [^ /]{1,300}/([^ :]{1,300}): (?:PVC is not bound|found PV object"
                            + " [^ ]{1,300} with nil pv\\.Spec\\.ClaimRef)",
                    CauseKind.CLAIM_PENDING),
            KnownText.of(
                    "error processing PVC [^ /]{1,300}/([^ :]{1,300}): found PV object [^\n]{1,600} does not point to"
                            + " claim",
                    CauseKind.CLAIM_MISBOUND),
            KnownText.of(
                    "(?:provisioning failed|selectedNode annotation reset) for PVC " + QUOTED,
                    CauseKind.PROVISIONING_FAILED));

    private static final List<KnownText> OF_SCHEDULING = List.of(
            KnownText.of(
                    "unbound (?:immediate )?PersistentVolumeClaims|didn't find available persistent volumes to bind"
                            + "|binding volumes: (?:timed out waiting|context deadline exceeded)",
                    CauseKind.CLAIM_PENDING),
            KnownText.of(
                    "untolerated taint \\{([^/}]{0,100}\\.csi\\.[^/}]{1,100})/agent-not-ready", CauseKind.NO_DRIVER),
            KnownText.of("([^ ]{1,300}) CSI driver is not installed on the node", CauseKind.NO_DRIVER),
            KnownText.of("bound to non-existent pv", CauseKind.VOLUME_MISSING),
            KnownText.of("did not have enough free storage", CauseKind.NO_SPACE_ON_NODES),
            KnownText.of("exceed max volume count", CauseKind.TOO_MANY_VOLUMES),
            KnownText.of("ReadWriteOncePod access mode", CauseKind.ONE_POD_ONLY),
            KnownText.of(
                    "volume node affinity conflict|PersistentVolume's node affinity|no available volume zone",
                    CauseKind.OTHER_ZONE));

    /** The directories of the runtime itself are on the node's disk, unless a volume is mounted there. */
    private static final String NOT_OF_RUNTIME =
            "^(?:(?=.*/kubelet/)|(?!.*(?:/(?:lib|run)/(?:containerd|containers|docker)/|overlay))).*";

    /** What the kubelet and the runtime say of a container that they cannot make. */
    private static final List<KnownText> OF_START = List.of(
            KnownText.of("breaks non-root policy|container has runAsNonRoot and image", CauseKind.NON_ROOT_POLICY),
            KnownText.of("recursive read-only|recursiveReadOnly", CauseKind.RECURSIVE_READ_ONLY_UNSUPPORTED),
            KnownText.of("missing value for ", CauseKind.MISSING_VARIABLE),
            KnownText.of(NOT_OF_RUNTIME + "stale (?:nfs )?file handle", CauseKind.STALE_HANDLE),
            KnownText.of("transport endpoint is not connected", CauseKind.MOUNT_BROKEN),
            KnownText.of("/kubelet/[^ ]{0,1000}: (?:" + ServerTexts.SILENT + ")", CauseKind.SERVER_UNREACHABLE),
            KnownText.of(NOT_OF_RUNTIME + "input/output error", CauseKind.INPUT_OUTPUT_ERROR),
            KnownText.of("no locks available", CauseKind.NO_LOCKS),
            KnownText.of("idmap|mount_setattr", CauseKind.ID_MAP_REFUSED),
            // What follows is found by words in any order, each looked for once.
            KnownText.of(
                    "^(?!.*kubernetes\\.io~(?:secret|configmap|projected|downward-api))(?=.*(?:/kubelet/|chdir to ))"
                            + "(?=.*permission denied)",
                    CauseKind.DIRECTORY_DENIED),
            KnownText.of(
                    "^(?!.*/sys/fs/cgroup)(?=.*(?:mounting|mountpoint|runc create failed|container create failed))(?=.*(?:mkdir|openat))"
                            + "(?=.*read-only file system)",
                    CauseKind.MOUNT_POINT_MISSING),
            KnownText.of("^(?=.*(?:mount|mkdir|openat))(?=.*not a directory)", CauseKind.NOT_A_DIRECTORY));

    private static final Pattern NO_CLASS = Pattern.compile(
            "storageclass(?:es)?(?:\\.storage\\.k8s\\.io)? \"([^\"]{1,300})\" not found", Pattern.CASE_INSENSITIVE);
    private static final Pattern SUB_PATH =
            Pattern.compile("failed to (?:prepare subPath|create subPath directory) for volumeMount " + QUOTED);
    private static final Pattern UNMOUNTED = Pattern.compile("unmounted volumes=\\[([^\\]]{0,1000})\\]");
    private static final Pattern PROCESSED =
            Pattern.compile("failed to process volumes=\\[[^\\]]{0,1000}\\]: (.*)", Pattern.DOTALL);
    /** Taints have names of all kinds. */
    private static final Pattern TAINT = Pattern.compile("\\{[^}]{0,300}}");

    private static final Pattern ONE_VOLUME = Pattern.compile("for volume " + QUOTED);
    private static final Pattern WAITING = Pattern.compile(
            "timed out waiting for|context deadline exceeded|DeadlineExceeded|attachment time(?:d )?out");
    private static final Pattern DENIED = Pattern.compile(
            "^(.{0,2000}?)(permission denied|AccessDeniedException|read-only file system|operation not permitted"
                    + "|no space left on device|disk quota exceeded|input/output error|no locks available|invalid argument"
                    + "|stale (?:nfs )?file handle|transport endpoint is not connected|host is down"
                    + "|eio: i/o error|remote i/o error|enotconn: socket is not connected|unknown system error -(?:37|116|122)\\b)"
                    + "(.{0,2000})",
            Pattern.CASE_INSENSITIVE);
    /** Node has words of its own for some errors, and only the number of others; a remote error is the server's. */
    private static final Map<String, String> OTHER_WORDS = Map.of(
            "eio: i/o error", "input/output error",
            "remote i/o error", "input/output error",
            "enotconn: socket is not connected", "transport endpoint is not connected",
            "unknown system error -37", "no locks available",
            "unknown system error -116", "stale file handle",
            "unknown system error -122", "disk quota exceeded");
    /** A shell and others start a message with the script and the line in it. */
    private static final Pattern SCRIPT = Pattern.compile("^[^\\s:]{1,1000}:(?: line)? ?\\d{1,9}: ");

    private static final Pattern NAMED_BEHIND = Pattern.compile("^(?:: b?|, [a-z]{1,20} )['\"]/");
    private static final Pattern CHOWN_BEHIND = Pattern.compile("^, [fl]?chown ");
    /** What stands before the path of an address and not of a file. */
    private static final String REQUEST = "\\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) ";

    /** A path in quotes of any kind, or up to a colon or blank. */
    private static final Pattern PATH =
            Pattern.compile("['\"`\u2018\u201c](/[^'\"`\u2019\u201d]{0,1000})['\"`\u2019\u201d]|(?<=[\\s:(]|^)(?<!"
                    + REQUEST + ")(/[^\\s:'\"]{0,1000})");

    private final VolumesOfPod volumes;
    private final @Nullable String node;

    KnownTexts(VolumesOfPod volumes, @Nullable String node) {
        this.volumes = volumes;
        this.node = node;
    }

    private static String head(Symptom symptom) {
        String text = symptom.text();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    Cause ofClaim(String reason, Symptom symptom, String claim) {
        String text = head(symptom);
        Matcher noClass = NO_CLASS.matcher(text);
        if (noClass.find()) {
            return Cause.of(CauseKind.CLASS_MISSING, claim, noClass.group(1), symptom);
        }
        if (text.contains("no storage class is set")) {
            return Cause.of(CauseKind.NO_DEFAULT_CLASS, claim, symptom);
        }
        if (text.contains("already bound to a different claim")) {
            return Cause.of(CauseKind.VOLUME_MISMATCH, claim, symptom);
        }
        CauseKind kind = switch (reason) {
            case "ClaimLost" -> CauseKind.CLAIM_LOST;
            case "ClaimMisbound" -> CauseKind.CLAIM_MISBOUND;
            case "VolumeMismatch" -> CauseKind.VOLUME_MISMATCH;
            case "VolumeResizeFailed" -> CauseKind.RESIZE_FAILED;
            case "ProvisioningFailed" -> CauseKind.PROVISIONING_FAILED;
            case "ExternalProvisioning" -> CauseKind.WAITING_FOR_PROVISIONER;
            default -> CauseKind.CLAIM_PENDING;
        };
        return Cause.of(kind, claim, symptom);
    }

    Optional<Cause> findInScheduling(Symptom symptom) {
        String text = head(symptom);
        Optional<Cause> known = findClaim(symptom, text)
                .or(() -> KnownText.find(OF_SCHEDULING, text)
                        .map(found -> Cause.of(found.kind(), null, Absent.asEmpty(found.name()), symptom)));
        String untainted = TAINT.matcher(text).replaceAll("");
        boolean isAboutVolumes = untainted.toLowerCase(Locale.ROOT).contains("volume");
        return known.isPresent() || !isAboutVolumes ? known : Optional.of(unknown(symptom));
    }

    private static Cause unknown(Symptom symptom) {
        return Cause.of(CauseKind.UNKNOWN, null, symptom);
    }

    /** What keeps the pod from starting and is not about storage. Of an image, the reason may say all. */
    Optional<Cause> findOther(String reason, Symptom symptom) {
        return OtherTexts.find(symptom, reason + "\n" + head(symptom));
    }

    Cause ofMount(String reason, Symptom symptom) {
        String text = head(symptom);
        if (reason.endsWith("ResizeFailed") || text.contains(" failed while expanding volume ")) {
            return Cause.of(CauseKind.RESIZE_FAILED, null, symptom);
        }
        Matcher named = ONE_VOLUME.matcher(text);
        if (named.find() && volumes.isOfSettings(named.group(1))) {
            return OtherTexts.findSettings(symptom, text).orElseGet(() -> ofSettings(named.group(1), symptom));
        }
        return findClaim(symptom, text)
                .or(() -> ServerTexts.find(text).map(found -> onNode(found, text, symptom)))
                .or(() -> OtherTexts.findSettings(symptom, text))
                .or(() -> findWaiting(symptom, text))
                .orElseGet(() -> unknown(symptom));
    }

    private static Cause ofSettings(String volumes, Symptom symptom) {
        String what = "volume " + volumes + " of config maps, secrets or fields of the pod cannot be set up";
        return Cause.of(CauseKind.NOT_STORAGE, null, what, symptom);
    }

    /** A cause that is about the pod's node; a name in the text is its detail, and so is the kind of server. */
    private Cause onNode(Found found, String text, Symptom symptom) {
        CauseKind kind = found.kind();
        String detail = kind.namesServer() ? ServerTexts.protocolOf(text) : Absent.asEmpty(found.name());
        return Cause.of(kind, kind.about() == CauseKind.About.NODE ? node : null, detail, symptom);
    }

    private static Optional<Cause> findClaim(Symptom symptom, String text) {
        return KnownText.find(OF_CLAIM, text).map(found -> {
            String name = Absent.asEmpty(found.name());
            boolean refused = found.kind() == CauseKind.CLAIM_MISSING && !NameRules.isClaimName(name);
            return Cause.of(refused ? CauseKind.CLAIM_NAME_REFUSED : found.kind(), name, symptom);
        });
    }

    private Optional<Cause> findWaiting(Symptom symptom, String text) {
        Matcher unmounted = UNMOUNTED.matcher(text);
        if (unmounted.find()) {
            Matcher processed = PROCESSED.matcher(text);
            boolean hasReason =
                    processed.find() && !WAITING.matcher(processed.group(1)).find();
            return hasReason ? Optional.empty() : Optional.of(waiting(symptom, unmounted.group(1)));
        }
        if (!WAITING.matcher(text).find()) {
            return Optional.empty();
        }
        Matcher volume = ONE_VOLUME.matcher(text);
        return Optional.of(Cause.of(CauseKind.TIMED_OUT, node, volume.find() ? volume.group(1) : "", symptom));
    }

    /** The kubelet's words for two volumes on one claim are the same as for a slow server. */
    private Cause waiting(Symptom symptom, String unmounted) {
        List<String> names = List.of(unmounted.split("[ ,]+"));
        if (names.stream().allMatch(volumes::isOfSettings)) {
            return ofSettings(unmounted, symptom);
        }
        for (Map.Entry<String, List<String>> claim : volumes.claims().entrySet()) {
            List<String> onIt = claim.getValue();
            if (onIt.size() > 1 && names.stream().anyMatch(onIt::contains)) {
                return Cause.of(CauseKind.TWO_VOLUMES_ON_ONE_CLAIM, claim.getKey(), String.join(", ", onIt), symptom);
            }
        }
        return Cause.of(CauseKind.TIMED_OUT, node, unmounted, symptom);
    }

    Optional<Cause> findAtStart(Symptom symptom, String container) {
        String text = head(symptom);
        Matcher subPath = SUB_PATH.matcher(text);
        if (subPath.find()) {
            boolean readOnly = text.contains("create subPath directory") && volumes.isSourceReadOnly(subPath.group(1));
            return Optional.of(Cause.of(
                    readOnly ? CauseKind.READ_ONLY_SOURCE : CauseKind.SUB_PATH_REFUSED, subPath.group(1), symptom));
        }
        return KnownText.find(OF_START, text)
                .map(found -> found.kind().about() == CauseKind.About.CONTAINER
                        ? Cause.of(found.kind(), container, symptom)
                        : onNode(found, text, symptom));
    }

    /** What a program says when a file refuses: most lines of a log say nothing of the kind. */
    Optional<Cause> findInLog(Symptom symptom) {
        String text = head(symptom);
        Matcher denied = DENIED.matcher(text);
        if (!denied.find()) {
            return Optional.empty();
        }
        String before = denied.group(1);
        String words = denied.group(2).toLowerCase(Locale.ROOT);
        String what = OTHER_WORDS.getOrDefault(words, words);
        // A shell's programs name the path before the reason, Python, Node and Java behind it.
        String behind = denied.group(3);
        String path = NAMED_BEHIND.matcher(behind).find()
                ? ""
                : lastPath(SCRIPT.matcher(before).replaceFirst(""));
        path = path.isEmpty() ? lastPath(behind) : path;
        VolumesOfPod.Place place = volumes.placeOf(path).orElse(null);
        if (what.startsWith("stale") || what.startsWith("no locks")) {
            CauseKind kind = what.startsWith("stale") ? CauseKind.STALE_HANDLE : CauseKind.NO_LOCKS;
            return Optional.of(onNode(new Found(kind, null), "", symptom));
        }
        if (place == null) {
            return Optional.empty(); // a program may be denied much that is not on a claim
        }
        boolean chown = before.contains("chown")
                || before.contains("changing owner")
                || CHOWN_BEHIND.matcher(behind).find();
        if (what.startsWith("invalid") && !chown) {
            return Optional.empty();
        }
        return Optional.of(
                switch (what) {
                    case "no space left on device", "disk quota exceeded" ->
                        Cause.of(CauseKind.STORAGE_FULL, path, symptom);
                    case "input/output error" -> onNode(new Found(CauseKind.INPUT_OUTPUT_ERROR, null), "", symptom);
                    case "transport endpoint is not connected" ->
                        onNode(new Found(CauseKind.MOUNT_BROKEN, null), "", symptom);
                    case "host is down" -> onNode(new Found(CauseKind.SERVER_UNREACHABLE, null), "-t cifs", symptom);
                    case "read-only file system" -> Cause.of(CauseKind.READ_ONLY_MOUNT, place.mountPath(), symptom);
                    default ->
                        chown
                                ? Cause.of(CauseKind.CHOWN_REFUSED, path, symptom)
                                : what.startsWith("operation")
                                        ? unknown(symptom)
                                        : Cause.of(denied(place, path), path, symptom);
                });
    }

    private static CauseKind denied(VolumesOfPod.Place place, String path) {
        if (place.mountPath().equals(ServiceVolumes.SHARES_PATH.value()) && !place.readOnly()) {
            return CauseKind.WRONG_OWNER_OF_SHARES;
        }
        // A home itself is made below; deeper, the home is what does not belong to the user.
        boolean aHome = path.indexOf('/', place.mountPath().length() + 1) < 0;
        if (place.mountPath().equals(ServiceVolumes.PROJECTS_PATH.value()) && !place.readOnly() && aHome) {
            return CauseKind.WRONG_OWNER_OF_HOMES;
        }
        if (!place.software()) {
            return CauseKind.WRONG_OWNER_OF_HOME;
        }
        return place.readOnly() ? CauseKind.SOFTWARE_NOT_READABLE : CauseKind.WRONG_OWNER_OF_SOFTWARE;
    }

    private static String lastPath(String text) {
        Matcher paths = PATH.matcher(text);
        String last = "";
        while (paths.find()) {
            last = paths.group(1) == null ? paths.group(2) : paths.group(1);
        }
        return last;
    }
}
