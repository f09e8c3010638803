package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/** The options of {@code newByteChannel}, checked together. */
final class ChannelOptions {
    /** The options of a channel or input stream without options. */
    private static final ChannelOptions TO_READ = new ChannelOptions().settled();

    /** The options of an output stream without options. */
    private static final ChannelOptions TO_REPLACE = new ChannelOptions()
            .with(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)
            .settled();

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
        return options.isEmpty() ? TO_READ : parsed(options).settled();
    }

    /** Returns the options of an asynchronous channel, which refuses to append before it checks combinations. */
    static ChannelOptions ofAsynchronous(Set<? extends OpenOption> options) {
        ChannelOptions parsed = parsed(options);
        if (parsed.isAppending) {
            throw new UnsupportedOperationException("APPEND not allowed");
        }
        return parsed.settled();
    }

    private static ChannelOptions parsed(Set<? extends OpenOption> options) {
        ChannelOptions parsed = new ChannelOptions();
        for (OpenOption option : options) {
            parsed.add(option);
        }
        return parsed;
    }

    /** Returns the options of an input stream. */
    static ChannelOptions ofInput(OpenOption... options) {
        for (OpenOption option : options) {
            if (option == StandardOpenOption.APPEND || option == StandardOpenOption.WRITE) {
                throw new UnsupportedOperationException("'" + option + "' not allowed");
            }
        }
        return options.length == 0
                ? TO_READ
                : new ChannelOptions().with(options).settled();
    }

    /** Returns the options of an output stream. */
    static ChannelOptions ofOutput(OpenOption... options) {
        if (options.length == 0) {
            return TO_REPLACE;
        }
        for (OpenOption option : options) {
            if (option == StandardOpenOption.READ) {
                throw new IllegalArgumentException("READ not allowed");
            }
        }
        return new ChannelOptions().with(options).with(StandardOpenOption.WRITE).settled();
    }

    private ChannelOptions with(OpenOption... options) {
        for (OpenOption option : options) {
            add(option);
        }
        return this;
    }

    private void add(OpenOption option) {
        if (option instanceof StandardOpenOption standard) {
            add(standard);
        } else if (option == LinkOption.NOFOLLOW_LINKS) {
            isFollowing = false;
        } else {
            throw new UnsupportedOperationException(Objects.requireNonNull(option) + " not supported");
        }
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

    private ChannelOptions settled() {
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
        return this;
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

    /** Returns whether CREATE_NEW has an effect, which it does not have only for reading. */
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
