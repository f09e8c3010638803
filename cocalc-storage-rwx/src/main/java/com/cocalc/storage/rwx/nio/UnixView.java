package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The {@code unix} view, which the JDK provides only by name. */
final class UnixView extends PosixView {
    private final PathTarget path;

    UnixView(PathTarget path) {
        super(path);
        this.path = path;
    }

    @Override
    public String name() {
        return "unix";
    }

    @Override
    public Map<String, Object> readNamed(String[] names) throws IOException {
        return AttributeNames.UNIX.read(names, this::readAttributes);
    }

    @Override
    public void setNamed(String name, @Nullable Object value) throws IOException {
        switch (name) {
            case "mode" -> path.chmod((Integer) Objects.requireNonNull(value) & 07777);
            case "uid" -> target.chown((Integer) Objects.requireNonNull(value), -1);
            case "gid" -> target.chown(-1, (Integer) Objects.requireNonNull(value));
            default -> super.setNamed(name, value);
        }
    }
}
