package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mkdir} and {@code true}. */
class MkdirTest extends GnuComparison {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkdir a b",
                "mkdir home",
                "mkdir a/b",
                "mkdir -p a/b/c",
                "mkdir -p home/file/x",
                "mkdir -p home/file",
                "mkdir -p home/dangling",
                "mkdir -p home/dirlink/x",
                "mkdir home/dangling",
                "mkdir home/shared/x",
                "mkdir -p home/shared/x/y",
                "mkdir a/",
                "mkdir ./a/.",
                "mkdir -p ./a/.",
                "mkdir ''",
                "mkdir -- -x",
                "true",
                "true --nonsense"
            })
    void aCommandLine(String commandLine) throws IOException, InterruptedException {
        compare(TREE, commandLine);
    }
}
