package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of paths in a container and of paths on a claim. */
final class PathsTest {

    private static final String EMPTY_ELEMENT = "have no empty element (a double or a trailing '/'), but was ";
    private static final String ONE_SLASH = "; write one '/' between names, and none at the end";
    private static final String SYSTEM = "mount path must not be at or below /proc, /sys, /dev, /etc, but was ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``|be absolute, but was ""; start it with '/'
            ext|be absolute, but was "ext"; start it with '/'
            ./ext|be absolute, but was "./ext"; start it with '/'
            /|be a directory below '/', but was "/"; mount below the root, which is the image's
            /a:b|have no ':', but was "/a:b"; use another character, Kubernetes forbids this one
            /ext/..|have no element '.' or '..', but was "/ext/.."; write the path that is meant
            /../ext|have no element '.' or '..', but was "/../ext"; write the path that is meant
            /./ext|have no element '.' or '..', but was "/./ext"; write the path that is meant
            /ext/.|have no element '.' or '..', but was "/ext/."; write the path that is meant
            """)
    void aMountPathIsAbsoluteAndMeansWhatItSays(String text, String fault) {
        assertThatThrownBy(() -> MountPath.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("mount path must " + fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "//ext", "/ext//a", "/ext/", "/ext//"})
    void aMountPathHasNoEmptyElement(String text) {
        assertThatThrownBy(() -> MountPath.parse(text))
                .hasMessage("mount path must " + EMPTY_ELEMENT + "\"" + text + "\"" + ONE_SLASH);
    }

    @ParameterizedTest
    @CsvSource({"/proc, /proc", "/proc/1, /proc", "/sys, /sys", "/sys/fs, /sys", "/dev, /dev", "/dev/shm, /dev"})
    void aMountPathIsNotTheKernels(String text, String system) {
        assertThatThrownBy(() -> MountPath.parse(text))
                .hasMessage(SYSTEM + "\"" + text + "\"; mount elsewhere, " + system + " is the system's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "/etc/passwd"})
    void aMountPathIsNotTheConfigurationOfTheSystem(String text) {
        assertThatThrownBy(() -> MountPath.parse(text))
                .hasMessage(SYSTEM + "\"" + text + "\"; mount elsewhere, /etc is the system's");
    }

    @ParameterizedTest
    @CsvSource({"0, \\u0000", "10, \\u000a", "13, \\u000d", "9, \\u0009", "27, \\u001b", "127, \\u007f", "133, \\u0085"
    })
    void controlCharactersAreRefused(int c, String shown) {
        String name = "a" + (char) c;

        assertThatThrownBy(() -> MountPath.parse("/" + name))
                .hasMessage("mount path must have no control characters, but was \"/a" + shown + "\"; remove them");
        assertThatThrownBy(() -> SubPath.parse(name))
                .hasMessage("sub-path must have no control characters, but was \"a" + shown + "\"; remove them");
        assertThatThrownBy(() -> PathSchema.parse(name + "/[project_id]"))
                .hasMessage("path schema must have no control characters, but was \"a" + shown
                        + "/[project_id]\"; remove them");
        assertThatThrownBy(() -> ContainerPath.parse("/" + name))
                .hasMessage("path must have no control characters, but was \"/a" + shown + "\"; remove them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "\ud83da", "\ud83d\ud83d", "a\ude00\ud83d"})
    void halfASurrogatePairIsRefusedAsNoFileSystemCanHoldIt(String text) {
        assertThatThrownBy(() -> SubPath.parse(text))
                .hasMessageStartingWith("sub-path must be whole Unicode characters, but was \"")
                .hasMessageEndingWith("\"; replace the half surrogate pair");
        assertThatThrownBy(() -> MountPath.parse("/" + text))
                .hasMessageStartingWith("mount path must be whole Unicode characters, but was \"/");
    }

    @Test
    void anElementHasAtMost255BytesInUtf8() {
        String longest = "ü".repeat(127) + "x";

        assertThat(SubPath.parse("a/" + longest)).hasToString("a/" + longest);
        assertThat(MountPath.parse("/" + longest + "/b")).hasToString("/" + longest + "/b");
        assertThatThrownBy(() -> SubPath.parse("a/" + longest + "x"))
                .hasMessage("sub-path must have elements of at most 255 bytes in UTF-8, but was \"a/"
                        + "\\u00fc".repeat(78) + "…\" (131 characters); shorten the longest");
        assertThatThrownBy(() -> MountPath.parse("/" + longest + "x"))
                .hasMessage("mount path must have elements of at most 255 bytes in UTF-8, but was \"/"
                        + "\\u00fc".repeat(79) + "…\" (130 characters); shorten the longest");
    }

    @Test
    void aPathHasAtMost4095BytesInUtf8WithItsSlash() {
        String below = ("a".repeat(255) + "/").repeat(16);
        String mount = "/" + below.substring(0, 4094);

        assertThat(SubPath.parse(below.substring(0, 4095)).toString()).hasSize(4095);
        assertThat(MountPath.parse(mount).value()).hasSize(4095);
        assertThatThrownBy(() -> SubPath.parse(below + "b"))
                .hasMessage("sub-path must be at most 4095 bytes long in UTF-8, but was \"" + "a".repeat(80)
                        + "…\" (4097 characters); shorten it");
        assertThatThrownBy(() -> SubPath.parse(below.substring(1) + "b"))
                .hasMessageContaining("must be at most 4095 bytes long in UTF-8");
        assertThatThrownBy(() -> MountPath.parse(mount + "b"))
                .hasMessage("mount path must be at most 4095 bytes long in UTF-8, but was \"/" + "a".repeat(79)
                        + "…\" (4096 characters); shorten it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ext",
                "/home/user",
                "/a b",
                "/etcetera",
                "/process",
                "/system",
                "/device",
                "/...",
                "/ü",
                "/a$(B)"
            })
    void otherMountPathsAreTaken(String text) {
        assertThat(MountPath.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``|not be empty, but was ""; name a directory; the whole claim is another type, WholeClaim
            /|be relative, but was "/"; remove the leading '/', the path is relative to the claim
            /a|be relative, but was "/a"; remove the leading '/', the path is relative to the claim
            .|have no element '.' or '..', but was "."; write the path that is meant
            ..|have no element '.' or '..', but was ".."; write the path that is meant
            a/..|have no element '.' or '..', but was "a/.."; write the path that is meant
            ../a|have no element '.' or '..', but was "../a"; write the path that is meant
            a/./b|have no element '.' or '..', but was "a/./b"; write the path that is meant
            a\\b|have no backslash, but was "a\\\\b"; separate names with '/'
            """)
    void aSubPathIsRelativeAndMeansWhatItSays(String text, String fault) {
        assertThatThrownBy(() -> SubPath.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("sub-path must " + fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/", "a/b//"})
    void aSubPathHasNoEmptyElement(String text) {
        assertThatThrownBy(() -> SubPath.parse(text))
                .hasMessage("sub-path must " + EMPTY_ELEMENT + "\"" + text + "\"" + ONE_SLASH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "..a", "a..", "...", "a b", "a:b", "-rf", "ü/😀", "*", "$(X)"})
    void otherSubPathsAreTaken(String text) {
        assertThat(SubPath.parse(text)).hasToString(text);
    }

    @Test
    void elementsAreComparedNotCharacters() {
        assertThat(SubPath.parse("a").contains(SubPath.parse("a"))).isTrue();
        assertThat(SubPath.parse("a").contains(SubPath.parse("a/b"))).isTrue();
        assertThat(SubPath.parse("a").contains(SubPath.parse("ab"))).isFalse();
        assertThat(SubPath.parse("a/b").contains(SubPath.parse("a"))).isFalse();
        assertThat(MountPath.parse("/home").contains(MountPath.parse("/home/user")))
                .isTrue();
        assertThat(MountPath.parse("/home").contains(MountPath.parse("/home"))).isTrue();
        assertThat(MountPath.parse("/home").contains(MountPath.parse("/homes"))).isFalse();
        assertThat(MountPath.parse("/home/user").contains(MountPath.parse("/home")))
                .isFalse();
    }

    @Test
    void aPathBelowIsCheckedAsAWhole() {
        SubPath longest = SubPath.parse(("a".repeat(255) + "/").repeat(15) + "b");

        assertThat(SubPath.parse("a").resolve(SubPath.parse("b/c"))).isEqualTo(SubPath.parse("a/b/c"));
        assertThat(MountPath.parse("/ext").resolve(SubPath.parse("jupyter")))
                .isEqualTo(MountPath.parse("/ext/jupyter"));
        assertThatThrownBy(() -> longest.resolve(longest)).hasMessageContaining("at most 4095 bytes");
        assertThatThrownBy(() -> MountPath.parse("/ext").resolve(SubPath.parse("a:b")))
                .hasMessage(
                        "mount path must have no ':', but was \"/ext/a:b\"; use another character, Kubernetes forbids"
                                + " this one");
    }

    @Test
    void pathsAreSortedAndComparedAsTheirTexts() {
        assertThat(SubPath.parse("a")).isLessThan(SubPath.parse("b")).isNotEqualTo(SubPath.parse("b"));
        assertThat(SubPath.parse("a")).hasSameHashCodeAs(SubPath.parse("a")).isNotEqualTo("a");
        assertThat(MountPath.parse("/a")).isLessThan(MountPath.parse("/b"));
        assertThat(ContainerPath.parse("/a")).isLessThan(ContainerPath.parse("/b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a|be absolute, but was "a"; start it with '/'
            /|have no empty element (a double or a trailing '/'), but was "/"; write one '/' between names, and none at the end
            /a/..|have no element '.' or '..', but was "/a/.."; write the path that is meant
            """)
    void aPathInAContainerIsAbsoluteAndClean(String text, String fault) {
        assertThatThrownBy(() -> ContainerPath.parse(text)).hasMessage("path must " + fault);
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> MountPath.parse(null)).hasMessage("mount path");
        assertThatThrownBy(() -> SubPath.parse(null)).hasMessage("sub-path");
        assertThatThrownBy(() -> PathSchema.parse(null)).hasMessage("path schema");
        assertThatThrownBy(() -> ContainerPath.parse(null)).hasMessage("path");
    }
}
