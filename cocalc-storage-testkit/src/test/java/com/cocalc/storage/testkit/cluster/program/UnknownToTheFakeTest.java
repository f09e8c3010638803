package com.cocalc.storage.testkit.cluster.program;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GNU's programs know and the fake ones do not. */
class UnknownToTheFakeTest {

    @ParameterizedTest
    @CsvSource({
        "chown --from=0:0 2001 home, without --from=0:0",
        "chown -R 2001 home, without -R",
        "chmod -R 0600 home, without -R",
        "chmod -w home, without -w",
        "mkdir --help, without --help",
        "mkdir -m 0700 a, without -m",
        "find home -name x -exec true {} +, without -name",
        "find home -newermt 2020-01-01, without -newermt",
        "find -L home -exec true {} +, without -L",
        "find home -perm /022 -exec true {} +, without -perm /022",
        "find home -type s -exec true {} +, without -type s",
        "find home -user nobody -exec true {} +, without the account nobody",
        "find home -exec true {} ;, without -exec … ;",
        "find home ( -exec true {} + ] ), without ]",
        "find home -exec true {} + ), without )"
    })
    void isAMistakeOfTheTest(String commandLine, String how) {
        refuses(commandLine, how + ", which it does not know");
    }

    @ParameterizedTest
    @CsvSource({
        "chown 2001, with at least 2 operands",
        "chmod, with at least 2 operands",
        "mkdir, with at least 1 operand",
        "find home, with a directory and with -exec",
        "find home -type f, with a directory and with -exec",
        "find -exec true {} +, with a directory and with -exec",
        "find home -user, with an argument behind -user",
        "find home -exec true {}, with an argument behind {}",
        "find home ( -type f, with an argument behind f",
        "find home !, with an argument behind !"
    })
    void aCommandLineThatDoesNothingIsOneToo(String commandLine, String how) {
        refuses(commandLine, how);
    }

    private static void refuses(String commandLine, String how) {
        List<String> argv = GnuComparison.words(commandLine);
        String program = argv.get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GnuTools.fake(GnuComparison.TREE, 0, argv))
                .withMessage(program + " on the fake cluster must be called " + how + ", but was \"" + commandLine
                        + "\"; register another " + program
                        + " with FakeCluster.builder().command(\"" + program + "\", …)");
    }
}
