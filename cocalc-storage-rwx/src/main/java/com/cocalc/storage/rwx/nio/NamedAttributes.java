package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view whose attributes can be read by name, as {@code Files.readAttributes(path, "unix:mode")} does. */
interface NamedAttributes {
    /** Reads the named attributes; {@code *} names all of them. */
    Map<String, Object> readNamed(String[] names) throws IOException;

    void setNamed(String name, @Nullable Object value) throws IOException;
}
