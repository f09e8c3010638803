package com.cocalc.storage.files;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.copy.CopyOptions;
import com.cocalc.storage.files.exclude.Exclusion;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.ByteNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What to copy, from which project to which, and how.
 *
 * <pre>{@code
 * ProjectId source = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
 * ProjectId target = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");
 * CopyRequest request = CopyRequest.from(source, FilePath.parse("notes"))
 *         .to(target, FilePath.parse("in/notes"))
 *         .deletingMissing();
 * }</pre>
 *
 * <p>Immutable: each method returns a changed copy. The paths name source and target themselves: a directory
 * {@code notes} copied to {@code in/notes} is {@code in/notes} afterwards, whether that existed or not.
 *
 * <p>What happens where source and target meet:
 *
 * <table>
 * <caption>Source and target</caption>
 * <tr><th>source</th><th>target</th><th>result</th></tr>
 * <tr><td>missing</td><td>anything</td><td>refused, {@link Problem#SOURCE_MISSING}</td></tr>
 * <tr><td>file</td><td>file</td><td>replaced, unless the target is newer or unchanged</td></tr>
 * <tr><td>file or link</td><td>link or file of the other kind</td><td>replaced, unless it is the same link</td></tr>
 * <tr><td>file or link</td><td>directory</td><td>refused, {@link Problem#OTHER_KIND}</td></tr>
 * <tr><td>directory</td><td>directory</td><td>merged</td></tr>
 * <tr><td>directory</td><td>file or link</td><td>refused, {@link Problem#OTHER_KIND}</td></tr>
 * <tr><td>anything</td><td>itself</td><td>refused, {@link Problem#ONTO_ITSELF}</td></tr>
 * <tr><td>directory</td><td>below itself</td><td>refused, {@link Problem#INTO_ITSELF}</td></tr>
 * <tr><td>directory</td><td>that holds the source</td><td>merged; the source stays, also with
 *     {@link #deletingMissing}, {@link SkipReason#HOLDS_THE_SOURCE}</td></tr>
 * <tr><td>anything</td><td>in a directory that is missing</td><td>the directory is made</td></tr>
 * <tr><td>anything</td><td>below a file or link</td><td>refused,
 *     {@link Problem#NOT_A_DIRECTORY}</td></tr>
 * <tr><td>FIFO, socket, device</td><td>anything</td><td>skipped, {@link SkipReason#SPECIAL}</td></tr>
 * </table>
 *
 * <p>Inside a copied tree it is as {@code rsync} does it:
 *
 * <table>
 * <caption>Inside the tree</caption>
 * <tr><th>source</th><th>target</th><th>result</th></tr>
 * <tr><td>file or link</td><td>empty directory</td><td>the directory is replaced</td></tr>
 * <tr><td>file or link</td><td>directory with entries</td><td>skipped, {@link SkipReason#IN_THE_WAY}; replaced with
 *     {@link #deletingMissing}, if nothing in it is excluded or kept as a backup</td></tr>
 * <tr><td>directory</td><td>file, link or other</td><td>the file is removed, then the directory appears</td></tr>
 * <tr><td>directory</td><td>directory that may not be read</td><td>skipped,
 *     {@link SkipReason#TARGET_CLOSED}</td></tr>
 * </table>
 */
public final class CopyRequest {

    private final ProjectId source;
    private final FilePath sourcePath;
    private final ProjectId target;
    private final FilePath targetPath;
    private final CopyOptions options;

    private CopyRequest(
            ProjectId source, FilePath sourcePath, ProjectId target, FilePath targetPath, CopyOptions options) {
        this.source = source;
        this.sourcePath = sourcePath;
        this.target = target;
        this.targetPath = targetPath;
        this.options = options;
    }

    /** A request that does not know its target yet. */
    public static final class Source {
        private final ProjectId project;
        private final FilePath path;

        private Source(ProjectId project, FilePath path) {
            this.project = requireNonNull(project, "project");
            this.path = requireNonNull(path, "path");
        }

        /**
         * Names the target.
         *
         * @param target the project to copy to
         * @param targetPath where the copy is afterwards
         * @return the request
         */
        public CopyRequest to(ProjectId target, FilePath targetPath) {
            return new CopyRequest(
                    project,
                    path,
                    requireNonNull(target, "target"),
                    requireNonNull(targetPath, "target path"),
                    CopyOptions.builder().build());
        }

        /**
         * Names the target's project; the path is that of the source.
         *
         * @param target the project to copy to
         * @return the request
         */
        public CopyRequest to(ProjectId target) {
            return to(target, path);
        }
    }

    /**
     * Names the source.
     *
     * @param source the project to copy from
     * @param path a file, a link or a directory with everything in it
     * @return what to call {@code to} of
     */
    public static Source from(ProjectId source, FilePath path) {
        return new Source(source, path);
    }

    /**
     * Replaces newer files of the target as well. Without this, they stay and are reported.
     *
     * @return the changed request
     */
    public CopyRequest overwritingNewer() {
        return with(builder -> builder.overwritingNewer = true);
    }

    /**
     * Deletes what is in the target's directory and missing in the source's. What is excluded is not deleted.
     *
     * @return the changed request
     */
    public CopyRequest deletingMissing() {
        return with(builder -> builder.deletingMissing = true);
    }

    /**
     * Keeps what is replaced or deleted in the target as {@code name~}, but for directories. An older {@code name~} is
     * lost. A backup of a name that has {@code name~} beside it in the source is {@code name~~}. Where {@code name~} is
     * a directory, or too long a name, what is there stays, and is reported ({@link SkipReason#NO_BACKUP}).
     *
     * @return the changed request
     */
    public CopyRequest keepingBackups() {
        return with(builder -> builder.keepingBackups = true);
    }

    /**
     * Compares the contents of files with the same size and time, which otherwise count as unchanged.
     *
     * @return the changed request
     */
    public CopyRequest comparingContents() {
        return with(builder -> builder.comparingContents = true);
    }

    /**
     * Leaves out what a pattern matches. The patterns are those of {@code rsync --exclude}, relative to the copied
     * directory; {@code + pattern} includes, and the first match counts.
     *
     * @param patterns patterns, added to those before
     * @return the changed request
     * @throws InvalidValueException if a pattern is none
     */
    public CopyRequest excluding(String... patterns) {
        return excluding(Arrays.asList(patterns));
    }

    /**
     * Leaves out what a pattern matches, as {@link #excluding(String...)}.
     *
     * @param patterns patterns, added to those before
     * @return the changed request
     * @throws InvalidValueException if a pattern is none
     */
    public CopyRequest excluding(List<String> patterns) {
        List<String> all = new ArrayList<>(options.excludes);
        all.addAll(patterns);
        Exclusion.of(all);
        return with(builder -> builder.excludes = all);
    }

    /**
     * Ends the copy when a time is up. What is copied by then stays, and another copy goes on from there.
     *
     * @param limit how long the copy may take
     * @return the changed request
     */
    public CopyRequest within(Duration limit) {
        requireNonNull(limit, "limit");
        if (limit.isNegative() || limit.isZero()) {
            throw InvalidValueException.of(
                    "time limit", "be positive", limit.toString(), "leave it out for a copy without limit");
        }
        return with(builder -> builder.timeLimit = limit);
    }

    /**
     * Refuses a source that is too large, before anything is written.
     *
     * @param maxFiles the most files, links and directories
     * @param maxBytes the most bytes in all files; holes count
     * @return the changed request
     */
    public CopyRequest limitedTo(long maxFiles, long maxBytes) {
        requireNotNegative("most files", maxFiles);
        requireNotNegative("most bytes", maxBytes);
        return with(builder -> {
            builder.maxFiles = maxFiles;
            builder.maxBytes = maxBytes;
        });
    }

    private static void requireNotNegative(String what, long number) {
        if (number < 0) {
            throw InvalidValueException.of(
                    what, "not be negative", Long.toString(number), "use Long.MAX_VALUE for no limit");
        }
    }

    /**
     * Limits how fast data is read.
     *
     * @param bytes how many bytes a second
     * @return the changed request
     */
    public CopyRequest slowedTo(long bytes) {
        if (bytes < 1) {
            throw InvalidValueException.of(
                    "bytes per second",
                    "be positive",
                    Long.toString(bytes),
                    "leave slowedTo out for a copy at full speed");
        }
        return with(builder -> builder.bytesPerSecond = bytes);
    }

    /**
     * Reports what would be done, and writes nothing.
     *
     * @return the changed request
     */
    public CopyRequest asDryRun() {
        return with(builder -> builder.dryRun = true);
    }

    /**
     * Keeps only these attributes. Without this, all are kept. Without modes, what is new gets what the umask leaves of
     * the source's mode, and what is replaced or merged keeps its own.
     *
     * @param attributes the attributes to keep
     * @return the changed request
     */
    public CopyRequest keepingOnly(CopyAttribute... attributes) {
        List<CopyAttribute> kept = List.of(attributes);
        return with(builder -> {
            builder.keepingModes = kept.contains(CopyAttribute.MODE);
            builder.keepingTimes = kept.contains(CopyAttribute.TIMES);
        });
    }

    /**
     * Names when data must be on the disk. Without this, {@link ForcePolicy#NEVER}.
     *
     * @param policy when
     * @return the changed request
     */
    public CopyRequest forcing(ForcePolicy policy) {
        requireNonNull(policy, "policy");
        return with(builder -> builder.forcing = policy == ForcePolicy.EVERYTHING);
    }

    /**
     * Tells somebody how far the copy is.
     *
     * @param listener who is told
     * @return the changed request
     */
    public CopyRequest tellingProgressTo(CopyListener listener) {
        requireNonNull(listener, "listener");
        return with(builder -> builder.progress = CopyProgress.telling(listener));
    }

    /**
     * Lets somebody end the copy.
     *
     * @param cancellation what ends it
     * @return the changed request
     */
    public CopyRequest cancelledBy(Cancellation cancellation) {
        requireNonNull(cancellation, "cancellation");
        return with(builder -> builder.cancelled = cancellation::isCancelled);
    }

    private CopyRequest with(Consumer<CopyOptions.Builder> change) {
        CopyOptions.Builder builder = options.toBuilder();
        change.accept(builder);
        return new CopyRequest(source, sourcePath, target, targetPath, builder.build());
    }

    /**
     * Returns the project that is copied from.
     *
     * @return the source
     */
    public ProjectId source() {
        return source;
    }

    /**
     * Returns what is copied.
     *
     * @return a path in the source
     */
    public FilePath sourcePath() {
        return sourcePath;
    }

    /**
     * Returns the project that is copied to.
     *
     * @return the target
     */
    public ProjectId target() {
        return target;
    }

    /**
     * Returns where the copy is afterwards.
     *
     * @return a path in the target
     */
    public FilePath targetPath() {
        return targetPath;
    }

    CopyOptions options() {
        return options;
    }

    /** Returns source and target in words. */
    @Override
    public String toString() {
        return "copy of " + source + ":" + ByteNames.quoted(sourcePath.toBytes()) + " to " + target + ":"
                + ByteNames.quoted(targetPath.toBytes());
    }
}
