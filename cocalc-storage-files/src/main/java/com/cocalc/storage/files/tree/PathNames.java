package com.cocalc.storage.files.tree;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Names of one file system as {@link Path} and as bytes.
 *
 * <p>A {@code Path} keeps the bytes of its name, but its text depends on the locale of the process: under
 * {@code LC_ALL=C}, {@code Path.of("ü")} throws and a name read from a directory shows question marks. A URI is free of
 * that: it escapes the bytes themselves. Plain ASCII takes the short way.
 */
public final class PathNames {

    private final Path directory;
    private final String uri;

    /**
     * Creates the names of a file system.
     *
     * @param directory a directory that no project can change: making a URI looks at what the path names
     */
    PathNames(Path directory) {
        this.directory = directory;
        String text = directory.toUri().toString();
        this.uri = text.endsWith("/") ? text : text + "/";
    }

    /** A relative path of one name with these bytes. */
    public Path of(byte[] name) {
        StringBuilder escaped = new StringBuilder(uri);
        boolean plain = true;
        for (byte b : name) {
            boolean letter = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
            plain &= b > 0;
            if (letter) {
                escaped.append((char) b);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return plain
                ? directory.getFileSystem().getPath(new String(name, StandardCharsets.US_ASCII))
                : directory
                        .getFileSystem()
                        .provider()
                        .getPath(URI.create(escaped.toString()))
                        .getFileName();
    }

    /** The bytes of a relative path of one name. */
    public byte[] bytes(Path name) {
        String text = name.toString();
        if (text.chars().allMatch(c -> c > 0 && c < 0x80)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        String raw = directory.resolve(name).toUri().getRawPath();
        int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
        return unescaped(raw.substring(raw.lastIndexOf('/', end - 1) + 1, end));
    }

    /** The bytes of any path: what a link says. */
    public byte[] textBytes(Path path) {
        String text = path.toString();
        if (text.chars().allMatch(c -> c > 0 && c < 0x80)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        byte[] joined = path.isAbsolute() ? new byte[] {'/'} : new byte[0];
        for (Path name : path) {
            byte[] bytes = bytes(name);
            int length = joined.length;
            boolean first = length == 0 || (length == 1 && joined[0] == '/');
            joined = Arrays.copyOf(joined, length + (first ? 0 : 1) + bytes.length);
            if (!first) {
                joined[length] = '/';
            }
            System.arraycopy(bytes, 0, joined, joined.length - bytes.length, bytes.length);
        }
        return joined;
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
