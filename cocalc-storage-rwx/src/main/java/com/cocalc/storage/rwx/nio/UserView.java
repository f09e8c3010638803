package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.nio.path.PathBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The {@code user} view: extended attributes of the name space {@code user}. */
final class UserView implements UserDefinedFileAttributeView, NamedAttributes {
    private static final String PREFIX = "user.";
    private static final int LONGEST_NAME = 255;

    private final PathTarget target;

    UserView(PathTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "user";
    }

    @Override
    public List<String> list() throws IOException {
        List<byte[]> names = opened("Unable to get list of extended attributes", OpenFile::listxattr);
        List<String> list = new ArrayList<>();
        for (byte[] bytes : names) {
            String name = PathBytes.decode(bytes);
            if (name.startsWith(PREFIX)) {
                list.add(name.substring(PREFIX.length()));
            }
        }
        return list;
    }

    @Override
    public int size(String name) throws IOException {
        String action = "Unable to get size of extended attribute '" + name + "'";
        return opened(action, file -> file.getxattr(fullName(name))).length;
    }

    @Override
    public int read(String name, ByteBuffer dst) throws IOException {
        if (dst.isReadOnly()) {
            throw new IllegalArgumentException("Read-only buffer");
        }
        String action = "Error reading extended attribute '" + name + "'";
        byte[] value = opened(action, file -> file.getxattr(fullName(name)));
        if (value.length > dst.remaining()) {
            throw failure(action + ": Insufficient space in buffer");
        }
        dst.put(value);
        return value.length;
    }

    @Override
    public int write(String name, ByteBuffer src) throws IOException {
        byte[] value = new byte[src.remaining()];
        src.duplicate().get(value);
        this.<@Nullable Void>opened("Error writing extended attribute '" + name + "'", file -> {
            file.setxattr(fullName(name), value);
            return null;
        });
        src.position(src.limit());
        return value.length;
    }

    @Override
    public void delete(String name) throws IOException {
        this.<@Nullable Void>opened("Unable to delete extended attribute '" + name + "'", file -> {
            file.removexattr(fullName(name));
            return null;
        });
    }

    @Override
    public Map<String, Object> readNamed(String[] names) throws IOException {
        List<String> wanted = wanted(names);
        Map<String, Object> values = new HashMap<>();
        for (String name : wanted) {
            ByteBuffer value = ByteBuffer.allocate(size(name));
            read(name, value);
            values.put(name, value.array());
        }
        return values;
    }

    private List<String> wanted(String[] names) throws IOException {
        for (String name : names) {
            if (name.equals("*")) {
                return list();
            }
            if (name.isEmpty()) {
                throw new IllegalArgumentException();
            }
        }
        return Arrays.asList(names);
    }

    @Override
    public void setNamed(String name, @Nullable Object value) throws IOException {
        Object bytes = Objects.requireNonNull(value);
        write(name, bytes instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) bytes);
    }

    private byte[] fullName(String name) throws FileSystemException {
        byte[] bytes = (PREFIX + Objects.requireNonNull(name, "'name' is null")).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_NAME) {
            throw failure("'" + PREFIX + name + "' is too big");
        }
        return untilNul(bytes);
    }

    /** Returns the bytes up to a NUL, which are what the kernel reads. */
    private static byte[] untilNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return Arrays.copyOf(bytes, i);
            }
        }
        return bytes;
    }

    private <T extends @Nullable Object> T opened(String action, Call<T> call) throws IOException {
        OpenFile file;
        try {
            file = target.open();
        } catch (ErrnoException e) {
            throw Failures.of(e, target.path());
        }
        try {
            try {
                return call.on(file);
            } finally {
                file.close();
            }
        } catch (ErrnoException e) {
            throw failure(action + ": " + e.errno().text());
        }
    }

    private FileSystemException failure(String reason) {
        return new FileSystemException(target.path().toString(), null, reason);
    }

    private interface Call<T extends @Nullable Object> {
        T on(OpenFile file) throws ErrnoException, IOException;
    }
}
