package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ServiceVolumes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts by which a trouble is known, as Kubernetes, the runtimes and the usual programs write them. */
final class KnownTexts {

    /** Whoever writes a log may write anything: no more than this is looked at. */
    private static final int LONGEST = 4_096;

    private static final Pattern MISSING_CLAIM =
            Pattern.compile("persistentvolumeclaims? \\\\?\"([^\"\\\\]{1,300})\\\\?\" not found");
    private static final Pattern UNBOUND_CLAIM =
            Pattern.compile("error processing PVC [^ /]{1,300}/([^ :]{1,300}): PVC is not bound");
    private static final Pattern DELETED_CLAIM =
            Pattern.compile("persistentvolumeclaim \\\\?\"([^\"\\\\]{1,300})\\\\?\" is being deleted");
    private static final Pattern FORBIDDEN_CLAIM =
            Pattern.compile("persistentvolumeclaims? \\\\?\"([^\"\\\\]{1,300})\\\\?\" is forbidden");
    private static final Pattern DELETED_ON_NODE =
            Pattern.compile("error processing PVC [^ /]{1,300}/([^ :]{1,300}): PVC is being deleted");
    private static final Pattern MISSING_VOLUME =
            Pattern.compile("persistentvolumes? \\\\?\"([^\"\\\\]{1,300})\\\\?\" not found");
    private static final Pattern NOT_OWNER = Pattern.compile(
            "PVC \"?(?:[^ /\"]{1,300}/)?([^ /\"]{1,300})\"? was not created for pod", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_YET_MADE = Pattern.compile(
            "waiting for ephemeral volume controller to create the persistentvolumeclaim \"([^\"]{1,300})\"");
    private static final Pattern NO_CLASS = Pattern.compile(
            "storageclass(?:\\.storage\\.k8s\\.io)? \"([^\"]{1,300})\" not found", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_DRIVER = Pattern.compile(
            "(?:does not contain driver |driver name (?=[^ ]{1,300} not found in the list))([^ ]{1,300})");
    private static final Pattern SUB_PATH = Pattern.compile(
            "failed to (?:prepare subPath|create subPath directory) for volumeMount \\\\?\"([^\"\\\\]{1,300})\\\\?\"");
    private static final Pattern DIRECTORY_DENIED = Pattern.compile(
            "(?:chdir to cwd .{0,600}|stat [^ ]{0,300}/kubelet/[^ ]{0,1000}) ?(?:failed)?: permission denied",
            Pattern.DOTALL);
    private static final Pattern UNMOUNTED = Pattern.compile("unmounted volumes=\\[([^\\]]{0,1000})\\]");
    private static final Pattern DENIED = Pattern.compile(
            "^(.{0,2000}?)(permission denied|AccessDeniedException|read-only file system|operation not permitted"
                    + "|no space left on device|disk quota exceeded|input/output error|no locks available|invalid argument"
                    + "|stale (?:nfs )?file handle)(.{0,2000})",
            Pattern.CASE_INSENSITIVE);
    /** A path in quotes of any kind, or up to a colon or blank. */
    private static final Pattern PATH = Pattern.compile(
            "['\"`\u2018\u201c](/[^'\"`\u2019\u201d]{0,1000})['\"`\u2019\u201d]|(?<=[\\s:(]|^)(/[^\\s:'\"]{0,1000})");

    private static final List<Known> OF_CLAIM = List.of(
            new Known(DELETED_CLAIM, ClaimCause.BeingDeleted::new),
            new Known(DELETED_ON_NODE, ClaimCause.BeingDeleted::new),
            new Known(FORBIDDEN_CLAIM, ClaimCause.Forbidden::new),
            new Known(MISSING_VOLUME, ClaimCause.VolumeMissing::new),
            new Known(NOT_OWNER, ClaimCause.EphemeralOfAnother::new),
            new Known(NOT_YET_MADE, ClaimCause.Pending::new));

    private final VolumesOfPod volumes;

    KnownTexts(VolumesOfPod volumes) {
        this.volumes = volumes;
    }

    private static String head(Symptom symptom) {
        String text = symptom.text();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    Cause ofClaim(Symptom symptom, String claim) {
        String text = head(symptom);
        Matcher noClass = NO_CLASS.matcher(text);
        if (noClass.find()) {
            return new ClaimCause.ClassMissing(claim, noClass.group(1), symptom);
        }
        if (text.contains("no storage class is set")) {
            return new ClaimCause.NoDefaultClass(claim, symptom);
        }
        if (symptom.seenIn().contains("ClaimLost")) {
            return new ClaimCause.Lost(claim, symptom);
        }
        if (symptom.seenIn().contains("ClaimMisbound")) {
            return new ClaimCause.Misbound(claim, symptom);
        }
        if (symptom.seenIn().contains("VolumeMismatch") || text.contains("already bound to a different claim")) {
            return new ClaimCause.VolumeMismatch(claim, symptom);
        }
        if (symptom.seenIn().contains("ResizeFailed")) {
            return new ClaimCause.ResizeFailed(claim, symptom);
        }
        if (symptom.seenIn().contains("ProvisioningFailed")) {
            return new ClaimCause.ProvisioningFailed(claim, symptom);
        }
        return symptom.seenIn().contains("ExternalProvisioning")
                ? new ClaimCause.WaitingForProvisioner(claim, symptom)
                : new ClaimCause.Pending(claim, symptom);
    }

    Optional<Cause> findInScheduling(Symptom symptom) {
        String text = head(symptom);
        Optional<Cause> claim = findClaim(symptom, text);
        if (claim.isPresent()) {
            return claim;
        }
        if (text.contains("unbound immediate PersistentVolumeClaims")
                || text.contains("didn't find available persistent volumes to bind")) {
            return Optional.of(new ClaimCause.Pending("", symptom));
        }
        if (text.contains("bound to non-existent pv(s)")) {
            return Optional.of(new ClaimCause.VolumeMissing("", symptom));
        }
        if (text.contains("did not have enough free storage")) {
            return Optional.of(new ClaimCause.NoSpaceOnNodes(symptom));
        }
        if (text.contains("volume node affinity conflict")) {
            return Optional.of(new ClaimCause.OtherZone(symptom));
        }
        return text.toLowerCase(Locale.ROOT).contains("volume")
                ? Optional.of(new Cause.Unknown(symptom))
                : Optional.empty();
    }

    /** What keeps the pod from starting and is not about storage. */
    Optional<Cause> findOther(Symptom symptom) {
        // Of an image, the reason may say all.
        return OtherTexts.find(symptom, symptom.seenIn() + "\n" + head(symptom));
    }

    Cause ofMount(Symptom symptom) {
        String text = head(symptom);
        if (symptom.seenIn().contains("ResizeFailed")) {
            return new ClaimCause.ResizeFailed("", symptom);
        }
        Optional<Cause> claim = findClaim(symptom, text);
        if (claim.isPresent()) {
            return claim.get();
        }
        Optional<MountCause> mount = ServerTexts.find(symptom, text);
        if (mount.isPresent()) {
            return mount.get();
        }
        Matcher driver = NO_DRIVER.matcher(text);
        if (driver.find()) {
            return new NodeCause.NoDriver(driver.group(1), symptom);
        }
        Optional<Cause> other = OtherTexts.find(symptom, text);
        if (other.isPresent()) {
            return other.get();
        }
        Matcher unmounted = UNMOUNTED.matcher(text);
        if (unmounted.find()) {
            return waiting(symptom, unmounted.group(1));
        }
        return text.contains("timed out waiting for the condition")
                        || text.contains("context deadline exceeded")
                        || text.contains("DeadlineExceeded")
                ? new NodeCause.TimedOut("", symptom)
                : new Cause.Unknown(symptom);
    }

    private static Optional<Cause> findClaim(Symptom symptom, String text) {
        Matcher missing = MISSING_CLAIM.matcher(text);
        if (missing.find()) {
            return Optional.of(new ClaimCause.Missing(missing.group(1), symptom));
        }
        for (Known known : OF_CLAIM) {
            Matcher found = known.text.matcher(text);
            if (found.find()) {
                return Optional.of(known.cause.apply(found.group(1), symptom));
            }
        }
        Matcher unbound = UNBOUND_CLAIM.matcher(text);
        return unbound.find() ? Optional.of(new ClaimCause.Pending(unbound.group(1), symptom)) : Optional.empty();
    }

    /** The kubelet's words for two volumes on one claim are the same as for a slow server. */
    private Cause waiting(Symptom symptom, String unmounted) {
        for (Map.Entry<String, List<String>> claim : volumes.claims().entrySet()) {
            List<String> onIt = claim.getValue();
            if (onIt.size() > 1 && List.of(unmounted.split("[ ,]+")).stream().anyMatch(onIt::contains)) {
                return new VolumeUseCause.TwoVolumesOnOneClaim(claim.getKey(), String.join(", ", onIt), symptom);
            }
        }
        return new NodeCause.TimedOut(unmounted, symptom);
    }

    Optional<Cause> findAtStart(Symptom symptom, String container) {
        String text = head(symptom);
        Matcher subPath = SUB_PATH.matcher(text);
        if (subPath.find()) {
            boolean noDirectory = text.contains("create subPath directory");
            return Optional.of(
                    noDirectory && volumes.isSourceReadOnly(subPath.group(1))
                            ? new StartCause.ReadOnlySource(subPath.group(1), symptom)
                            : new StartCause.SubPathRefused(subPath.group(1), symptom));
        }
        if (text.contains("breaks non-root policy") || text.contains("container has runAsNonRoot and image")) {
            return Optional.of(new StartCause.NonRootPolicy(container, symptom));
        }
        if (text.contains("recursive read-only") || text.contains("recursiveReadOnly")) {
            return Optional.of(new StartCause.RecursiveReadOnlyUnsupported(container, symptom));
        }
        if (text.contains("missing value for ")) {
            return Optional.of(new StartCause.MissingVariable(container, symptom));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("stale nfs file handle") || lower.contains("stale file handle")) {
            return Optional.of(new ExportCause.StaleHandle(symptom));
        }
        if (lower.contains("input/output error")) {
            return Optional.of(new ExportCause.InputOutput(symptom));
        }
        if (lower.contains("no locks available")) {
            return Optional.of(new ExportCause.NoLocks(symptom));
        }
        if (lower.contains("idmap")) {
            return Optional.of(new StartCause.IdMapRefused(container, symptom));
        }
        if (DIRECTORY_DENIED.matcher(lower).find()) {
            return Optional.of(new StartCause.DirectoryDenied(container, symptom));
        }
        if (lower.contains("mkdir") && lower.contains("read-only file system")) {
            return Optional.of(new StartCause.MountPointMissing(container, symptom));
        }
        return lower.contains("mount") && lower.contains("not a directory")
                ? Optional.of(new StartCause.NotADirectory(container, symptom))
                : Optional.empty();
    }

    /** What a program says when a file refuses: most lines of a log say nothing of the kind. */
    Optional<Cause> findInLog(Symptom symptom) {
        String text = head(symptom);
        Matcher denied = DENIED.matcher(text);
        if (!denied.find()) {
            return Optional.empty();
        }
        String before = denied.group(1);
        String what = denied.group(2).toLowerCase(Locale.ROOT);
        // A shell's programs name the path before the reason, Python, Node and Java behind it.
        String path = lastPath(before);
        path = path.isEmpty() ? lastPath(denied.group(3)) : path;
        VolumesOfPod.Place place = volumes.placeOf(path).orElse(null);
        if (what.startsWith("stale")) {
            return Optional.of(new ExportCause.StaleHandle(symptom));
        }
        if (what.startsWith("no locks")) {
            return Optional.of(new ExportCause.NoLocks(symptom));
        }
        if (place == null) {
            return Optional.empty(); // a program may be denied much that is no storage of ours
        }
        if (what.startsWith("no space") || what.startsWith("disk quota")) {
            return Optional.of(new OwnershipCause.StorageFull(path, symptom));
        }
        if (what.startsWith("input")) {
            return Optional.of(new ExportCause.InputOutput(symptom));
        }
        if (what.startsWith("read-only")) {
            return Optional.of(new OwnershipCause.ReadOnlyMount(place.mountPath(), symptom));
        }
        boolean chown = before.contains("chown") || before.contains("changing owner");
        if (chown) {
            return Optional.of(new OwnershipCause.ChownRefused(path, symptom));
        }
        if (what.startsWith("invalid")) {
            return Optional.empty();
        }
        return Optional.of(what.startsWith("operation") ? new Cause.Unknown(symptom) : denied(place, path, symptom));
    }

    private static Cause denied(VolumesOfPod.Place place, String path, Symptom symptom) {
        if (place.mountPath().equals(ServiceVolumes.SHARES_PATH.value()) && !place.readOnly()) {
            return new OwnershipCause.WrongOwnerOfShares(path, symptom);
        }
        if (!place.software()) {
            return new OwnershipCause.WrongOwnerOfHome(path, symptom);
        }
        return place.readOnly()
                ? new OwnershipCause.SoftwareNotReadable(path, symptom)
                : new OwnershipCause.WrongOwnerOfSoftware(path, symptom);
    }

    private static String lastPath(String text) {
        Matcher paths = PATH.matcher(text);
        String last = "";
        while (paths.find()) {
            last = paths.group(1) == null ? paths.group(2) : paths.group(1);
        }
        return last;
    }

    private record Known(Pattern text, BiFunction<String, Symptom, Cause> cause) {}
}
