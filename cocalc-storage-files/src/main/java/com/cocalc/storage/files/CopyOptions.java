package com.cocalc.storage.files;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a tree is copied. */
final class CopyOptions {

    final boolean overwritingNewer;
    final boolean deletingMissing;
    final boolean keepingBackups;
    final boolean comparingContents;
    final boolean dryRun;
    final List<String> excludes;
    final Set<CopyAttribute> attributes;
    final ForcePolicy force;
    final long maxFiles;
    final long maxBytes;
    final long bytesPerSecond;
    final @Nullable Duration timeLimit;
    final LinkRule linkRule;
    final KeptPaths kept;
    final boolean droppingLeftOut;
    final @Nullable ShareLock lock;
    final @Nullable CopyListener listener;
    final @Nullable Cancellation cancellation;

    private CopyOptions(Builder builder) {
        overwritingNewer = builder.overwritingNewer;
        deletingMissing = builder.deletingMissing;
        keepingBackups = builder.keepingBackups;
        comparingContents = builder.comparingContents;
        dryRun = builder.dryRun;
        excludes = List.copyOf(builder.excludes);
        attributes = Set.copyOf(builder.attributes);
        force = builder.force;
        maxFiles = builder.maxFiles;
        maxBytes = builder.maxBytes;
        bytesPerSecond = builder.bytesPerSecond;
        timeLimit = builder.timeLimit;
        linkRule = builder.linkRule;
        kept = builder.kept;
        droppingLeftOut = builder.droppingLeftOut;
        lock = builder.lock;
        listener = builder.listener;
        cancellation = builder.cancellation;
    }

    static Builder builder() {
        return new Builder();
    }

    Builder toBuilder() {
        Builder builder = new Builder();
        builder.overwritingNewer = overwritingNewer;
        builder.deletingMissing = deletingMissing;
        builder.keepingBackups = keepingBackups;
        builder.comparingContents = comparingContents;
        builder.dryRun = dryRun;
        builder.excludes = excludes;
        builder.attributes = attributes;
        builder.force = force;
        builder.maxFiles = maxFiles;
        builder.maxBytes = maxBytes;
        builder.bytesPerSecond = bytesPerSecond;
        builder.timeLimit = timeLimit;
        builder.linkRule = linkRule;
        builder.kept = kept;
        builder.droppingLeftOut = droppingLeftOut;
        builder.lock = lock;
        builder.listener = listener;
        builder.cancellation = cancellation;
        return builder;
    }

    boolean keeps(CopyAttribute attribute) {
        return attributes.contains(attribute);
    }

    /** The limits in words; one that was not set is left out. */
    String limits(String joined) {
        String most = maxFiles == Long.MAX_VALUE ? "" : maxFiles + " files";
        if (maxBytes == Long.MAX_VALUE) {
            return most;
        }
        return (most.isEmpty() ? "" : most + " " + joined + " ") + maxBytes + " bytes";
    }

    boolean isLimited() {
        return maxFiles < Long.MAX_VALUE || maxBytes < Long.MAX_VALUE;
    }

    static final class Builder {
        boolean overwritingNewer;
        boolean deletingMissing;
        boolean keepingBackups;
        boolean comparingContents;
        boolean dryRun;
        List<String> excludes = List.of();
        Set<CopyAttribute> attributes = EnumSet.allOf(CopyAttribute.class);
        ForcePolicy force = ForcePolicy.NEVER;
        long maxFiles = Long.MAX_VALUE;
        long maxBytes = Long.MAX_VALUE;
        long bytesPerSecond = Long.MAX_VALUE;

        @Nullable
        Duration timeLimit;

        LinkRule linkRule = LinkRule.KEEP_ALL;
        /** What stays in the target though the source lacks it. */
        KeptPaths kept = KeptPaths.NONE;
        /** Whether a link or a FIFO that is left out takes what the target has under its name with it. */
        boolean droppingLeftOut;
        /** What must be held while the target changes. */
        @Nullable
        ShareLock lock;

        @Nullable
        CopyListener listener;

        @Nullable
        Cancellation cancellation;

        private Builder() {}

        CopyOptions build() {
            return new CopyOptions(this);
        }
    }
}
