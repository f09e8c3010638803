package com.cocalc.storage.kubernetes.preflight;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that a reason in a line is about. A line may have paths that have nothing to do with the reason: that of the
 * program which writes it, of its source, of a configuration that it has read.
 *
 * @param path the path
 * @param line what stands before the reason
 * @param before what stands before the path and the reason
 * @param quotedBehind whether the path is quoted behind the reason
 */
record RefusedFile(String path, String line, String before, boolean quotedBehind) {

    /** A shell and others start a message with the script and the line in it. */
    private static final Pattern SCRIPT = Pattern.compile("^[^\\s:]{1,1000}:(?: line)? ?\\d{1,9}: ");

    private static final Pattern RUNS = Pattern.compile(
            "(?:\\b(?:(?:exec(?:v?pe?|ve|ut(?:e|ing))?|spawn(?:ing)?|run(?:ning)?|start(?:ing)?|launch(?:ing)?)"
                    + "(?: command| program| process)?)|^(?:env|nohup|timeout|nice|xargs|setsid):) ?['\"`\u2018]?$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CALLS = Pattern.compile(
            "(?:\\b(?:connect(?:\\(\\)|ion|ing)?(?: to)?|socket)[ (]|\\bunix:)['\"`\u2018]?$",
            Pattern.CASE_INSENSITIVE);

    /** It names a line only where it cannot run something; of a file it says that it cannot create or open it. */
    private static final Pattern DASH = Pattern.compile("[^\\s:]{1,1000}: \\d{1,9}: /");

    private static final Pattern SHELL =
            Pattern.compile("(?:[^\\s:]{1,1000}: line \\d{1,9}|(?:[^\\s:]{0,1000}/)?-?(?:a|ba|da|k|z)?sh): ");
    private static final Pattern SCRIPT_OR_PROGRAM =
            Pattern.compile("/s?bin/[^/]{1,300}$|\\.(?:sh|bash|py|pl|rb|jl|run|bin)$", Pattern.CASE_INSENSITIVE);

    private static final String NUMBER = "^(?: [(\\[](?:os error |[a-z]{1,20}:)?\\d{1,3}[)\\]])?";
    private static final Pattern NAMED_BEHIND =
            Pattern.compile(NUMBER + "(?: ?: [bu]?|[,:] [a-z]{1,20} )['\"]/", Pattern.CASE_INSENSITIVE);

    /** What stands between a reason and the path that it is about. */
    private static final Pattern BEHIND = Pattern.compile(
            NUMBER
                    + "(?:: |(?:: unknown system error -\\d{1,3})?, [a-z]{1,20} (?=['\"])| @ [a-z_]{1,40} - \\(?| at path "
                    + "| \\[| \\(|\" }: |.{0,40}\"path\": ?)\\\\?['\"\u2018\u201c]?(?=/)",
            Pattern.CASE_INSENSITIVE);

    /** What is made of two files is made where the second is. */
    private static final Pattern SECOND = Pattern.compile("^['\"`\u2019\\]]?(?: ->)? ['\"`\u2018\\[]?(?=/)");

    private static final String END_OF_NAME = "(?:['\"] -> ['\"][^/'\"]{1,300})?"
            + "[\\\\'\"`\u2019\u201d\\])]{0,3}(?:[,;] [^:)/]{1,40}\\))?(?: (?:for|in) [^:/]{1,30}?)?";
    private static final String LINK = "(?:: | failed: | failed \\(\\d{1,3}: | \\(| - |, (?:probable )?reason '"
            + "|, errno = \\d{1,3}, error message = '| E\\d{1,4}: | = -1 E[A-Z]{1,12} \\()";
    private static final String FAILED_TO =
            "(?:(?:cannot|can't|could not|unable to|failed to) (?:open|create|make|mkdir|read"
                    + "|write|stat|access|remove|delete|unlink|rename|move|close|sync|truncate|lock|flush|save)(?: [a-z]{1,20}){0,3}: "
                    + "|(?:read|write) error[^:/]{0,60}: )?";
    private static final String ERROR = "(?:[a-z.]{0,100}(?:error|exception)(?:: |\\())?"
            + "(?:\\[?(?:os )?errno ?\\d{1,3}\\]?(?: - |: | )|\\d{1,3}, '|E[A-Z]{1,12}: )?";

