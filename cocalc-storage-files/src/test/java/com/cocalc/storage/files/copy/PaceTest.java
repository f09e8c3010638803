package com.cocalc.storage.files.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void bytesAreDueOneAfterTheOther() {
        Pace pace = new Pace(1000);

        assertThat(pace.due(0, 1000)).isEqualTo(SECOND);
        assertThat(pace.due(0, 500)).isEqualTo(SECOND + SECOND / 2);
    }

    /** An hour of unchanged files is no reason to go at full speed for an hour. */
    @Test
    void aPauseIsNotMadeUpFor() {
        Pace pace = new Pace(1000);
        pace.due(0, 1000);

        assertThat(pace.due(3600 * SECOND, 1000)).isEqualTo(3601 * SECOND);
    }
}
