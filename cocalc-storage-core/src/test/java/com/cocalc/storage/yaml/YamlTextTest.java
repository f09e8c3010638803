package com.cocalc.storage.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

class YamlTextTest {

    /** As a network gives it: in pieces of any length. */
    private static Reader inPieces(String text, Random random) {
        return new Reader() {
            private int at;

            @Override
            public int read(char[] target, int offset, int length) {
                if (at == text.length()) {
                    return -1;
                }
                int more = Math.min(text.length() - at, 1 + random.nextInt(Math.min(length, 20_000)));
                text.getChars(at, at + more, target, offset);
                at += more;
                return more;
            }

            @Override
            public void close() {}
        };
    }

    @Property(tries = 100)
    void aTextInPiecesIsThatText(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder written = new StringBuilder();
        String[] parts = {"a", "\n", "\r", "\r\n", "\u2028", "\u0085", "\uD83D\uDE00", "\uFEFF", "\t", "x".repeat(5_000)
        };
        for (int i = random.nextInt(60); i >= 0; i--) {
            written.append(parts[random.nextInt(parts.length)]);
        }
        int[] text = written.codePoints().toArray();
        YamlText scanned = new YamlText(inPieces(written.toString(), random));

        for (int at = 0; at < text.length; ) {
            int ahead = random.nextInt(7_000);
            assertThat(scanned.peek(ahead)).isEqualTo(at + ahead < text.length ? text[at + ahead] : 0);
            int length = 1 + random.nextInt(6_000);
            int end = Math.min(at + length, text.length);
            assertThat(scanned.prefixForward(length)).isEqualTo(new String(text, at, end - at));
            at = end;
            assertThat(scanned.getIndex()).isEqualTo(at);
        }
        assertThat(scanned.peek()).isZero();
        assertThat(scanned.getMark().getLine()).isEqualTo(written.toString().split("\r\n|\r|\n", -1).length - 1);
    }

    @Test
    void aLongWordIsMovedAFewTimesAndAManyLinesHardlyAtAll() {
        int length = 4 << 20;
        YamlText word = new YamlText(new StringReader("x".repeat(length)));
        assertThat(word.peek(length - 1)).isEqualTo('x');
        assertThat(word.moved()).isLessThan(2L * length);

        YamlText lines = new YamlText(new StringReader("a: b\n".repeat(length / 5)));
        for (int i = 0; i < length / 5; i++) {
            lines.forward(5);
        }
        assertThat(lines.moved()).isLessThan(length);
    }

    @Test
    void placesAreThoseOfAnEditor() {
        YamlText text = new YamlText(new StringReader("a\u2028b\r\nc\rd\uD83D\uDE00e"));
        text.forward(4);
        assertThat(text.getMark()).extracting(Mark::getLine, Mark::getColumn).containsExactly(0, 4);
        assertThat(text.getLine()).isEqualTo(1);
        text.forward(6);
        assertThat(text.getMark()).extracting(Mark::getLine, Mark::getColumn).containsExactly(2, 3);
        assertThat(text.getLine()).isEqualTo(3);
    }

    @Test
    void whatYamlDoesNotAllowIsRefusedWhereItStands() {
        for (String odd : new String[] {"\u0000", "\uD83D", "\uDE00"}) {
            YamlText text = new YamlText(new StringReader("\uFEFFx\r\n😀\rab" + odd + "c"));

            assertThatThrownBy(() -> text.peek(9)).isInstanceOfSatisfying(MarkedYAMLException.class, e -> {
                assertThat(e.getProblem())
                        .isEqualTo(String.format("U+%04X", (int) odd.charAt(0))
                                + " is a character that YAML does not allow");
                assertThat(e.getProblemMark())
                        .extracting(Mark::getIndex, Mark::getLine, Mark::getColumn)
                        .containsExactly(8, 2, 2);
            });
        }
    }

    @Test
    void aReaderThatFailsIsToldAsItIs() {
        YamlText text = new YamlText(new Reader() {
            @Override
            public int read(char[] target, int offset, int length) throws IOException {
                throw new IOException("gone");
            }

            @Override
            public void close() {}
        });

        assertThatThrownBy(text::peek).isInstanceOf(UncheckedIOException.class).hasRootCauseMessage("gone");
    }
}
