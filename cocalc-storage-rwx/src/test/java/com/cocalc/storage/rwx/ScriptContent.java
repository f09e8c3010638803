package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.ErrnoException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Contents of files in scripts and answers. */
final class ScriptContent {
    private static final int INLINE_BYTES = 128;
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_FILL = 1 << 28;
    private static final int CHUNK = 1 << 16;

    private ScriptContent() {}

    static byte[] of(ScriptFields op) {
        if (op.has("fill")) {
            long count = op.number("fill");
            if (count > MAX_FILL) {
                throw new ScriptFailure("MemoryError: fill must be at most " + MAX_FILL + ", but was " + count);
            }
            byte[] filled = new byte[(int) Math.max(0, count)];
            Arrays.fill(filled, (byte) 'x');
            return filled;
        }
        String text = op.text("content", "");
        ScriptFields.requireEncodable("content", text);
        return ByteText.toBytes(text);
    }

    /** Writes all of it from the handle's position on, in as many calls as it takes. */
    static void write(ScriptHandle handle, byte[] content) throws ErrnoException {
        ByteBuffer src = ByteBuffer.wrap(content);
        while (src.hasRemaining()) {
            if (handle.file.isAppending()) {
                handle.position = handle.file.append(src, handle.position);
            } else {
                handle.position += handle.file.write(src, handle.position);
            }
        }
    }

    /** Reads from the handle's position to the end, or a little more than the most that is looked at. */
    static Map<String, Object> read(ScriptHandle handle) throws ErrnoException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (content.size() <= MAX_BYTES) {
            chunk.clear();
            int count = handle.file.read(chunk, handle.position);
            if (count <= 0) {
                break;
            }
            handle.position += count;
            content.write(chunk.array(), 0, count);
        }
        return value(content.toByteArray());
    }

    /** Contents as an answer shows them: themselves, or a digest, or that there are too many. */
    private static Map<String, Object> value(byte[] content) {
        if (content.length > MAX_BYTES) {
            return Map.of("contentOver", MAX_BYTES);
        }
        if (content.length <= INLINE_BYTES) {
            return Map.of("content", ByteText.withEscapes(content));
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Map.of("contentSha", HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
