package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of a pod that is broken or made to hurt. */
class BrokenPodTextTest {

    private static String refusal(String json) {
        return assertThatIllegalArgumentException()
                .isThrownBy(() -> PodAudit.auditJson(json, Audited.project()))
                .actual()
                .getMessage();
    }

    private static String onASmallStack(Supplier<String> text) throws InterruptedException {
        AtomicReference<String> result = new AtomicReference<>();
        Thread small = new Thread(null, () -> result.set(text.get()), "small", 128 << 10);
        small.start();
        small.join();
        return result.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 1_000, 100_000})
    void aSmallStackIsEnoughForAnyDepth(int levels) throws InterruptedException {
        String lists = "{\"spec\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
        String objects = "{\"x\":".repeat(levels) + "1" + "}".repeat(levels);

        assertThat(onASmallStack(() -> refusal(lists)))
                .isEqualTo(
                        "pod must be one JSON object, but was not: the text is not one JSON object: it is nested more than 100 deep"
                                + " at line 1, column 108; correct the text");
        assertThat(onASmallStack(() -> refusal(objects)))
                .isEqualTo(
                        "pod must be one JSON object, but was not: the text is not one JSON object: it is nested more than 100 deep"
                                + " at line 1, column 501; correct the text");
        assertThat(onASmallStack(() -> ApiServer.answer(lists).toString()))
                .contains("it is nested more than 100 deep at line 1, column 108");
    }

    @Test
    void aHundredLevelsAreRead() {
        String json = "{\"x\":".repeat(100) + "1" + "}".repeat(100);

        assertThat(PodAudit.auditJson(json, Audited.project())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e4294967296", "-1E+4294967296", "1e-4294967296", "1.5e99999999999999999999"})
    void aNumberWithAnExponentOfMoreThan32BitsIsRefused(String number) {
        for (String field : new String[] {"x", "spec", "apiVersion"}) {
            assertThat(refusal("{\n\"" + field + "\": " + number + "}"))
                    .isEqualTo(
                            "pod must be one JSON object, but was not: the text is not one JSON object: there is a number with an"
                                    + " exponent of more than 32 bits at line 2, column " + (field.length() + 5)
                                    + "; correct the text");
        }
    }

    @Test
    void aNumberOfMoreDigitsThanAnyIsRefused() {
        assertThat(refusal("{\"x\":" + "9".repeat(1_001) + "}"))
                .startsWith(
                        "pod must be one JSON object, but was not: the text is not one JSON object: there is a number of more than"
                                + " 1000 digits, or a name or a text of extreme length at line 1, column ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{;'a':?}|line 2, column 5",
                "{;'a':1;'b':2}|line 3, column 1",
                "{;'a':1,;}|line 3, column 1",
                "{'a':'\u0001'}|line 1, column 7",
                "{'a';: tru}|line 2, column 3",
                "[1;}|line 2, column 1",
                "kind: Pod;spec: {}|line 1, column 1"
            })
    void brokenTextIsRefusedWithItsPlace(String text, String place) {
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            assertThat(refusal(text.replace(";", end).replace("'", "\"")))
                    .startsWith("pod must be one JSON object, but was not: the text is not one JSON object: ")
                    .endsWith(" at " + place + "; correct the text")
                    .matches("[ -~…]+")
                    .doesNotContain("REDACTED");
        }
    }

    @Test
    void aWordThatIsNoneIsShownShort() {
        assertThat(refusal("{\"a\": " + "x".repeat(100_000))).hasSizeLessThan(400);
    }
}
