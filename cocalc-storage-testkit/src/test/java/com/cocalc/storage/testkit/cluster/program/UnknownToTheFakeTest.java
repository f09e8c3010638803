package com.cocalc.storage.testkit.cluster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GNU's programs know and the fake ones do not. */
class UnknownToTheFakeTest {

    @Test
    void theFakeHasNoHelp() throws IOException {
        assertThat(GnuTools.fake(GnuComparison.TREE, 0, List.of("mkdir", "--help"))
                        .lines())
                .containsExactly("mkdir: unrecognized option '--help'");
    }

    @ParameterizedTest
    @CsvSource({
        "chown --from=0:0 2001 home, --from",
        "chown --reference=home/file home/secret, --reference",
        "chmod --reference=home/file home/secret, --reference",
        "chmod -h 0600 home/link, -h",
        "cp -s home/file a, -s",
        "cp --preserve=mode home/file a, --preserve",
        "mkdir -Z a, -Z",
        "find home -newermt 2020-01-01, -newerXY",
        "find home -anewer home/file, -anewer",
        "find home -follow, -follow",
        "find -O3 home, -O",
        "find -D tree home, -D",
        "find home -print0, -print0",
    })
    void isAMistakeOfTheTest(String commandLine, String word) {
        List<String> argv = GnuComparison.words(commandLine);
        String program = argv.get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GnuTools.fake(GnuComparison.TREE, 0, argv))
                .withMessage(program + " on the fake cluster must be called without " + word
                        + ", which it does not know; register a " + program
                        + " that does with FakeCluster.builder().command(\"" + program + "\", …)");
    }
}
