package com.cocalc.storage.rwx.nio;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code basic} view. */
class BasicView implements BasicFileAttributeView, NamedAttributes {
    final FileTarget target;

    BasicView(FileTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "basic";
    }

    @Override
    public RwxFileAttributes readAttributes() throws IOException {
        return target.basicAttributes();
    }

    @Override
    public void setTimes(
            @Nullable FileTime lastModifiedTime, @Nullable FileTime lastAccessTime, @Nullable FileTime createTime)
            throws IOException {
        // Nothing sets a time of creation.
        target.setTimes(lastAccessTime, lastModifiedTime);
    }

    @Override
    public Map<String, Object> readNamed(String[] names) throws IOException {
        return AttributeNames.BASIC.read(names, target::attributes);
    }

    @Override
    public void setNamed(String name, @Nullable Object value) throws IOException {
        switch (name) {
            case "lastModifiedTime" -> setTimes((FileTime) value, null, null);
            case "lastAccessTime" -> setTimes(null, (FileTime) value, null);
            case "creationTime" -> setTimes(null, null, (FileTime) value);
            default -> throw new IllegalArgumentException("'" + name() + ":" + name + "' not recognized");
        }
    }
}
