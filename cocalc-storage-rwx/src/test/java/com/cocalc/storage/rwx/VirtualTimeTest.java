package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    @Test
    void timesEndInTheYear2262() {
        VirtualTime clock = new VirtualTime();
        Duration left = Duration.between(clock.instant(), Instant.parse("2262-04-01T00:00:00Z"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofDays(100_000)))
                .withMessage(
                        "duration must end by 2262-04-01T00:00:00Z, but was PT2400000H from 2020-01-01T00:00:00Z on;"
                                + " times are nanoseconds in 64 bits");
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(left.plusNanos(1)));
        clock.advance(left);
        assertThat(clock.instant()).isEqualTo("2262-04-01T00:00:00Z");
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofSeconds(Long.MAX_VALUE)));
    }
}
