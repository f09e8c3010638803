package com.cocalc.storage.yaml;

import java.io.Reader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A text for the scanner, all of it at once. The reader of the library copies what it holds for each thousand
 * characters of a long word, which takes time with the square of its length.
 *
 * <p>It counts lines twice: the scanner's end also at U+0085, U+2028 and U+2029, as YAML 1.1 says; those of the marks
 * end as in an editor, with LF, CR or both.
 */
public final class WholeText extends StreamReader {

    private final int[] characters;
    private int index;
    private int documentIndex;
    private int line;
    private int column;
    private int editorLine;
    private int editorColumn;

    /**
     * Takes a text.
     *
     * @param text what is scanned, at any length
     */
    public WholeText(String text) {
        super(Reader.nullReader());
        characters = text.codePoints().toArray();
    }

    /**
     * Returns a parser of a text.
     *
     * @param text YAML, at any length
     * @return its events, from the start of the stream
     */
    public static Parser parser(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new ParserImpl(new WholeText(text), options);
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
        WholeText before = new WholeText(text.substring(0, at));
        before.forward(at);
        return before.getMark();
    }

    /** Whether an editor starts a new line behind this character. */
    private boolean endsLine(int at) {
        int c = characters[at];
        return c == '\n' || (c == '\r' && (at + 1 == characters.length || characters[at + 1] != '\n'));
    }

    @Override
    public Mark getMark() {
        return new Mark("text", index, editorLine, editorColumn, characters, index);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        int end = (int) Math.min((long) index + length, characters.length);
        while (index < end) {
            int c = characters[index];
            boolean counts = c != '\uFEFF';
            if (endsLine(index)) {
                editorLine++;
                editorColumn = 0;
            } else if (counts) {
                editorColumn++;
            }
            if (endsLine(index) || c == '\u0085' || c == '\u2028' || c == '\u2029') {
                line++;
                column = 0;
            } else if (counts) {
                column++;
            }
            index++;
            documentIndex++;
        }
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public int peek(int ahead) {
        return index + ahead < characters.length ? characters[index + ahead] : 0;
    }

    @Override
    public String prefix(int length) {
        return new String(characters, index, Math.min(length, characters.length - index));
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
