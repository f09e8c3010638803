package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.RwxVolume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** Directory trees. */
@Domain(CocalcStorageDomain.class)
final class DirectoryTreeTest {

    private static final Pattern LINE =
            Pattern.compile("(\\d+ \\d+:\\d+) (\"(?:[^\"\\\\]|\\\\.)*\"|\\d+|-|=) (.*?)( -> (.*))?", Pattern.DOTALL);

    /** Contents are printed as sizes, and of a file's names the first by its letters has them. */
    private static Set<String> shape(List<String> lines) {
        Map<String, String> files = new HashMap<>();
        Set<String> shapes = new TreeSet<>();
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            String path = parts.group(3);
            boolean isSame = parts.group(2).equals("=");
            String file = isSame ? files.get(parts.group(5)) : path;
            files.put(path, file);
            shapes.add(parts.group(1) + " " + path + (isSame || parts.group(4) == null ? "" : parts.group(4)));
        }
        Map<String, Set<String>> names = new TreeMap<>();
        files.forEach((path, file) ->
                names.computeIfAbsent(file, key -> new TreeSet<>()).add(path));
        names.values().stream().filter(all -> all.size() > 1).map(Set::toString).forEach(shapes::add);
        return shapes;
    }

    @Property(tries = 500)
    void aVolumeHoldsTheTreeAsItWasGenerated(@ForAll DirectoryTree tree) {
        RwxVolume volume = RwxVolume.create();

        tree.buildOn(volume);

        Set<String> expected = shape(tree.lines());
        expected.add("0755 0:0 /");
        assertThat(shape(volume.tree().lines().toList())).isEqualTo(expected);
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
                " = ",
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
