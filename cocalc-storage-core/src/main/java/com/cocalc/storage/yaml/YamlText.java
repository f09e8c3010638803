package com.cocalc.storage.yaml;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.scanner.ScannerImpl;

/**
 * A text for the scanner. What it holds at a time is what the scanner looks at: some thousand characters, or the
 * longest word. The reader of the library copies that for each thousand characters of a long word, which takes time
 * with the square of its length.
 *
 * <p>It counts lines twice: the scanner's end also at U+0085, U+2028 and U+2029, as YAML 1.1 says; those of the marks
 * end as in an editor, with LF, CR or both.
 */
public final class YamlText extends StreamReader {

    private static final int AT_ONCE = 8192;
    private static final int[] NOTHING = {};

    private final Reader reader;
    private final char[] read = new char[AT_ONCE];

    private final Window window = new Window(2 * AT_ONCE);

    /** In the window, the character that is looked at, and the end of those that were read. */
    private int at;

    private int end;

    /** The first half of a character whose second half was not yet read, or 0. */
    private char half;

    private boolean ended;
    private long moved;

    private int index;
    private int documentIndex;
    private int line;
    private int column;
    private int editorLine;
    private int editorColumn;

    /** Where a colon stands in front of a bracket or a comma, without a blank. */
    private final Places tightColons = new Places();
    /** Where an escape of half a character stands, seen from inside double quotes. */
    private final Places halfEscapes = new Places();

    /** Where the sign of a block of text says how far it is indented. */
    private final Places indentations = new Places();

    private boolean escaped;
    /** Whether the line so far holds more than blanks and the signs of a list or a long key. */
    private boolean withinLine;

    /**
     * Takes a text.
     *
     * @param reader gives the text, of any length; whoever opened it closes it
     */
    public YamlText(Reader reader) {
        super(Reader.nullReader());
        this.reader = reader;
    }

    /**
     * Returns a parser of a text that refuses what Go's parser refuses.
     *
     * @param text YAML, at any length
     * @return its events, from the start of the stream
     */
    public static Parser parser(String text) {
        return parser(new StringReader(text));
    }

