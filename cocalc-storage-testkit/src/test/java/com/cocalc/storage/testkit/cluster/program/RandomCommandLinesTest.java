package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Random command lines. */
class RandomCommandLinesTest extends GnuComparison {
    private static final int LINES =
            Integer.getInteger("cocalc.storage.gnu.lines", Boolean.getBoolean("cocalc.deep") ? 3_000 : 100);

    @Test
    void theFakeProgramsDoWhatGnusDo() throws IOException, InterruptedException {
        SoftAssertions all = new SoftAssertions();
        RandomCommandLine commandLines = new RandomCommandLine(Long.getLong("cocalc.storage.gnu.seed", 1));
        for (int i = 0; i < LINES; i++) {
            compare(TREE, i % 3 == 0 ? 2001 : 0, commandLines.next(), all);
            GnuTools.clear(directory);
        }
        all.assertAll();
    }
}
