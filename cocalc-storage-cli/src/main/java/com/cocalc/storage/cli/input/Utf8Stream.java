package com.cocalc.storage.cli.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Bytes that must be UTF-8. The decoder of Java refuses others without saying where they are. */
final class Utf8Stream extends FilterInputStream {

    private int line = 1;
    private int column;
    private int last;

    /** How many bytes of a character are still to come, and the range of the next one. */
    private int missing;

    private int least;
    private int most;

    Utf8Stream(InputStream in) {
        super(in);
    }

    /** A byte that is not UTF-8. */
    static final class OtherByteException extends IOException {

        private static final long serialVersionUID = 1L;

        private OtherByteException(String message) {
            super(message);
        }
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        check(next);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        for (int i = 0; i < read; i++) {
            check(target[offset + i] & 0xff);
        }
        if (read < 0) {
            check(read);
        }
        return read;
    }

    private void check(int next) throws IOException {
        if (missing > 0) {
            if (next < least || next > most) {
                throw refused(last);
            }
            missing--;
            setRange(0x80, 0xbf);
            return;
        }
        if (next < 0) {
            return;
        }
        count(next);
        missing = next < 0x80 ? 0 : next < 0xe0 ? 1 : next < 0xf0 ? 2 : 3;
        // Longer forms than needed, halves of pairs, and what is beyond Unicode.
        setRange(next == 0xe0 ? 0xa0 : next == 0xf0 ? 0x90 : 0x80, next == 0xed ? 0x9f : next == 0xf4 ? 0x8f : 0xbf);
        if ((next >= 0x80 && next < 0xc2) || next > 0xf4) {
            throw refused(next);
        }
    }

    private void setRange(int from, int to) {
        least = from;
        most = to;
    }

    private void count(int next) {
        boolean endedLine = last == '\n' || (last == '\r' && next != '\n');
        line += endedLine ? 1 : 0;
        column = endedLine ? 1 : column + 1;
        last = next;
    }

    private OtherByteException refused(int found) {
        return new OtherByteException(String.format(
                Locale.ROOT,
                ", line %d, column %d, must be text in UTF-8, but has the byte 0x%02x; convert it",
                line,
                column,
                found));
    }
}