    /**
     * Returns a parser of a text that refuses what Go's parser refuses. Where the text cannot be read its methods throw
     * an {@link UncheckedIOException}.
     *
     * @param reader gives YAML, at any length
     * @return its events, from the start of the stream
     */
    public static Parser parser(Reader reader) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        YamlText text = new YamlText(reader);
        return new GoParser(text, new ParserImpl(new GoScanner(text, new ScannerImpl(text, options))));
    }

    /**
     * Returns the place of the first character that YAML does not allow.
     *
     * @param text any text
     * @return its index, or a number below zero where there is none
     */
    public static int findForbidden(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (!isPrintable(text.codePointAt(at))) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Returns the line and column of a character.
     *
     * @param text any text
     * @param at the index of the character
     * @return the place as an editor counts it
     */
    public static Mark markOf(String text, int at) {
        YamlText before = new YamlText(new StringReader(text.substring(0, at)));
        before.forward(at);
        return before.getMark();
    }

    /** Whether there is a character so far ahead. */
    private boolean has(int ahead) {
        while (at + ahead >= end && !ended) {
            readMore();
        }
        return at + ahead < end;
    }

    private void readMore() {
        int length;
        try {
            length = reader.read(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        makeRoom(Math.max(length, 0) + 1);
        for (int i = 0; i < length; i++) {
            char c = read[i];
            if (half != 0 && Character.isLowSurrogate(c)) {
                add(Character.toCodePoint(half, c));
                half = 0;
                continue;
            }
            addHalf();
            if (Character.isHighSurrogate(c)) {
                half = c;
            } else {
                add(c);
            }
        }
        if (length < 0) {
            addHalf();
            ended = true;
        }
    }

    /** Moves what is left to the front, into a larger window where it fills more than half of this one. */
    private void makeRoom(int more) {
        int left = end - at;
        if (end + more > window.length()) {
            window.moveToFront(at, left, 2 * (left + more) > window.length() ? 2 * (window.length() + more) : 0);
            moved += left;
            at = 0;
            end = left;
        }
    }

    /** How many characters were moved so far: the measure of the work beside reading. */
    long moved() {
        return moved;
    }

    private void addHalf() {
        if (half != 0) {
            add(half);
            half = 0;
        }
    }

    private void add(int c) {
        if (!isPrintable(c)) {
            String problem = String.format("U+%04X is a character that YAML does not allow", c);
            throw new ScannerException(null, null, problem, markOfNext());
        }
        window.set(end++, c);
    }

    /** The place of the next character that is read, some way behind the one that is looked at. */
    private Mark markOfNext() {
        int lines = editorLine;
        int columns = editorColumn;
        for (int next = at; next < end; next++) {
            int c = window.get(next);
            boolean endsLine = c == '\n' || (c == '\r' && !(next + 1 < end && window.get(next + 1) == '\n'));
            lines += endsLine ? 1 : 0;
            columns = endsLine ? 0 : columns + (c == '\uFEFF' ? 0 : 1);
        }
        return new Mark("text", index + end - at, lines, columns, NOTHING, 0);
    }

    /** Whether an editor starts a new line behind the next character. */
    private boolean endsLine() {
        int c = window.get(at);
        return c == '\n' || (c == '\r' && !(has(1) && window.get(at + 1) == '\n'));
    }

    @Override
    public Mark getMark() {
        return new Mark("text", index, editorLine, editorColumn, NOTHING, 0);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && has(0); i++) {
            boolean endsLine = endsLine();
            int c = window.get(at);
            note(c);
            boolean counts = c != '\uFEFF';
            if (endsLine) {
                editorLine++;
                editorColumn = 0;
            } else if (counts) {
                editorColumn++;
            }
            if (endsLine || c == '\u0085' || c == '\u2028' || c == '\u2029') {
                line++;
                column = 0;
                withinLine = false;
            } else if (counts) {
                column++;
            }
            at++;
            index++;
            documentIndex++;
        }
    }

    /** Keeps what the scanner does not tell. */
    private void note(int c) {
        if (c == ':' && ",[]{}".indexOf(peek(1)) >= 0) {
            tightColons.add(index);
        }
        if (escaped && isHalf(c == 'u' ? 1 : c == 'U' && prefix(5).equals("U0000") ? 5 : 0)) {
            halfEscapes.add(index);
        }
        escaped = c == '\\' && !escaped;
        if ((c == '|' || c == '>') && (isDigit(peek(1)) || isDigit(peek(2)))) {
            indentations.add(index);
        }
        withinLine |= !isBlank(c) && !("-?:".indexOf(c) >= 0 && isBlank(peek(1)));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\uFEFF' || c == 0;
    }

    /** Returns whether something is in front of this place, in its line, behind which Go takes a tab as a blank. */
    boolean isWithinLine() {
        return withinLine;
    }

    /** Returns whether the block of text that starts there says how far it is indented. */
    boolean hasIndentation(Mark start) {
        return indentations.hasOneFrom(start.getIndex(), start.getIndex() + 1);
    }

    /** Whether the digits of an escape begin as those of half a character do. */
    private boolean isHalf(int digits) {
        return digits > 0
                && (peek(digits) == 'd' || peek(digits) == 'D')
                && "89abcdefABCDEF".indexOf(peek(digits + 1)) >= 0;
    }

    /** Returns whether a colon is there without a blank behind it. */
    boolean isTightColon(int place) {
        return tightColons.hasOneFrom(place, place + 1);
    }

    /** Returns whether a text in double quotes has an escape of half a character. */
    boolean hasHalfEscape(Mark start, Mark end) {
        return halfEscapes.hasOneFrom(start.getIndex(), end.getIndex());
    }

    /** Forgets what was kept of the text before a place. */
    void forgetBefore(int place) {
        tightColons.forgetBefore(place);
        halfEscapes.forgetBefore(place);
        indentations.forgetBefore(place);
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public int peek(int ahead) {
        return has(ahead) ? window.get(at + ahead) : 0;
    }

    @Override
    public String prefix(int length) {
        has(length - 1);
        return window.text(at, Math.min(length, end - at));
    }

    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        forward(length);
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getLine() {
        return line;
    }

    @Override
    public int getIndex() {
        return index;
    }

    @Override
    public int getDocumentIndex() {
        return documentIndex;
    }

    @Override
    public void resetDocumentIndex() {
        documentIndex = 0;
    }
}
