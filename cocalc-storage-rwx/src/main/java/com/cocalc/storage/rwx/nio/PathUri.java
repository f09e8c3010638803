package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.nio.path.PathBytes;
import java.io.ByteArrayOutputStream;
import java.net.URI;

/** Paths as URIs: {@code rwx://<file system>/home/user/a%20b}. A directory ends in a slash, as with {@code file:}. */
public final class PathUri {
    public static final String SCHEME = "rwx";

    private static final String UNESCAPED = "-_.!~*'():@&=+$,;/";

    private PathUri() {}

    static URI of(RwxPath path) {
        RwxPath absolute = path.toAbsolutePath();
        StringBuilder text = new StringBuilder(SCHEME)
                .append("://")
                .append(absolute.getFileSystem().authority());
        for (byte b : absolute.bytes()) {
            char c = (char) (b & 0xff);
            if (isAlphanumeric(c) || UNESCAPED.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(hexDigit(c >> 4)).append(hexDigit(c & 0xf));
            }
        }
        if (absolute.bytes().length > 1 && isDirectory(absolute)) {
            text.append('/');
        }
        return URI.create(text.toString());
    }

    /** Returns the bytes of the path in a URI that {@link #requireRwx} has accepted. */
    static byte[] pathBytes(URI uri) {
        String path = uri.getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int escaped = Integer.parseInt(path.substring(i + 1, i + 3), 16);
                if (escaped == 0) {
                    throw new IllegalArgumentException("Nul character not allowed");
                }
                bytes.write(escaped);
                i += 2;
            } else if (c >= 0x80) {
                throw new IllegalArgumentException("Bad escape");
            } else {
                bytes.write(c);
            }
        }
        return PathBytes.clean(bytes.toByteArray());
    }

    /** Returns the name of the file system in it. */
    static String requireRwx(URI uri) {
        if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("URI scheme is not \"" + SCHEME + "\"");
        }
        if (uri.isOpaque()) {
            throw new IllegalArgumentException("URI is not hierarchical");
        }
        if (uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("URI has no authority component: it must name the file system, as in "
                    + SCHEME + "://1/home; take it from Path.toUri()");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("URI has a fragment component");
        }
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("URI has a query component");
        }
        if (uri.getRawPath().isEmpty()) {
            throw new IllegalArgumentException("URI path component is empty");
        }
        return uri.getRawAuthority();
    }

    private static boolean isDirectory(RwxPath path) {
        try {
            return path.getFileSystem()
                    .syscalls()
                    .stat(null, path.callBytes(), true)
                    .isDirectory();
        } catch (ErrnoException e) {
            return false;
        }
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static char hexDigit(int value) {
        return "0123456789ABCDEF".charAt(value);
    }
}
