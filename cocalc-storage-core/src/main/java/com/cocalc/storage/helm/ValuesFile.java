package com.cocalc.storage.helm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the text of a file, or reports in one line why it cannot be read. */
final class ValuesFile {

    /** The largest file. Helm keeps a release in a Secret of at most 1 MiB, so longer values cannot work. */
    static final int LONGEST_BYTES = 4 << 20;

    private ValuesFile() {}

    static @Nullable String read(Path file, String name, Problems problems) {
        if (Files.isDirectory(file)) {
            problems.add(
                    name + " must be a file, but was a directory; name the file in it, for example my-values.yaml");
            return null;
        }
        byte[] bytes;
        // One byte more than allowed tells that it is too long, also where nobody knows the length before.
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST_BYTES + 1);
        } catch (IOException e) {
            problems.add(unreadable(name, e));
            return null;
        }
        if (bytes.length > LONGEST_BYTES) {
            problems.add(tooLong(name));
            return null;
        }
        return decode(bytes, name, problems);
    }

    static String tooLong(String name) {
        return name + " must be at most " + LONGEST_BYTES
                + " bytes long, but was longer; check that it is the file with"
                + " the values, Helm stores at most 1 MiB";
    }

    static String unreadable(String name, IOException e) {
        if (e instanceof NoSuchFileException) {
            return name + " must be a file, but does not exist; check its path";
        }
        if (e instanceof AccessDeniedException) {
            return name
                    + " must be readable, but access was denied; check the permissions of the file and its directories";
        }
        return name + " must be readable, but reading it failed with "
                + e.getClass().getSimpleName() + "; check that it is a file";
    }

    private static @Nullable String decode(byte[] bytes, String name, Problems problems) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            String lineStart = text.substring(text.lastIndexOf('\n') + 1);
            int column = 1 + lineStart.codePointCount(0, lineStart.length());
            problems.add(
                    new Place(problems.currentFile(), name, line, column),
                    name,
                    "be in UTF-8",
                    "the byte " + String.format("0x%02X", bytes[in.position()]),
                    "save the file as UTF-8");
            return null;
        }
        return text;
    }
}
