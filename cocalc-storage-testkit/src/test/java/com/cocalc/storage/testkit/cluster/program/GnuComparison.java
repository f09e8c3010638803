package com.cocalc.storage.testkit.cluster.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A program of init containers beside GNU's: same exit code, same words, same files. */
abstract class GnuComparison {

    /** No link leads out: the real tools run as root. */
    static final String TREE = """
            0755 0:0 - /
            0755 2001:2001 - home/
            0644 2001:2001 "hello" home/file
            0600 0:0 "root" home/secret
            4755 2001:2001 "x" home/setuid
            2775 2001:2001 - home/shared/
            0664 0:2001 "s" home/shared/s
            0700 1000:1000 - home/closed/
            0644 1000:1000 "in" home/closed/in
            0777 0:0 - home/link -> file
            0777 0:0 - home/dirlink -> shared
            0777 0:0 - home/dangling -> nowhere
            0644 0:0 "odd" home/-rf
            1777 0:0 - tmp/
            0644 1000:1000 "" tmp/of-1000
            0755 0:0 - empty/
            """;

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void theToolsAreThere() throws IOException, InterruptedException {
        assumeTrue(GnuTools.areThere(), "needs root, and GNU's coreutils and findutils");
    }

    /** As root, and as the project's user. */
    final void compare(String tree, String commandLine) throws IOException, InterruptedException {
        List<String> argv = words(commandLine);
        SoftAssertions both = new SoftAssertions();
        compare(tree, 0, argv, both);
        GnuTools.clear(directory);
        compare(tree, 2001, argv, both);
        both.assertAll();
    }

    static List<String> words(String commandLine) {
        return List.of(commandLine.split(" ", -1)).stream()
                .map(word -> word.equals("''") ? "" : word)
                .toList();
    }

    final void compare(String tree, int uid, List<String> argv, SoftAssertions assertions)
            throws IOException, InterruptedException {
        GnuTools.Result real = GnuTools.real(tree, uid, argv, directory);
        GnuTools.Result fake = GnuTools.fake(tree, uid, argv);

        assertions
                .assertThat(fake.toString())
                .as("as " + uid + ": " + String.join(" ", argv))
                .isEqualTo(real.toString());
    }
}
