package com.cocalc.storage.files.tree;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names as bytes, and how they are shown. */
public final class ByteNames {

    private static final int LONGEST_SHOWN = 240;

    private ByteNames() {}

    /** Two paths joined by a slash; either may be empty. */
    public static byte[] join(byte[] path, byte[] below) {
        if (path.length == 0) {
            return below;
        }
        if (below.length == 0) {
            return path;
        }
        byte[] joined = new byte[path.length + 1 + below.length];
        System.arraycopy(path, 0, joined, 0, path.length);
        joined[path.length] = '/';
        System.arraycopy(below, 0, joined, path.length + 1, below.length);
        return joined;
    }

    /** UTF-8, with {@code \xff} for each byte that is none. */
    static String decoded(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length * 4 + 4);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put(String.format(Locale.ROOT, "\\x%02x", in.get() & 0xff));
            }
        }
    }

    /** One line for a message: the end of a long path, and everything but printable ASCII escaped. */
    public static String quoted(byte[] bytes) {
        int start = Math.max(0, bytes.length - LONGEST_SHOWN);
        StringBuilder text = new StringBuilder(start > 0 ? "\"…" : "\"");
        for (int i = start; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            if (b == '"' || b == '\\') {
                text.append('\\').append((char) b);
            } else if (b >= ' ' && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02x", b));
            }
        }
        return text.append('"').toString();
    }
}
