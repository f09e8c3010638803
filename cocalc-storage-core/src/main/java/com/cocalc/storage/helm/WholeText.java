package com.cocalc.storage.helm;

import java.io.Reader;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A text for the scanner, all of it at once. The reader of the library copies what it holds for each thousand
 * characters of a long word, which takes time with the square of its length.
 *
 * <p>It counts lines twice: the scanner's end also at U+0085, U+2028 and U+2029, as YAML 1.1 says; those of the marks
 * end as in an editor, with LF, CR or both.
 */
final class WholeText extends StreamReader {

    private final int[] characters;
    private int index;
    private int documentIndex;
    private int line;
    private int column;
    private int editorLine;
    private int editorColumn;

    WholeText(String text) {
        super(Reader.nullReader());
        characters = text.codePoints().toArray();
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
