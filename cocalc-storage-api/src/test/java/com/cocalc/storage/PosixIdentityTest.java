package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PosixIdentityTest {

    @ParameterizedTest
    @ValueSource(longs = {-1, 2147483648L, Long.MIN_VALUE, Long.MAX_VALUE})
    void numbersThatTheApiServerRefusesAreRefused(long number) {
        String rule = " must be 0 to 2147483647, but was " + number
                + "; use the number of the Unix account, 2001 for a project";

        assertThatThrownBy(() -> PosixIdentity.of(number, 2001))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("uid" + rule);
        assertThatThrownBy(() -> PosixIdentity.of(2001, number))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("gid" + rule);
    }

    @Test
    void bothEndsOfTheRangeAreTaken() {
        assertThat(PosixIdentity.of(0, 2147483647L)).hasToString("0:2147483647");
        assertThat(PosixIdentity.of(2147483647L, 0)).hasToString("2147483647:0");
    }

    @Test
    void rootIsTheUserWhateverTheGroup() {
        assertThat(PosixIdentity.ROOT.isRoot()).isTrue();
        assertThat(PosixIdentity.of(0, 2001).isRoot()).isTrue();
        assertThat(PosixIdentity.of(2001, 0).isRoot()).isFalse();
        assertThat(PosixIdentity.PROJECT_USER).hasToString("2001:2001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:2001", "0:0", "2147483647:100"})
    void itsTextReadsBack(String text) {
        assertThat(PosixIdentity.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "2001",
                "2001:",
                ":2001",
                "a:1",
                "-1:1",
                "1:1:1",
                " 1:1",
                "1:/",
                "1::",
                "1:\u0661",
                "1:99999999999"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> PosixIdentity.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("identity must be a user and a group by number, \"uid:gid\", but was "
                        + MessageText.quoted(text) + "; write for example \"2001:2001\"");
    }

    @Test
    void aNumberBeyondTheRangeIsRefusedByItsName() {
        assertThatThrownBy(() -> PosixIdentity.parse("1:2147483648"))
                .hasMessage("gid must be 0 to 2147483647, but was 2147483648; use the number of the Unix account, 2001"
                        + " for a project");
    }
}
