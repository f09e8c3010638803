package com.cocalc.storage.files.tree;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is held open. Whatever happens to its name, this is the directory that was opened, and a name that
 * is used here is looked up in it alone and never followed.
 *
 * <p>Every argument is a path of exactly one name. Calls that open a name of a foreign directory may block if somebody
 * puts a FIFO there: {@link Worker} watches over them.
 */
public final class OpenDirectory implements Closeable {

    private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> BOTH_WAYS =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> MAKING =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final SecureDirectoryStream<Path> stream;
    private final PosixFileAttributeView own;

    private OpenDirectory(DirectoryStream<Path> opened) throws IOException {
        if (!(opened instanceof SecureDirectoryStream<Path> secure)) {
            opened.close();
            throw new UnsafeFileSystemException("it has no SecureDirectoryStream");
        }
        stream = secure;
        PosixFileAttributeView view = secure.getFileAttributeView(PosixFileAttributeView.class);
        if (view == null) {
            opened.close();
            throw new UnsafeFileSystemException("its directory streams have no POSIX attributes");
        }
        own = view;
    }

    /** Opens a directory by a path that no project can change. */
    @SuppressWarnings("StreamResourceLeak") // closed with the directory, or by its constructor
    public static OpenDirectory ofTrusted(Path path) throws IOException {
        return new OpenDirectory(Files.newDirectoryStream(path));
    }

    /** Opens a directory in this one. */
    public OpenDirectory enter(Path name) throws IOException {
        return new OpenDirectory(stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    /** Opens this directory once more, to list it again. */
    public OpenDirectory again(Path dot) throws IOException {
        return new OpenDirectory(stream.newDirectoryStream(dot, LinkOption.NOFOLLOW_LINKS));
    }

    /** The names in it, each as a relative path of one name; once for each opening. */
    public Iterator<Path> names() {
        Iterator<Path> entries = stream.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Path next() {
                return entries.next().getFileName();
            }
        };
    }

    /** Whether there is another name, with a failure to read the directory as what it is. */
    public static boolean hasNext(Iterator<Path> names) throws IOException {
        try {
            return names.hasNext();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    public FileState state() throws IOException {
        return new FileState(own.readAttributes());
    }

    @Nullable
    public FileState find(Path name) throws IOException {
        try {
            return new FileState(view(name).readAttributes());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    public SeekableByteChannel read(Path name) throws IOException {
        return stream.newByteChannel(name, READING);
    }

    /** Makes the names in it last. */
    public void force(Path dot) throws IOException {
        try (SeekableByteChannel channel = read(dot)) {
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
        }
    }

    /** Opens a FIFO without blocking, so that whoever waits at its other end goes on. */
    SeekableByteChannel release(Path name) throws IOException {
        return stream.newByteChannel(name, BOTH_WAYS);
    }

    public SeekableByteChannel create(Path name, Set<PosixFilePermission> mode) throws IOException {
        return stream.newByteChannel(name, MAKING, PosixFilePermissions.asFileAttribute(mode));
    }

    public void move(Path name, OpenDirectory to, Path newName) throws IOException {
        stream.move(name, to.stream, newName);
    }

    public void deleteFile(Path name) throws IOException {
        stream.deleteFile(name);
    }

    public void deleteDirectory(Path name) throws IOException {
        stream.deleteDirectory(name);
    }

    public void setTimes(Path name, FileTime modified, FileTime accessed) throws IOException {
        view(name).setTimes(modified, accessed, null);
    }

    public void setMode(Path name, Set<PosixFilePermission> mode) throws IOException {
        view(name).setPermissions(mode);
    }

    public void setOwner(Path name, UserPrincipal user, GroupPrincipal group) throws IOException {
        PosixFileAttributeView view = view(name);
        view.setOwner(user);
        view.setGroup(group);
    }

    public void setOwnTimes(FileTime modified, FileTime accessed) throws IOException {
        own.setTimes(modified, accessed, null);
    }

    public void setOwnMode(Set<PosixFilePermission> mode) throws IOException {
        own.setPermissions(mode);
    }

    public void setOwnOwner(UserPrincipal user, GroupPrincipal group) throws IOException {
        own.setOwner(user);
        own.setGroup(group);
    }

    private PosixFileAttributeView view(Path name) {
        return stream.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