    /** The name of a call, as Haskell and databases tell it. */
    private static final String CALL =
            "(?:(?:[a-z]{1,20}-)?(?:open(?:at|dir|dirstream)?|write|read(?:dir)?|stat|fsync|unlink"
                    + "|rename|mkdir|[a-z]{1,20}(?:file|directory)): ){0,2}(?:resource exhausted \\()?";

    /**
     * What stands between a path and the reason that is about it: the end of a call, what could not be done, the class
     * or number of the error. Anything else is what a program does, which only has the path.
     */
    private static final Pattern BETWEEN =
            Pattern.compile("^" + END_OF_NAME + LINK + FAILED_TO + CALL + ERROR + "$", Pattern.CASE_INSENSITIVE);

    /** The same behind a path that starts a line: what fails to do something is the program that has this path. */
    private static final Pattern DIRECTLY =
            Pattern.compile("^" + END_OF_NAME + LINK + ERROR + "$", Pattern.CASE_INSENSITIVE);

    /** What stands before the path of an address and not of a file. */
    private static final String REQUEST = "\\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) ";

    /** A path in quotes of any kind, or up to a colon or blank. */
    private static final Pattern PATH = Pattern.compile(
            "['\"`\u2018\u201c](/[^'\"`\u2019\u201d]{0,1000})['\"`\u2019\u201d]|(?<=[\\s(\\['\"]|^|\\bfile:|\\bunix:)(?<!"
                    + REQUEST + ")(/[^\\s:'\"\\]]{0,1000})");

    private static final Pattern CONNECTION =
            Pattern.compile("\\b(?:socket|connect|ssh\\b|scp\\b|sftp\\b)", Pattern.CASE_INSENSITIVE);

    /**
     * Finds the file.
     *
     * @param line what stands before the reason
     * @param rest what stands behind it
     */
    static Optional<RefusedFile> find(String line, String rest) {
        // A shell's programs name the path before the reason, Python, Node and Java behind it.
        boolean quotedBehind = NAMED_BEHIND.matcher(rest).find();
        String start = SCRIPT.matcher(line).replaceFirst("");
        if (!quotedBehind) {
            Optional<MatchResult> last = PATH.matcher(start).results().reduce((one, next) -> next);
            if (last.isPresent()) {
                String before = start.substring(0, last.get().start());
                Pattern between = before.isEmpty() ? DIRECTLY : BETWEEN;
                if (between.matcher(start.substring(end(last.get()))).find()) {
                    return Optional.of(new RefusedFile(path(last.get()), line, before, false));
                }
            }
        }
        Matcher paths = PATH.matcher(rest);
        if (!(quotedBehind || BEHIND.matcher(rest).find()) || !paths.find()) {
            return Optional.empty();
        }
        String path = path(paths);
        while (SECOND.matcher(rest.substring(end(paths))).find() && paths.find()) {
            path = path(paths);
        }
        return Optional.of(new RefusedFile(path, line, start, quotedBehind));
    }

    /** Whether it is a program or a socket: who may not run or call it says nothing of the storage. */
    boolean isCalled() {
        return RUNS.matcher(before).find()
                || CALLS.matcher(before).find()
                || (DASH.matcher(line).lookingAt() && before.isEmpty())
                || (SHELL.matcher(line).lookingAt()
                        && SCRIPT_OR_PROGRAM.matcher(path).find());
    }

    /** Whether the line may be about a connection of the program, which has the same reasons. */
    boolean mayBeOfConnection() {
        return !quotedBehind && (before.isEmpty() || CONNECTION.matcher(line).find());
    }

    private static int end(MatchResult path) {
        return path.group(1) == null ? path.end() : path.end(1);
    }

    private static String path(MatchResult path) {
        return path.group(1) == null ? path.group(2) : path.group(1);
    }
}
