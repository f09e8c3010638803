package com.cocalc.storage.json;

import com.cocalc.storage.StorageException;

/**
 * Thrown when a text is not a map of licences.
 *
 * <p>The message is one line: what must hold, what was found, at which line, column and JSON pointer, and how to fix
 * it. It shows no more of the document than the names on the way to that place and one character.
 */
public final class MalformedLicensesException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The line of the problem. */
    private final int line;

    /** The column of the problem. */
    private final int column;

    /** The JSON pointer of the problem. */
    private final String pointer;

    MalformedLicensesException(String rule, String found, Place place, String remedy) {
        super("site_license must " + rule + ", but was " + found + " (" + place + "); " + remedy);
        line = place.line();
        column = place.column();
        pointer = place.pointer();
    }

    /** {@return the line of the problem, from 1} */
    public int line() {
        return line;
    }

    /**
     * {@return the column of the problem, from 1, in UTF-16 units, as {@link String#charAt} counts; a byte order mark
     * is not counted}
     */
    public int column() {
        return column;
    }

    /** {@return the place of the problem as a JSON pointer (RFC 6901), empty for the document as a whole} */
    public String pointer() {
        return pointer;
    }
}
