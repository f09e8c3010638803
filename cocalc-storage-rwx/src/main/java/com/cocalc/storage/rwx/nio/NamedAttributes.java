package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view whose attributes can be asked for by name, as {@code Files.readAttributes(path, "unix:mode")} does. */
interface NamedAttributes {
    /** Reads what is named; {@code *} is everything. */
    Map<String, Object> readNamed(String[] names) throws IOException;

    void setNamed(String name, @Nullable Object value) throws IOException;
}
