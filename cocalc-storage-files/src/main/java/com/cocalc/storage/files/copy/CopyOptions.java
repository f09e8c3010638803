package com.cocalc.storage.files.copy;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How a tree is copied. */
public final class CopyOptions {

    final boolean overwritingNewer;
    final boolean deletingMissing;
    final boolean keepingBackups;
    final boolean comparingContents;
    public final boolean dryRun;
    public final List<String> excludes;
    final boolean keepingModes;
    final boolean keepingTimes;
    final boolean forcing;
    final long maxFiles;
    final long maxBytes;
    final long bytesPerSecond;
    final @Nullable Duration timeLimit;
    final LinkRule linkRule;
    public final KeptPaths kept;
    final boolean droppingLeftOut;
    final boolean openingDirectories;
    final CopyGuard guard;
    final @Nullable ProgressWatch progress;
    final BooleanSupplier cancelled;

    private CopyOptions(Builder builder) {
        overwritingNewer = builder.overwritingNewer;
        deletingMissing = builder.deletingMissing;
        keepingBackups = builder.keepingBackups;
        comparingContents = builder.comparingContents;
        dryRun = builder.dryRun;
        excludes = List.copyOf(builder.excludes);
        keepingModes = builder.keepingModes;
        keepingTimes = builder.keepingTimes;
        forcing = builder.forcing;
        maxFiles = builder.maxFiles;
        maxBytes = builder.maxBytes;
        bytesPerSecond = builder.bytesPerSecond;
        timeLimit = builder.timeLimit;
        linkRule = builder.linkRule;
        kept = builder.kept;
        droppingLeftOut = builder.droppingLeftOut;
        openingDirectories = builder.openingDirectories;
        guard = builder.guard;
        progress = builder.progress;
        cancelled = builder.cancelled;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.overwritingNewer = overwritingNewer;
        builder.deletingMissing = deletingMissing;
        builder.keepingBackups = keepingBackups;
        builder.comparingContents = comparingContents;
        builder.dryRun = dryRun;
        builder.excludes = excludes;
        builder.keepingModes = keepingModes;
        builder.keepingTimes = keepingTimes;
        builder.forcing = forcing;
        builder.maxFiles = maxFiles;
        builder.maxBytes = maxBytes;
        builder.bytesPerSecond = bytesPerSecond;
        builder.timeLimit = timeLimit;
        builder.linkRule = linkRule;
        builder.kept = kept;
        builder.droppingLeftOut = droppingLeftOut;
        builder.openingDirectories = openingDirectories;
        builder.guard = guard;
        builder.progress = progress;
        builder.cancelled = cancelled;
        return builder;
    }

    /** The limits in words; one that was not set is left out. */
    public String limits(String joined) {
        String most = maxFiles == Long.MAX_VALUE ? "" : maxFiles + " files";
        if (maxBytes == Long.MAX_VALUE) {
            return most;
        }
        return (most.isEmpty() ? "" : most + " " + joined + " ") + maxBytes + " bytes";
    }

    public boolean isLimited() {
        return maxFiles < Long.MAX_VALUE || maxBytes < Long.MAX_VALUE;
    }

    public static final class Builder {
        public boolean overwritingNewer;
        public boolean deletingMissing;
        public boolean keepingBackups;
        public boolean comparingContents;
        public boolean dryRun;
        public List<String> excludes = List.of();
        /** Without it, a new file gets what the umask leaves of the source's mode. */
        public boolean keepingModes = true;

        public boolean keepingTimes = true;
        /** Whether all that is copied is on the disk at the end. */
        public boolean forcing;

        public long maxFiles = Long.MAX_VALUE;
        public long maxBytes = Long.MAX_VALUE;
        public long bytesPerSecond = Long.MAX_VALUE;

        public @Nullable Duration timeLimit;

        public LinkRule linkRule = LinkRule.KEEP_ALL;
        /** What stays in the target though the source lacks it. */
        public KeptPaths kept = KeptPaths.NONE;
        /** Whether a link or a FIFO that is left out takes what the target has under its name with it. */
        public boolean droppingLeftOut;
        /** Whether the service may read every directory that it makes, whatever the mode of the source's. */
        public boolean openingDirectories;
        /** What must be held while the target changes. */
        public CopyGuard guard = CopyGuard.NONE;

        public @Nullable ProgressWatch progress;

        public BooleanSupplier cancelled = () -> false;

        private Builder() {}

        public CopyOptions build() {
            return new CopyOptions(this);
        }
    }
}
