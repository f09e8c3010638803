package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.kubernetes.preflight.KnownText.Found;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds causes in what programs write: the words of the kernel, beside a path that is on a claim. */
final class LogTexts {

    /** Node has words of its own for some errors, and only the number of others; so has the C library of Alpine. */
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(
            Map.entry("eio: i/o error", "input/output error"),
            Map.entry("remote i/o error", "input/output error"), // the server's
            Map.entry("i/o error", "input/output error"),
            Map.entry("enotconn: socket is not connected", "transport endpoint is not connected"),
            Map.entry("socket not connected", "transport endpoint is not connected"),
            Map.entry("unknown system error -37", "no locks available"),
            Map.entry("unknown system error -116", "stale file handle"),
            Map.entry("unknown system error -122", "disk quota exceeded"),
            Map.entry("quota exceeded", "disk quota exceeded"));

    private static final Pattern DENIED = Pattern.compile(
            "^(.{0,2000}?)(permission denied|AccessDeniedException|read-only file system|operation not permitted"
                    + "|no space left on device|disk quota exceeded|input/output error|no locks available|invalid argument"
                    + "|stale (?:nfs )?file handle|" + ServerTexts.SILENT + "|" + ServerTexts.BROKEN
                    + "|eio: i/o error|remote i/o error|enotconn: socket is not connected"
                    + "|unknown system error -(?:37|116|122)\\b"
                    + "|(?<=: )(?:i/o error|socket not connected|quota exceeded)(?=\\s*$))(.{0,2000})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SILENT = Pattern.compile(ServerTexts.SILENT);
    private static final Pattern BROKEN = Pattern.compile(ServerTexts.BROKEN);

    private static final Pattern CHOWN_BEFORE = Pattern.compile("\\b[fl]?chown\\b|(?:chang|preserv)(?:e|ing) owner");
    private static final Pattern CHOWN_BEHIND = Pattern.compile("^, [fl]?chown ");

    /** What a program of the user mounts, or has on another machine, is not on a claim, whatever its path is. */
    private static final Pattern MOUNTS = Pattern.compile(
            "^(?:u?mount|fusermount3?|sshfs|rclone|scp|sftp)(?:\\.[a-z0-9]{1,20})?(?::| [^ ]{1,300}:) ");

    /** The kernel has no space for another watch, whatever is watched. */
    private static final Pattern WATCH = Pattern.compile("(?<![/\\w])(?:inotify|watch)", Pattern.CASE_INSENSITIVE);

    /** What a server answers, or a program by its own rules, is about addresses that look like paths, and its files. */
    private static final Pattern ANSWER = Pattern.compile(
            "\\b(?:(?:HTTP(?:/[0-9.]{1,3})?|status(?: code)?|(?:GET|HEAD|POST|PUT|PATCH|DELETE) \\S{1,1000})[ :=]{1,2}[45]\\d\\d\\b"
                    + "|[45]\\d\\d (?:Forbidden|Unauthorized|Insufficient Storage)\\b|rpc error:|(?<![/\\w.-])(?:acl|authori[sz]ation|authentication)\\b)",
            Pattern.CASE_INSENSITIVE);

    private final VolumesOfPod volumes;
    private final @Nullable String node;

    LogTexts(VolumesOfPod volumes, @Nullable String node) {
        this.volumes = volumes;
        this.node = node;
    }

    /**
     * What a program says when a file refuses: most lines of a log say nothing of the kind.
     *
     * @param speaker the name of the container that wrote it, empty where nobody knows
     */
    Optional<Cause> find(Symptom symptom, String speaker) {
        Matcher denied = DENIED.matcher(KnownTexts.head(symptom));
        if (!denied.find()) {
            return Optional.empty();
        }
        String before = denied.group(1);
        if (MOUNTS.matcher(before).find() || ANSWER.matcher(before).find() || before.endsWith("connect: ")) {
            return Optional.empty();
        }
        String words = denied.group(2).toLowerCase(Locale.ROOT);
        String what = OTHER_WORDS.getOrDefault(words, words);
        if (what.startsWith("no space") && WATCH.matcher(before).find()) {
            return Optional.empty();
        }
        if (what.startsWith("stale")) {
            return Optional.of(onNode(CauseKind.STALE_HANDLE, what, symptom));
        }
        if (what.startsWith("no locks")) {
            return Optional.of(onNode(CauseKind.NO_LOCKS, what, symptom));
        }
        String behind = denied.group(3);
        Optional<RefusedFile> file = RefusedFile.find(before, behind);
        if (file.isEmpty() || (SILENT.matcher(what).matches() && file.get().mayBeOfConnection())) {
            return Optional.empty();
        }
        if (what.equals("permission denied") && file.get().isCalled()) {
            return Optional.empty();
        }
        String named = VolumesOfPod.cleaned(file.get().path());
        boolean chown = isChown(before, behind);
        boolean byRoot = chown && volumes.mayBeSaidByRoot(named, speaker);
        if (chown && !byRoot && !what.equals("permission denied")) {
            return Optional.empty(); // users cannot give files away
        }
        // A program may be denied much that is not on a claim.
        return volumes.placeOf(named, speaker).flatMap(place -> ofFile(what, place, named, byRoot, symptom));
    }

    private static boolean isChown(String before, String behind) {
        return CHOWN_BEFORE.matcher(before).find()
                || CHOWN_BEHIND.matcher(behind).find();
    }

    private Optional<Cause> ofFile(String what, VolumesOfPod.Place place, String path, boolean chown, Symptom symptom) {
        if (SILENT.matcher(what).matches()) {
            return Optional.of(onNode(CauseKind.SERVER_UNREACHABLE, what, symptom));
        }
        if (BROKEN.matcher(what).matches()) {
            return Optional.of(onNode(CauseKind.MOUNT_BROKEN, what, symptom));
        }
        return switch (what) {
            case "no space left on device", "disk quota exceeded" ->
                Optional.of(Cause.of(CauseKind.STORAGE_FULL, path, symptom));
            case "input/output error" -> Optional.of(onNode(CauseKind.INPUT_OUTPUT_ERROR, what, symptom));
            case "read-only file system" ->
                Optional.of(Cause.of(CauseKind.READ_ONLY_MOUNT, place.mountPath(), symptom));
            case "invalid argument" ->
                chown ? Optional.of(Cause.of(CauseKind.CHOWN_REFUSED, path, symptom)) : Optional.empty();
            case "operation not permitted" ->
                Optional.of(
                        Cause.of(chown ? CauseKind.CHOWN_REFUSED : CauseKind.UNKNOWN, chown ? path : null, symptom));
            default -> Optional.of(Cause.of(chown ? CauseKind.CHOWN_REFUSED : denied(place, path), path, symptom));
        };
    }

    private Cause onNode(CauseKind kind, String text, Symptom symptom) {
        return ServerTexts.onNode(new Found(kind, null), text, node, symptom);
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
}
