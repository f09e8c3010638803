package com.cocalc.storage.testkit.cluster.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code find}. */
class FindTest extends GnuComparison {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "find home -exec true {} +",
                "find home empty -exec chown -h 2001:2001 {} +",
                "find home/ -exec chown -h 2001:2001 {} +",
                "find ./home -type d -exec chmod 0700 {} +",
                "find home -type f -exec chmod 0600 {} +",
                "find home -type l -exec chown -h 1000 {} +",
                "find home -type f -o -type l -exec chown -h 1000 {} +",
                "find home ( -type f -o -type l ) -exec chown -h 1000 {} +",
                "find home -path home/s*/s -exec chmod 0600 {} +",
                "find home -path home/[sf]* -exec chmod 0600 {} +",
                "find home -path home/[!sf]* -exec chmod 0700 {} +",
                "find home -path home/closed -prune -o -type f -exec chmod 0600 {} +",
                "find home -path home/closed -prune -exec chmod 0755 {} +",
                "find home -user 0 -exec chown -h 2001:2001 {} +",
                "find home -user root ! -group root -exec chown -h 2001:2001 {} +",
                "find home ! -group 2001 ! -type d -exec chown -h :2001 {} +",
                "find home -perm -0040 -exec chmod go-r {} +",
                "find home -perm -4000 -exec chmod u-s {} +",
                "find home -perm -u+w,g+w -exec chmod g-w {} +",
                "find home ! ( -user 0 -o -user 1000 ) -exec chmod o= {} +",
                "find home ! ! -type d -exec chmod 0700 {} +",
                "find home -prune -exec chown -h 2001:2001 {} + -exec chmod u+rwx,go+rx {} +",
                "find home empty -path home -quit -o -exec chown -h 1000 {} +",
                "find home empty -path empty -quit -o -exec chown -h 1000 {} +",
                "find home -exec chown -h 1000 {} + -quit",
                "find missing home/file -exec chmod 0600 {} +",
                "find home/link -exec chown -h 1000 {} +",
                "find home/dirlink -exec chown -h 1000 {} +",
                "find home/dirlink/ -exec chown -h 1000 {} +",
                "find home -xdev -type f -exec chmod 0600 {} +",
                "find home -type f -exec chmod 0600 {} + -exec chown 1000 {} +"
            })
    void aCommandLine(String commandLine) throws IOException, InterruptedException {
        compare(TREE, commandLine);
    }

    /** On this stack, a method that calls itself for each directory ends after fewer levels. */
    @Test
    void aDeepTreeNeedsNoDeepStack() throws Exception {
        StringBuilder tree = new StringBuilder("0755 0:0 - /\n0755 0:0 - home/\n");
        for (int depth = 1; depth <= 500; depth++) {
            tree.append("0755 0:0 - home/").append("d/".repeat(depth)).append('\n');
        }
        SoftAssertions assertions = new SoftAssertions();
        FutureTask<Boolean> comparison = new FutureTask<>(() -> {
            compare(tree.toString(), 0, words("find home -type d -exec chmod 0700 {} +"), assertions);
            return true;
        });

        new Thread(null, comparison, "small stack", 128 * 1024).start();

        assertThat(comparison.get()).isTrue();
        assertions.assertAll();
    }

    /** Bytes that are no UTF-8, and what a message has to escape. */
    private static final String ODD_NAMES = """
            0755 0:0 - /
            0755 2001:2001 - home/
            0755 0:0 - home/\\xff\\xfe/
            0644 0:0 "x" home/\\xff\\xfe/a\\xc3b
            0644 0:0 "x" home/\\xc3
            0644 0:0 "x" home/ü
            0644 0:0 "x" home/\\xffü😀\\xfe
            0644 0:0 "x" home/it's
            0644 0:0 "x" home/it's*
            0644 0:0 "x" home/two words
            0644 0:0 "x" home/a\\x0ab\\x09
            0644 0:0 "x" home/a\\x5cb
            0644 0:0 "x" home/$x"
            0700 0:0 - home/closed\\xff/
            0777 0:0 - home/link -> \\xff\\xfe
            0777 0:0 - home/dangling\\xff -> \\xfe
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "find home -exec chown -h 2001:2001 {} +",
                "find home -type f -exec chmod 0600 {} +",
                "find home ! -user 2001 -exec chown 2001:2001 {} +",
                "find home -type f -exec mkdir -p {} +",
                "find home -path home/? -exec chown -h 2001 {} +",
                "find home -path home/?? -exec chown -h 2001 {} +",
                "find home -path home/[a-z]* -exec chown -h 2001 {} +",
                "find home -path *b -exec chown -h 2001 {} +"
            })
    void namesAreBytes(String commandLine) throws IOException, InterruptedException {
        compare(ODD_NAMES, commandLine);
    }
}
