package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A volume with a home of 2001, as its owner, as root and as a read-only mount see it. */
final class NioTestBed {
    final RwxVolume volume;
    final FileSystem root;
    final FileSystem user;
    final FileSystem readOnly;

    private NioTestBed(RwxVolume volume) throws IOException {
        this.volume = volume;
        this.root = volume.mount(Mount.asRoot().umask(0));
        Path home = Files.createDirectory(root.getPath("/home"));
        Files.setAttribute(home, "unix:uid", 2001);
        Files.setAttribute(home, "unix:gid", 2001);
        Files.setAttribute(Files.createDirectory(root.getPath("/of-root")), "unix:mode", 0755);
        this.user = volume.mount(Mount.as(2001, 2001));
        this.readOnly = volume.mount(Mount.as(2001, 2001).readOnly());
    }

    static NioTestBed create() throws IOException {
        return new NioTestBed(RwxVolume.create());
    }

    static NioTestBed on(RwxVolume volume) throws IOException {
        return new NioTestBed(volume);
    }

    /** A path below the home. */
    Path home(String name) {
        return user.getPath("/home", name);
    }

    Path file(String name) throws IOException {
        return Files.writeString(home(name), "hello");
    }

    Path directory(String name, String... entries) throws IOException {
        Path directory = Files.createDirectory(home(name));
        for (String entry : entries) {
            Files.writeString(directory.resolve(entry), "inner");
        }
        return directory;
    }

    Path link(String name, String target) throws IOException {
        return Files.createSymbolicLink(home(name), user.getPath(target));
    }

    static Path chmod(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
        return path;
    }

    static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode");
    }

    /** The exact exception, and everything that it says. */
    static void assertFails(
            ThrowingCallable call,
            Class<? extends FileSystemException> type,
            @Nullable Object file,
            @Nullable Object other,
            @Nullable String reason) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isExactlyInstanceOf(type);
        FileSystemException failure = (FileSystemException) thrown;
        assertThat(failure.getFile()).isEqualTo(file == null ? null : file.toString());
        assertThat(failure.getOtherFile()).isEqualTo(other == null ? null : other.toString());
        assertThat(failure.getReason()).isEqualTo(reason);
    }
}
