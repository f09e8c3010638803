package com.cocalc.storage.yaml;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.Token;

/**
 * Treats tabs as Go's scanner does. Between brackets, and behind a key, they are blanks there; the scanner of the
 * library refuses them. In front of the first letter of a block of text, the other way round, Go refuses them.
 */
final class GoScanner implements Scanner {

    private static final Pattern STARTS_WITH_TAB = Pattern.compile("\\R*\t");
    private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029\0";

    private final YamlText text;
    private final Scanner scanner;

    /** The brackets, and the maps and lists without them, that are open behind the last token that was taken. */
    private int brackets;

    private int blocks;
    /** The end of that token, and whether it is a text without quotes. */
    private int end;

    private boolean isPlain;

    GoScanner(YamlText text, Scanner scanner) {
        this.text = text;
        this.scanner = scanner;
    }

    @Override
    public boolean checkToken(Token.ID... choices) {
        return scan(() -> scanner.checkToken(choices));
    }

    @Override
    public Token peekToken() {
        return scan(scanner::peekToken);
    }

    @Override
    public Token getToken() {
        Token token = scan(scanner::getToken);
        switch (token.getTokenId()) {
            case FlowMappingStart, FlowSequenceStart -> brackets++;
            case FlowMappingEnd, FlowSequenceEnd -> brackets--;
            case BlockMappingStart, BlockSequenceStart -> blocks++;
            case BlockEnd -> blocks--;
            default -> {}
        }
        end = token.getEndMark().getIndex();
        isPlain = token instanceof ScalarToken scalar && scalar.getPlain();
        if (token instanceof ScalarToken scalar) {
            checkBlock(scalar);
        }
        return token;
    }

    @Override
    public void resetDocumentIndex() {
        scanner.resetDocumentIndex();
    }

    private <T> T scan(Supplier<T> step) {
        // Faster than to wait for the exception: most tabs follow a token that was taken.
        skipBlanks(end == text.getIndex() && isFree());
        int before = text.getIndex();
        while (true) {
            try {
                return step.get();
            } catch (ScannerException e) {
                int at = text.getIndex();
                boolean isTab = text.peek() == '\t' && e.getProblem().contains("cannot start any token");
                // If the scanner was moved there may be tokens of earlier lines that were not taken yet.
                boolean isFree = at == before && isFree();
                if (!isTab || (at == before && !isFree && !text.isWithinLine())) {
                    throw e;
                }
                skipBlanks(isFree);
                before = at;
            } catch (MarkedYAMLException e) {
                throw e;
            } catch (YAMLException e) {
                throw new ScannerException(null, null, e.getMessage(), text.getMark());
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                // The scanner lets some of these through, for example for "\\U99999999".
                throw new ScannerException(null, null, "an escape or a number has no meaning", text.getMark());
            }
        }
    }

    /**
     * Returns whether a line may start with a tab behind the last token: between brackets, but for Go it could belong
     * to a text without quotes, which must be indented by spaces.
     */
    private boolean isFree() {
        return brackets > 0 && !(isPlain && blocks > 0);
    }

    /** Skips blanks and tabs, and where a line may start with them line ends and comments as well. */
    private void skipBlanks(boolean isFree) {
        int start = text.getIndex();
        while (isFree || text.isWithinLine()) {
            int next = text.peek();
            if (isFree && next == '#' && text.getIndex() > start) {
                while (LINE_ENDS.indexOf(text.peek()) < 0) {
                    text.forward();
                }
            } else if (next == ' ' || next == '\t' || (isFree && (next == '\n' || next == '\r'))) {
                text.forward();
            } else {
                return;
            }
        }
    }

    private void checkBlock(ScalarToken scalar) {
        boolean isBlock = scalar.getStyle() == ScalarStyle.LITERAL || scalar.getStyle() == ScalarStyle.FOLDED;
        if (isBlock
                && STARTS_WITH_TAB.matcher(scalar.getValue()).lookingAt()
                && !text.hasIndentation(scalar.getStartMark())) {
            throw new ScannerException(
                    null,
                    null,
                    "found a tab where the spaces in front of a block of text are expected",
                    scalar.getStartMark());
        }
    }
}
