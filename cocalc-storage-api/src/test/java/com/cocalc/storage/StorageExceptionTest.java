package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StorageExceptionTest {

    @Test
    void whoCatchesBadArgumentsCatchesRefusedInput() {
        assertThatThrownBy(() -> ClaimName.parse("A"))
                .isInstanceOf(StorageException.class)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMessageOfARefusedValueIsOneSentenceOfItsParts() {
        InvalidValueException refused =
                InvalidValueException.of("number of threads", "be at least 1", "0", "use 1 for a sequential run");

        assertThat(refused)
                .hasMessage("number of threads must be at least 1, but was 0; use 1 for a sequential run")
                .hasNoCause();
        assertThat(refused.subject()).isEqualTo("number of threads");
        assertThat(refused.rule()).isEqualTo("be at least 1");
        assertThat(refused.found()).isEqualTo("0");
        assertThat(refused.remedy()).isEqualTo("use 1 for a sequential run");
    }

    @Test
    void theCauseOfARefusalIsKept() {
        NumberFormatException cause = new NumberFormatException("x");

        assertThat(InvalidValueException.of("port", "be a number", "\"x\"", "write digits", cause))
                .hasMessage("port must be a number, but was \"x\"; write digits")
                .hasCause(cause);
    }

    @Test
    void anotherInputFormatMayHaveAnExceptionOfItsOwn() {
        StorageException own = new StorageException("line 3 must name a project, but was empty; remove it") {
            private static final long serialVersionUID = 1L;
        };

        assertThat(own)
                .hasMessage("line 3 must name a project, but was empty; remove it")
                .hasNoCause();
    }
}
