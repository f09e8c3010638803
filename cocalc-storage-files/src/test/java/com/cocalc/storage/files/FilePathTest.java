package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePathTest {

    @ParameterizedTest
    @ValueSource(strings = {"notes", "a/b/c", "a\\b", "line\nend", "ü/日本", " ", "...", "..a", "-rf", "\u0001"})
    void anyNameOfLinuxIsAPathAndItsTextParsesBack(String text) {
        FilePath path = FilePath.parse(text);

        assertThat(path).hasToString(text).isEqualTo(FilePath.parse(text)).hasSameHashCodeAs(FilePath.parse(text));
        assertThat(path.toBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesThatAreNoUtf8AreAPathAndAreShown() {
        FilePath path = FilePath.ofBytes(new byte[] {'a', '/', (byte) 0xff, (byte) 0xc3, 'b'});

        assertThat(path).hasToString("a/\\xff\\xc3b");
        assertThat(path.toBytes()).containsExactly('a', '/', 0xff, 0xc3, 'b');
    }

    @Test
    void theHomeDirectoryIsAPathOfItsOwn() {
        assertThat(FilePath.home()).hasToString(".");
        assertThat(FilePath.home().isHome()).isTrue();
        assertThat(FilePath.parse("a").isHome()).isFalse();
        assertThat(FilePath.home().resolve(FilePath.parse("a"))).isEqualTo(FilePath.parse("a"));
        assertThat(FilePath.parse("a").resolve(FilePath.home())).isEqualTo(FilePath.parse("a"));
    }

    @Test
    void namesAreComparedAndNotCharacters() {
        FilePath a = FilePath.parse("a");

        assertThat(a.contains(FilePath.parse("a"))).isTrue();
        assertThat(a.contains(FilePath.parse("a/b"))).isTrue();
        assertThat(a.contains(FilePath.parse("ab"))).isFalse();
        assertThat(FilePath.home().contains(a)).isTrue();
        assertThat(a.contains(FilePath.home())).isFalse();
        assertThat(List.of(FilePath.parse("b"), FilePath.parse("a/b"), a))
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void aPathThatIsNoneIsRefused() {
        assertThatThrownBy(() -> FilePath.parse(""))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("file path must name a file or directory, but was \"\"; use FilePath.home() for all of a "
                        + "project");
        assertThatThrownBy(() -> FilePath.parse("/etc"))
                .hasMessage("file path must be relative, but was \"/etc\"; remove the leading '/', the path is "
                        + "relative to the project's home");
        assertThatThrownBy(() -> FilePath.parse("a//b"))
                .hasMessage("file path must have no empty name, but was \"a//b\"; remove the doubled or trailing '/'");
        assertThatThrownBy(() -> FilePath.parse("a/")).hasMessageContaining("must have no empty name");
        assertThatThrownBy(() -> FilePath.parse("a/../b"))
                .hasMessage("file path must have no '.' and no '..', but was \"a/../b\"; write the path as it is after "
                        + "resolving them");
        assertThatThrownBy(() -> FilePath.parse(".")).hasMessageContaining("must have no '.' and no '..'");
        assertThatThrownBy(() -> FilePath.parse("a\0b"))
                .hasMessage("file path must have no NUL, but was \"a\\x00b\"; remove it, no file system stores it");
        assertThatThrownBy(() -> FilePath.parse("x".repeat(256)))
                .hasMessageContaining("must have names of at most 255 bytes")
                .hasMessageContaining("shorten the name of 256 bytes");
        assertThatThrownBy(() -> FilePath.parse("\ud800"))
                .hasMessageContaining("must be text that UTF-8 can hold")
                .hasMessageContaining("pass the bytes of the name to FilePath.ofBytes");
    }
}
