package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.NameRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds causes in messages of Kubernetes and of the container runtimes. */
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
            KnownText.of("persistentvolumeclaims? " + QUOTED + " is forbidden: User ", CauseKind.CLAIM_FORBIDDEN),
            KnownText.of("persistentvolumes? " + QUOTED + " not found", CauseKind.VOLUME_MISSING),
            KnownText.of("bound to non-existent persistentvolume " + QUOTED, CauseKind.VOLUME_MISSING),
            KnownText.of(
                    "PVC \"?(?:[^ /\"]{1,300}/)?([^ /\"]{1,300})\"? was not created for pod",
                    CauseKind.EPHEMERAL_CLAIM_OF_ANOTHER),
            KnownText.of(
                    "waiting for ephemeral volume controller to create the persistentvolumeclaim " + QUOTED,
                    CauseKind.CLAIM_PENDING),
            KnownText.of(
                    "error processing PVC [^ /]{1,300}/([^ :]{1,300}): (?:PVC is not bound|PVC has empty"
                            + " |found PV object [^ ]{1,300} (?:with|but it has a) nil pv\\.Spec\\.ClaimRef)",
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
            KnownText.of("bound to non-existent (?:pv|persistentvolume)", CauseKind.VOLUME_MISSING),
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
            KnownText.of(
                    "subpath `[^`]{0,4000}`:? must not (?:be an absolute path|contain '\\.\\.')",
                    CauseKind.SUB_PATH_NOT_ALLOWED),
            KnownText.of(
                    "container (?:process|init): mkdir [^\n]{1,4000}: (?:not a directory|read-only file system|file exists)"
                            + "|cwd must be an absolute path"
                            + "|chdir to cwd [^\n]{1,4000}: (?:not a directory|no such file or directory)",
                    CauseKind.WORKING_DIRECTORY_REFUSED),
            KnownText.of(
                    "cannot be mounted because it is (?:inside /proc|not of type proc)|destination can't be '/'"
                            + "|can't mask paths: open /dev/null|error closing exec fds: open /proc/self/fd"
                            + "|error setting up ptmx: |error reopening /dev/null inside container: "
                            + "|mounting [^\n]{1,4000}(?:: file name too long|mount field contains null byte"
                            + "|/dev/(?:pts|mqueue)/[^\n:]{1,4000}: operation not permitted)",
                    CauseKind.MOUNT_PATH_REFUSED),
            KnownText.of(NOT_OF_RUNTIME + "stale (?:nfs )?file handle", CauseKind.STALE_HANDLE),
            KnownText.of(
                    ServerTexts.BROKEN + "|mkdir [^ ]{0,1000}/kubelet/[^ ]{1,200}/volumes/[^ ]{1,1000}: file exists",
                    CauseKind.MOUNT_BROKEN),
            KnownText.of("/kubelet/[^ ]{0,1000}: (?:" + ServerTexts.SILENT + ")", CauseKind.SERVER_UNREACHABLE),
            KnownText.of(
                    "^(?!.*\\bexec: [^\n]{0,600}: input/output error)" + NOT_OF_RUNTIME + "input/output error",
                    CauseKind.INPUT_OUTPUT_ERROR),
            KnownText.of("no locks available", CauseKind.NO_LOCKS),
            KnownText.of(
                    "^(?:Error: )?stat /(?![^\n]{0,1000}/kubelet/)[^:\n]{0,1000}: no such file or directory$"
                            + "|failed to mkdir \\\\?\"/(?![^\"\n]{0,1000}/kubelet/)[^\n]{0,2000}: read-only file system"
                            + "|bind source path does not exist: /(?![^\n]{0,1000}/kubelet/)",
                    CauseKind.NODE_DIRECTORY_MISSING),
            KnownText.of("idmap|mount_setattr", CauseKind.ID_MAP_REFUSED),
            // What follows is found by words in any order, each looked for once.
            KnownText.of(
                    "^(?!.*kubernetes\\.io~(?:secret|configmap|projected|downward-api))(?=.*(?:/kubelet/|chdir(?: to |: )|container (?:process|init): mkdir |create failed: (?:mkdir|creating) ))"
                            + "(?=.*permission denied)",
                    CauseKind.DIRECTORY_DENIED),
            KnownText.of(
                    "^(?!.*/sys/fs/cgroup)(?=.*(?:mounting|mountpoint|container create failed))(?=.*(?:mkdir|openat|mknod))"
                            + "(?=.*read-only file system)",
                    CauseKind.MOUNT_POINT_MISSING),
            KnownText.of("^(?=.*(?:mount|mkdir|openat))(?=.*not a directory)", CauseKind.NOT_A_DIRECTORY));

    private static final Pattern NO_USER = Pattern.compile("user group \"?\\d{1,20}\"? is specified without user");

    private static final Pattern NO_CLASS = Pattern.compile(
            "storageclass(?:es)?(?:\\.storage\\.k8s\\.io)? \"([^\"]{1,300})\" not found", Pattern.CASE_INSENSITIVE);
    private static final Pattern SUB_PATH =
            Pattern.compile("failed to (?:prepare subPath|create subPath directory) for volumeMount " + QUOTED);
    /** A mount point is made on the volume that holds it, or in the container's own root, on the disk of the node. */
    private static final Pattern MOUNT_POINT_WITHOUT_SPACE = Pattern.compile(
            "(?:to rootfs at " + QUOTED
                    + "|create failed: (?:mkdir|creating|openat2?|mknod)(?:at)? `/?([^`\n]{1,4000})`)"
                    + "[^\n]{0,4000}: no space left on device",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern UNMOUNTED = Pattern.compile("unmounted volumes=\\[([^\\]]{0,1000})\\]");
    private static final Pattern PROCESSED =
            Pattern.compile("failed to process volumes=\\[[^\\]]{0,1000}\\]: (.*)", Pattern.DOTALL);
    /** Taints have names of all kinds. */
    private static final Pattern TAINT = Pattern.compile("\\{[^}]{0,300}}");

    private static final Pattern ONE_VOLUME = Pattern.compile("for volume " + QUOTED);
    private static final Pattern WAITING =
            Pattern.compile("timed out waiting for|context deadline exceeded|DeadlineExceeded|tachment time(?:d )?out"
                    + "|time(?:d )?out after \\d|failed with time out");
    private static final Pattern EXPANDING = Pattern.compile(" failed while expanding volume |\\bNodeExpandVolume[. ]");
    private final VolumesOfPod volumes;
    private final @Nullable String node;

    KnownTexts(VolumesOfPod volumes, @Nullable String node) {
        this.volumes = volumes;
        this.node = node;
    }

    static String head(Symptom symptom) {
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
            case "VolumeResizeFailed", "FileSystemResizeFailed" -> CauseKind.RESIZE_FAILED;
            case "ProvisioningFailed" -> CauseKind.PROVISIONING_FAILED;
            case "ExternalProvisioning" -> CauseKind.WAITING_FOR_PROVISIONER;
            case "VolumeModifyFailed" -> CauseKind.UNKNOWN;
            default -> CauseKind.CLAIM_PENDING;
        };
        return Cause.of(kind, claim, symptom);
    }

    Optional<Cause> findInScheduling(Symptom symptom) {
        String text = head(symptom);
        Optional<Cause> known = findClaim(symptom, text)
                .or(() -> findClass(symptom, text))
                .or(() -> KnownText.find(OF_SCHEDULING, text)
                        .map(found -> Cause.of(found.kind(), null, Absent.asEmpty(found.name()), symptom)));
        String untainted = TAINT.matcher(text).replaceAll("");
        boolean isAboutVolumes = untainted.toLowerCase(Locale.ROOT).contains("volume");
        return known.isPresent() || !isAboutVolumes ? known : Optional.of(unknown(symptom));
    }

    private static Optional<Cause> findClass(Symptom symptom, String text) {
        Matcher noClass = NO_CLASS.matcher(text);
        return noClass.find()
                ? Optional.of(Cause.of(CauseKind.CLASS_MISSING, null, noClass.group(1), symptom))
                : Optional.empty();
    }

    private static Cause unknown(Symptom symptom) {
        return Cause.of(CauseKind.UNKNOWN, null, symptom);
    }

    /** What keeps the pod from starting and is not about storage. Of an image, the reason may say all. */
    Optional<Cause> findOther(String reason, Symptom symptom) {
        return OtherTexts.find(symptom, reason + "\n" + head(symptom));
    }

    /** A sandbox mostly fails for want of a network, which is not looked at here. */
    Optional<Cause> findInSandbox(Symptom symptom) {
        return NO_USER.matcher(head(symptom)).find()
                ? Optional.of(Cause.of(CauseKind.GROUP_WITHOUT_USER, null, symptom))
                : Optional.empty();
    }

    Cause ofMount(String reason, Symptom symptom) {
        String text = head(symptom);
        if (reason.endsWith("ResizeFailed") || EXPANDING.matcher(text).find()) {
            return Cause.of(CauseKind.RESIZE_FAILED, null, symptom);
        }
        Matcher named = ONE_VOLUME.matcher(text);
        if (named.find() && volumes.isOfSettings(named.group(1))) {
            return OtherTexts.findSettings(symptom, text).orElseGet(() -> ofSettings(named.group(1), symptom));
        }
        return OtherTexts.findBeside(symptom, text)
                .or(() -> findClaim(symptom, text))
                .or(() -> ServerTexts.find(text).map(found -> ServerTexts.onNode(found, text, node, symptom)))
                .or(() -> OtherTexts.findSettings(symptom, text))
                .or(() -> findWaiting(symptom, text))
                .orElseGet(() -> unknown(symptom));
    }

    private static Cause ofSettings(String volumes, Symptom symptom) {
        String what = "volume " + volumes + " of config maps, secrets or fields of the pod cannot be set up";
        return Cause.of(CauseKind.NOT_STORAGE, null, what, symptom);
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
        Matcher mountPoint = MOUNT_POINT_WITHOUT_SPACE.matcher(text);
        if (mountPoint.find()) {
            String path = mountPoint.group(1) == null ? "/" + mountPoint.group(2) : mountPoint.group(1);
            String holder = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
            return Optional.of(
                    volumes.placeOf(holder, container).isPresent()
                            ? Cause.of(CauseKind.STORAGE_FULL, holder, symptom)
                            : OtherTexts.nodeIsFull(symptom));
        }
        Matcher subPath = SUB_PATH.matcher(text);
        if (subPath.find()) {
            boolean readOnly = text.contains("create subPath directory") && volumes.isSourceReadOnly(subPath.group(1));
            return Optional.of(Cause.of(
                    readOnly ? CauseKind.READ_ONLY_SOURCE : CauseKind.SUB_PATH_REFUSED, subPath.group(1), symptom));
        }
        return KnownText.find(OF_START, text)
                .map(found -> found.kind().about() == CauseKind.About.CONTAINER
                        ? Cause.of(found.kind(), container, symptom)
                        : ServerTexts.onNode(found, text, node, symptom));
    }
}
