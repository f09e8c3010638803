package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.testkit.rwx.RwxVolume;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** Directory trees. */
@Domain(CocalcStorageDomain.class)
final class DirectoryTreeTest {

    /** Contents are printed as sizes, and directories that are only on the way are not printed by the sample. */
    private static String shape(String line) {
        return line.replaceFirst("^(\\d+ \\d+:\\d+) (?:\"(?:[^\"\\\\]|\\\\.)*\"|\\d+|-) ", "$1 ");
    }

    @Property(tries = 500)
    void aVolumeHoldsTheTreeAsItWasGenerated(@ForAll DirectoryTree tree) {
        RwxVolume volume = RwxVolume.create();

        tree.buildOn(volume);

        assertThat(volume.tree().lines().map(DirectoryTreeTest::shape))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("0755 0:0 /"), tree.lines().stream().map(DirectoryTreeTest::shape))
                        .toList());
    }

    @Property(tries = 500)
    void whatAVolumePrintsBuildsItAgain(@ForAll DirectoryTree tree) {
        RwxVolume volume = RwxVolume.create();
        tree.buildOn(volume);
        RwxVolume copy = RwxVolume.create();

        copy.populate(volume.tree());

        assertThat(copy.tree()).isEqualTo(volume.tree());
    }

    @Test
    void aNameThatIsThereAlreadyGetsANumberAndStaysWrittenAsTheVolumeWritesIt() {
        Pattern numbered = Pattern.compile("\\da\\\\x20|a\\\\x20\\d");

        assertThat(Samples.of(DirectoryTree.arbitrary(), 20_000)
                        .filter(tree -> numbered.matcher(tree.toString()).find()))
                .isNotEmpty()
                .allSatisfy(this::aVolumeHoldsTheTreeAsItWasGenerated);
    }

    @Test
    void treesHaveWhatCarelessProgramsStumbleOver() {
        List<DirectoryTree> trees = Samples.of(DirectoryTree.arbitrary(), 5000).toList();

        for (String odd : List.of(
                " -rf",
                "\\x0a",
                "\\xff",
                " -> ..",
                " -> /etc/passwd",
                " -> nowhere",
                "4755 ",
                "0000 ",
                " 0:0 ",
                "$(HOME)",
                "\\x20",
                "😀",
                "n".repeat(255))) {
            assertThat(trees).as(odd).anyMatch(tree -> tree.toString().contains(odd));
        }
        assertThat(trees).anyMatch(tree -> tree.lines().size() > 200);
        assertThat(trees)
                .anyMatch(tree -> tree.lines().stream()
                        .anyMatch(line -> line.chars().filter(c -> c == '/').count() > 100));
        assertThat(trees).anyMatch(tree -> tree.lines().isEmpty());
    }
}
