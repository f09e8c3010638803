package com.cocalc.storage.testkit.cluster.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Path;

/**
 * Names as text without loss: each byte that is not UTF-8 is an unpaired surrogate U+DC80 to U+DCFF, as in Python.
 * Java's own text of such a name leads to no file.
 */
final class NameText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final int FIRST_BYTE = 0xdc80;
    private static final int LAST_BYTE = 0xdcff;
    private static final int OFFSET = 0xdc00;

    private NameText() {}

    /** Returns the text of one name. */
    static String of(Path name) {
        String text = name.toString();
        return text.indexOf(REPLACEMENT) < 0 ? text : withSurrogates(bytesOfName(name));
    }

    /** Returns the bytes of a name, which only its URI has. */
    private static byte[] bytesOfName(Path name) {
        String raw = name.getFileSystem().getPath("/").resolve(name).toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else if (c != '/') {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    private static String withSurrogates(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(4, bytes.length - at);
            while (length > 1 && !isCharacter(bytes, at, length)) {
                length--;
            }
            if (isCharacter(bytes, at, length)) {
                text.append(new String(bytes, at, length, UTF_8));
            } else {
                text.append((char) (OFFSET + (bytes[at] & 0xff)));
            }
            at += length;
        }
        return text.toString();
    }

    /** Returns whether bytes are exactly one character. */
    private static boolean isCharacter(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, UTF_8);
        boolean isReplaced = text.indexOf(REPLACEMENT) >= 0 && !isReplacementItself(bytes, from, length);
        return text.codePointCount(0, text.length()) == 1 && !isReplaced;
    }

    private static boolean isReplacementItself(byte[] bytes, int from, int length) {
        return length == 3 && (bytes[from] & 0xff) == 0xef && (bytes[from + 1] & 0xff) == 0xbf;
    }

    /** Returns the bytes of such a text. */
    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= FIRST_BYTE && c <= LAST_BYTE) {
                bytes.write(c - OFFSET);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** Returns one character for each byte, as programs without a locale see the text. */
    static String eachByte(String text) {
        return new String(bytes(text), ISO_8859_1);
    }

    private static boolean isJavaText(String text) {
        return text.codePoints().noneMatch(c -> c >= FIRST_BYTE && c <= LAST_BYTE);
    }

    /** Returns the path of such a text; a relative one starts at the directory. */
    static Path path(Path directory, String text) {
        FileSystem files = directory.getFileSystem();
        boolean isAbsoluteOnDisk =
                text.startsWith("/") && files.provider().getScheme().equals("file");
        // On the disk, a JVM whose locale has no UTF-8 knows characters beyond ASCII by no text.
        if (isJavaText(text) && (!isAbsoluteOnDisk || text.chars().allMatch(c -> c < 0x80))) {
            return directory.resolve(text);
        }
        Path start = text.startsWith("/") ? files.getPath("/") : directory;
        StringBuilder uri = new StringBuilder(start.toUri().toString()).append('/');
        for (byte b : bytes(text)) {
            uri.append(b == '/' ? "/" : String.format("%%%02X", b & 0xff));
        }
        return files.provider().getPath(URI.create(uri.toString()));
    }

    /** Returns the text as a log shows it. */
    static String shown(String text) {
        return isJavaText(text) ? text : new String(bytes(text), UTF_8);
    }
}
