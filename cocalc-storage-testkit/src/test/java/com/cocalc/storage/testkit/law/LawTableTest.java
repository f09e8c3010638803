package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.testkit.law.contract.RefusalLaws;
import com.cocalc.storage.testkit.law.contract.RwxLaws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/laws.md is made of the laws. Run with {@code -Dcocalc.write=true} to write it anew. */
class LawTableTest {

    private static final Path PAGE = Path.of("..", "docs", "laws.md");
    private static final String START = "<!-- laws: written by LawTableTest -->\n";
    private static final String END = "<!-- end of laws -->\n";

    private static final List<List<Law>> GROUPS = List.of(
            PathLaws.all(),
            PodLaws.all(),
            LicenseLaws.all(),
            MergeLaws.all(),
            ModelLaws.all(),
            RepetitionLaws.all(),
            OwnershipLaws.all(),
            RefusalLaws.all(),
            RwxLaws.all());

    private static Set<Law> laws() {
        Set<Law> laws = new LinkedHashSet<>();
        GROUPS.forEach(laws::addAll);
        return laws;
    }

    @Test
    void theTableHasOneRowForEachLaw() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(START) + START.length();
        int end = page.indexOf(END);
        String expected = page.substring(0, start) + table() + page.substring(end);

        if (Boolean.getBoolean("cocalc.write")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE).as("write it with -Dcocalc.write=true").hasContent(expected);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| law | what must hold | remedy |\n| --- | --- | --- |\n");
        for (Law law : laws()) {
            table.append("| `")
                    .append(law.id())
                    .append("` | ")
                    .append(law.sentence())
                    .append(" | ")
                    .append(law.remedy())
                    .append(" |\n");
        }
        return table.toString();
    }

    @Test
    void noTwoLawsHaveOneId() {
        assertThat(laws()).extracting(Law::id).doesNotHaveDuplicates();
    }

    @Test
    void everyLawOfThePackageIsInTheTable() throws IOException {
        Set<Law> declared = new LinkedHashSet<>();
        Path sources = Path.of("src/main/java/com/cocalc/storage/testkit/law");
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName()).replace(".java", "");
                if (name.endsWith("Laws")) {
                    declared.addAll(constants("com.cocalc.storage.testkit.law." + name));
                }
            }
        }

        assertThat(laws()).containsAll(declared);
    }

    private static List<Law> constants(String type) {
        try {
            return Stream.of(Class.forName(type).getDeclaredFields())
                    .filter(field -> field.getType() == Law.class)
                    .map(field -> {
                        try {
                            field.setAccessible(true);
                            return (Law) field.get(null);
                        } catch (IllegalAccessException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
