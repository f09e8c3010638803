package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SiteLicenseTest {

    private static final LicenseId ID = LicenseId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    /** Seconds from now, or "-" where the column is null. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # activates, expires, limit, running, status
            -1,          -,       -,     0,       VALID
            0,           -,       -,     0,       VALID
            1,           -,       -,     0,       FUTURE
            -,           -,       -,     0,       FUTURE
            -1,          1,       -,     0,       VALID
            -1,          0,       -,     0,       EXPIRED
            -1,          -1,      -,     0,       EXPIRED
            -,           0,       -,     0,       EXPIRED
            -,           1,       -,     0,       FUTURE
            1,           -1,      -,     0,       EXPIRED
            -1,          -,       1,     0,       VALID
            -1,          -,       1,     1,       EXHAUSTED
            -1,          -,       1,     2,       EXHAUSTED
            -1,          -,       2,     1,       VALID
            -1,          -,       0,     0,       EXHAUSTED
            -1,          -,       -1,    0,       EXHAUSTED
            -1,          -,       -,     2147483647, VALID
            -1,          -1,      0,     0,       EXPIRED
            1,           -,       0,     0,       FUTURE
            -,           -,       0,     0,       FUTURE
            """)
    void theStatusIsTheFirstThatApplies(
            String activates, String expires, String limit, int running, LicenseStatus status) {
        SiteLicense.Builder license = SiteLicense.builder(ID);
        if (!activates.equals("-")) {
            license.activates(NOW.plusSeconds(Long.parseLong(activates)));
        }
        if (!expires.equals("-")) {
            license.expires(NOW.plusSeconds(Long.parseLong(expires)));
        }
        if (!limit.equals("-")) {
            license.runLimit(Integer.parseInt(limit));
        }

        assertThat(license.build().statusAt(NOW, running)).isEqualTo(status);
    }

    @Test
    void aNanosecondBeforeItsEndALicenceIsValid() {
        SiteLicense license =
                SiteLicense.builder(ID).activates(NOW).expires(NOW.plusNanos(1)).build();

        assertThat(license.statusAt(NOW, 0)).isEqualTo(LicenseStatus.VALID);
        assertThat(license.statusAt(NOW.plusNanos(1), 0)).isEqualTo(LicenseStatus.EXPIRED);
        assertThat(license.statusAt(NOW.minusNanos(1), 0)).isEqualTo(LicenseStatus.FUTURE);
    }

    @Test
    void theEndsOfTimeAreMomentsAsWell() {
        SiteLicense license = SiteLicense.builder(ID)
                .activates(Instant.MIN)
                .expires(Instant.MAX)
                .build();

        assertThat(license.statusAt(Instant.MIN, 0)).isEqualTo(LicenseStatus.VALID);
        assertThat(license.statusAt(Instant.MAX, 0)).isEqualTo(LicenseStatus.EXPIRED);
    }

    @Test
    void aNegativeNumberOfProjectsIsRefused() {
        assertThatThrownBy(() -> SiteLicense.builder(ID).build().statusAt(NOW, -1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("number of running projects must be at least 0, but was -1; count them again");
    }

    @Test
    void aRowGivesItsColumnsBack() {
        SiteLicense license = SiteLicense.builder(ID)
                .activates(NOW)
                .expires(NOW.plusSeconds(1))
                .runLimit(3)
                .build();

        assertThat(license.id()).isEqualTo(ID);
        assertThat(license.activates()).contains(NOW);
        assertThat(license.expires()).contains(NOW.plusSeconds(1));
        assertThat(license.runLimit()).hasValue(3);
        assertThat(SiteLicense.builder(ID).build().runLimit()).isEmpty();
        assertThat(license)
                .hasToString("SiteLicense[3f5ea6cb-d334-4dfe-a43f-2072073c2b13, activates=2026-07-01T12:00:00Z,"
                        + " expires=2026-07-01T12:00:01Z, runLimit=3]");
    }

    @Test
    void rowsAreEqualIfAllColumnsAre() {
        SiteLicense license = SiteLicense.builder(ID)
                .activates(NOW)
                .expires(NOW.plusSeconds(1))
                .runLimit(3)
                .build();

        assertThat(license)
                .isEqualTo(license.toBuilder().build())
                .hasSameHashCodeAs(license.toBuilder().build())
                .isNotEqualTo(license.toBuilder().activates(NOW.plusSeconds(5)).build())
                .isNotEqualTo(license.toBuilder().expires(NOW.plusSeconds(5)).build())
                .isNotEqualTo(license.toBuilder().runLimit(4).build())
                .isNotEqualTo(SiteLicense.builder(LicenseId.parse("eb5ae598-1350-48d7-88c7-ee599a967e81"))
                        .activates(NOW)
                        .expires(NOW.plusSeconds(1))
                        .runLimit(3)
                        .build())
                .isNotEqualTo("row");
        assertThat(license.hashCode())
                .isNotEqualTo(SiteLicense.builder(ID).build().hashCode());
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> SiteLicense.builder(null)).hasMessage("id");
        assertThatThrownBy(() -> SiteLicense.builder(ID).activates(null)).hasMessage("activates");
        assertThatThrownBy(() -> SiteLicense.builder(ID).expires(null)).hasMessage("expires");
        assertThatThrownBy(() -> SiteLicense.builder(ID).build().statusAt(null, 0))
                .hasMessage("now");
    }
}
