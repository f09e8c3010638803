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

    /** A shell and others start a message with the script and the line in it. */
    private static final Pattern SCRIPT = Pattern.compile("^[^\\s:]{1,1000}:(?: line)? ?\\d{1,9}: ");

    private static final Pattern RUNS = Pattern.compile(
            "(?:\\b(?:exec(?:v?pe?|ve)?|spawn)|\\brun (?:command|program)|^(?:env|nohup|timeout|nice|xargs|setsid):)"
                    + " ?['\"`\u2018]?$");

    /** It names a line only where it cannot run something; of a file it says that it cannot create or open it. */
    private static final Pattern DASH = Pattern.compile("[^\\s:]{1,1000}: \\d{1,9}: /");

    private static final Pattern SHELL =
            Pattern.compile("(?:[^\\s:]{1,1000}: line \\d{1,9}|(?:[^\\s:]{0,1000}/)?-?(?:a|ba|da|k|z)?sh): ");
    private static final Pattern SCRIPT_OR_PROGRAM =
            Pattern.compile("/s?bin/[^/]{1,300}$|\\.(?:sh|bash|py|pl|rb|jl|run|bin)$", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMED_BEHIND = Pattern.compile("^(?:: b?|, [a-z]{1,20} )['\"]/");
    private static final Pattern BEHIND = Pattern.compile(
            "^(?:: b?|(?:: unknown system error -\\d{1,3})?, [a-z]{1,20} | \\[| \\(|\" }: |.{0,40}\"path\": ?)\\\\?['\"\u2018\u201c]?/",
            Pattern.CASE_INSENSITIVE);

    /** What stands between a path and the reason that is about it, and not about another program. */
    private static final Pattern AFTER_PATH = Pattern.compile(
            "^[\\\\'\"`\u2019\u201d\\])]{0,3}(?:(?:, [^:]{1,40})?\\)?:(?!\\d)| failed| E\\d{1,4}:| for [a-z]{1,10}ing\\b| \\(|, | - |\\s*$)");

    private static final Pattern CHOWN_BEFORE = Pattern.compile("\\b[fl]?chown\\b|(?:chang|preserv)(?:e|ing) owner");
    private static final Pattern CHOWN_BEHIND = Pattern.compile("^, [fl]?chown ");

    /** A file that is named right before the reason: what fails elsewhere in a line is a connection of the program. */
    private static final Pattern NAMED_BEFORE = Pattern.compile(
            "(?:['\"`\u2018\u201c]/[^'\"`\u2019\u201d]{0,1000}['\"`\u2019\u201d]"
                    + "|[\\s(]/[^\\s:'\"]{0,1000})(?: failed)?: (?:(?:cannot|can't|could not) [a-z]{1,20}: )?$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CONNECTION =
            Pattern.compile("\\b(?:socket|connect|ssh\\b|scp\\b|sftp\\b)", Pattern.CASE_INSENSITIVE);

    /** What a program of the user mounts, or has on another machine, is not on a claim, whatever its path is. */
    private static final Pattern MOUNTS = Pattern.compile(
            "^(?:u?mount|fusermount3?|sshfs|rclone|scp|sftp)(?:\\.[a-z0-9]{1,20})?(?::| [^ ]{1,300}:) ");

    /** The kernel has no space for another watch, whatever is watched. */
    private static final Pattern WATCH = Pattern.compile("(?<![/\\w])(?:inotify|watch)", Pattern.CASE_INSENSITIVE);

    /** What stands before the path of an address and not of a file. */
    private static final String REQUEST = "\\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) ";

    /** A path in quotes of any kind, or up to a colon or blank. */
    private static final Pattern PATH =
            Pattern.compile("['\"`\u2018\u201c](/[^'\"`\u2019\u201d]{0,1000})['\"`\u2019\u201d]|(?<=[\\s:(\\[]|^)(?<!"
                    + REQUEST + ")(/[^\\s:'\"\\]]{0,1000})");

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
        if (MOUNTS.matcher(before).find() || before.endsWith("connect: ")) {
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
        // A shell's programs name the path before the reason, Python, Node and Java behind it.
        String behind = denied.group(3);
        boolean namedBehind = NAMED_BEHIND.matcher(behind).find();
        if (SILENT.matcher(what).matches() && !namedBehind && !isFile(before)) {
            return Optional.empty();
        }
        String start = SCRIPT.matcher(before).replaceFirst("");
        String path = namedBehind ? "" : lastPath(start);
        String named = path.isEmpty() ? firstPath(behind) : path;
        if (!isNamed(path.isEmpty() ? "" : start, named, behind)) {
            return Optional.empty();
        }
        if (what.equals("permission denied") && isProgram(before, start, named)) {
            return Optional.empty();
        }
        boolean chown = isChown(before, behind);
        boolean byRoot = chown && volumes.mayBeSaidByRoot(named, speaker);
        if (chown && !byRoot && !what.equals("permission denied")) {
            return Optional.empty(); // users cannot give files away
        }
        // A program may be denied much that is not on a claim.
        return volumes.placeOf(named).flatMap(place -> ofFile(what, place, named, byRoot, symptom));
    }

    /** Users are denied much, and a line may have a path that has nothing to do with it. */
    private static boolean isNamed(String before, String path, String behind) {
        return before.isEmpty()
                ? BEHIND.matcher(behind).find()
                : AFTER_PATH
                        .matcher(before.substring(before.lastIndexOf(path) + path.length()))
                        .find();
    }

    /** A program that may not be run lacks its x bit, wherever it is; a shell says of some files the same. */
    private static boolean isProgram(String before, String start, String path) {
        int at = start.lastIndexOf(path);
        return RUNS.matcher(at < 0 ? start : start.substring(0, at)).find()
                || (DASH.matcher(before).lookingAt() && start.startsWith(path))
                || (SHELL.matcher(before).lookingAt()
                        && SCRIPT_OR_PROGRAM.matcher(path).find());
    }

    private static boolean isFile(String before) {
        return NAMED_BEFORE.matcher(before).find()
                && !CONNECTION.matcher(before).find();
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

    private static String firstPath(String text) {
        Matcher paths = PATH.matcher(text);
        return paths.find() ? pathOf(paths) : "";
    }

    private static String pathOf(Matcher path) {
        return path.group(1) == null ? path.group(2) : path.group(1);
    }

    private static String lastPath(String text) {
        Matcher paths = PATH.matcher(text);
        String last = "";
        while (paths.find()) {
            last = pathOf(paths);
        }
        return last;
    }
}
