package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The attributes of a view by name. */
final class AttributeNames {
    static final AttributeNames BASIC = new AttributeNames()
            .with("size", RwxPosixFileAttributes::size)
            .with("creationTime", RwxPosixFileAttributes::creationTime)
            .with("lastAccessTime", RwxPosixFileAttributes::lastAccessTime)
            .with("lastModifiedTime", RwxPosixFileAttributes::lastModifiedTime)
            .with("isDirectory", RwxPosixFileAttributes::isDirectory)
            .with("isSymbolicLink", RwxPosixFileAttributes::isSymbolicLink)
            .with("isRegularFile", RwxPosixFileAttributes::isRegularFile)
            .with("isOther", RwxPosixFileAttributes::isOther)
            .with("fileKey", RwxPosixFileAttributes::fileKey);

    static final AttributeNames POSIX = new AttributeNames()
            .withAll(BASIC)
            .with("permissions", RwxPosixFileAttributes::permissions)
            .with("owner", RwxPosixFileAttributes::owner)
            .with("group", RwxPosixFileAttributes::group);

    static final AttributeNames UNIX = new AttributeNames()
            .withAll(POSIX)
            .with("mode", attributes -> attributes.stat().mode())
            .with("ino", attributes -> attributes.stat().ino())
            .with("dev", attributes -> attributes.stat().dev())
            // No device files here.
            .with("rdev", attributes -> 0L)
            .with("nlink", attributes -> attributes.stat().nlink())
            .with("uid", attributes -> (int) attributes.stat().uid())
            .with("gid", attributes -> (int) attributes.stat().gid())
            .with("ctime", RwxPosixFileAttributes::changeTime);

    private final Map<String, Function<RwxPosixFileAttributes, Object>> readers = new LinkedHashMap<>();

    private AttributeNames() {}

    /** Reads the attributes. */
    interface Source {
        RwxPosixFileAttributes read() throws IOException;
    }

    private AttributeNames with(String name, Function<RwxPosixFileAttributes, Object> reader) {
        readers.put(name, reader);
        return this;
    }

    private AttributeNames withAll(AttributeNames others) {
        readers.putAll(others.readers);
        return this;
    }

    /**
     * Reads attributes after checking their names, as the JDK does: an unknown name is refused even if the file is
     * missing.
     */
    Map<String, Object> read(String[] names, Source source) throws IOException {
        boolean isAll = false;
        for (String name : names) {
            isAll |= name.equals("*");
            if (!name.equals("*") && !readers.containsKey(name)) {
                throw new IllegalArgumentException("'" + name + "' not recognized");
            }
        }
        RwxPosixFileAttributes attributes = source.read();
        Map<String, Object> values = new HashMap<>();
        for (Map.Entry<String, Function<RwxPosixFileAttributes, Object>> reader : readers.entrySet()) {
            if (isAll || isNamed(names, reader.getKey())) {
                values.put(reader.getKey(), reader.getValue().apply(attributes));
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private static boolean isNamed(String[] names, String wanted) {
        for (String name : names) {
            if (name.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
