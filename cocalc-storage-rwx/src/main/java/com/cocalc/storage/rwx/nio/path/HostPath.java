package com.cocalc.storage.rwx.nio.path;

import com.cocalc.storage.rwx.disk.ByteText;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Path;

/**
 * The bytes of paths of other file systems. Java's text of a name that is not UTF-8 does not lead to the file, but a
 * URI of the default file system has its bytes.
 */
public final class HostPath {
    private static final char REPLACEMENT = '\uFFFD';

    private HostPath() {}

    /** Returns the bytes of a path, with slashes between its names. */
    public static byte[] bytes(Path path) {
        String text = path.toString();
        if (text.indexOf(REPLACEMENT) < 0 || !hasBytes(path.getFileSystem())) {
            return ByteText.toBytes(text.replace(path.getFileSystem().getSeparator(), "/"));
        }
        String raw = path.getFileSystem().getPath("/").resolve(path).toUri().getRawPath();
        // It starts at the root in any case, and ends in a slash where there happens to be a directory.
        byte[] octets = unescaped(path.isAbsolute() ? raw : raw.substring(1));
        return PathBytes.clean(octets);
    }

    /** Returns the entry of a directory with a name, or the target of a link. */
    public static Path resolve(Path directory, byte[] path) {
        FileSystem files = directory.getFileSystem();
        String text = new String(path, StandardCharsets.UTF_8);
        if (!hasBytes(files)) {
            return directory.resolve(text.indexOf(REPLACEMENT) < 0 ? text : ByteText.withEscapes(path));
        }
        if (text.chars().allMatch(c -> c < 0x80)) {
            return directory.resolve(text);
        }
        // A JVM whose locale has another encoding knows the characters of UTF-8 by no text.
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : path) {
            uri.append(b == '/' ? "/" : String.format("%%%02x", b & 0xff));
        }
        Path absolute = Path.of(URI.create(uri.toString()));
        return path[0] == '/' ? absolute : directory.resolve(absolute.subpath(0, absolute.getNameCount()));
    }

    private static boolean hasBytes(FileSystem files) {
        return files.provider().getScheme().equals("file")
                && files.getSeparator().equals("/");
    }

    private static byte[] unescaped(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
