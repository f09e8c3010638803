package com.cocalc.storage.testkit.rwx;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** What the options of {@code newByteChannel} mean together. */
final class ChannelOptions {
    private boolean isReading;
    private boolean isWriting;
    private boolean isAppending;
    private boolean isTruncating;
    private boolean isCreating;
    private boolean isCreatingNew;
    private boolean isDeletingOnClose;
    private int synchronous;
    private boolean isFollowing = true;

    private ChannelOptions() {}

    static ChannelOptions parse(Set<? extends OpenOption> options) {
        ChannelOptions parsed = new ChannelOptions();
        for (OpenOption option : options) {
            if (option instanceof StandardOpenOption standard) {
                parsed.add(standard);
            } else if (option == LinkOption.NOFOLLOW_LINKS) {
                parsed.isFollowing = false;
            } else {
                throw new UnsupportedOperationException(Objects.requireNonNull(option) + " not supported");
            }
        }
        parsed.settle();
        return parsed;
    }

    /** Of a stream to read from. */
    static ChannelOptions ofInput(OpenOption... options) {
        for (OpenOption option : options) {
            if (option == StandardOpenOption.APPEND || option == StandardOpenOption.WRITE) {
                throw new UnsupportedOperationException("'" + option + "' not allowed");
            }
        }
        return parse(new HashSet<>(Arrays.asList(options)));
    }

    /** Of a stream to write to. */
    static ChannelOptions ofOutput(OpenOption... options) {
        Set<OpenOption> all = new HashSet<>(Arrays.asList(options));
        if (all.contains(StandardOpenOption.READ)) {
            throw new IllegalArgumentException("READ not allowed");
        }
        if (all.isEmpty()) {
            all.add(StandardOpenOption.CREATE);
            all.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        all.add(StandardOpenOption.WRITE);
        return parse(all);
    }

    private void add(StandardOpenOption option) {
        switch (option) {
            case READ -> isReading = true;
            case WRITE -> isWriting = true;
            case APPEND -> isAppending = true;
            case TRUNCATE_EXISTING -> isTruncating = true;
            case CREATE -> isCreating = true;
            case CREATE_NEW -> isCreatingNew = true;
            case DELETE_ON_CLOSE -> isDeletingOnClose = true;
            case SYNC -> synchronous |= OpenFlags.SYNC;
            case DSYNC -> synchronous |= OpenFlags.DSYNC;
            case SPARSE -> {
                // Every file here is sparse.
            }
        }
    }

    private void settle() {
        if (!isReading && !isWriting) {
            isWriting = isAppending;
            isReading = !isAppending;
        }
        if (isReading && isAppending) {
            throw new IllegalArgumentException("READ + APPEND not allowed");
        }
        if (isAppending && isTruncating) {
            throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
        }
        if (isDeletingOnClose) {
            isFollowing = false;
        }
    }

    int openFlags() {
        int flags = (isReading ? OpenFlags.READ : 0) | (isWriting ? OpenFlags.WRITE : 0) | synchronous;
        if (isWriting) {
            flags |= isAppending ? OpenFlags.APPEND : 0;
            if (isCreatingNew) {
                // O_EXCL refuses links by itself, and there is nothing to truncate.
                return flags | OpenFlags.CREAT | OpenFlags.EXCL;
            }
            flags |= isTruncating ? OpenFlags.TRUNC : 0;
            flags |= isCreating ? OpenFlags.CREAT : 0;
        }
        return isFollowing() ? flags : flags | OpenFlags.NOFOLLOW;
    }

    /** Whether this is CREATE_NEW that counts: it does not for reading alone. */
    boolean isCreatingNew() {
        return isWriting && isCreatingNew;
    }

    boolean isFollowing() {
        // The JDK drops it beside CREATE_NEW even where that does not count.
        return isFollowing || isCreatingNew;
    }

    boolean isDeletingOnClose() {
        return isDeletingOnClose;
    }
}
