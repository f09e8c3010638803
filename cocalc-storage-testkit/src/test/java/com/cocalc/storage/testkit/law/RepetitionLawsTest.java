package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.kubernetes.KubernetesText;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RepetitionLawsTest {

    @Test
    void whatTheLibraryWritesIsEqualEachTimeAndReadsBack() {
        assertThat(RepetitionLaws.checkSameBytes("pod", () -> KubernetesText.yaml(Homes.pod(Homes.VOLUMES))))
                .isEmpty();
        assertThat(RepetitionLaws.checkTextAndBack("id", Homes.PROJECT, ProjectId::toString, ProjectId::parse))
                .isEmpty();
        assertThat(RepetitionLaws.checkTextAndBack(
                        "licences",
                        LicensesJson.parse("{\"x\":{\"quota\":{\"ext_rw\":true,\"cpu\":1.50}}}"),
                        LicensesJson::write,
                        LicensesJson::parse))
                .isEmpty();
    }

    @Test
    void outputThatDiffersIsShownAtItsFirstDifference() {
        Iterator<String> texts = List.of("a\nb\nc", "a\nx\nc").iterator();

        assertThat(RepetitionLaws.checkSameBytes("pod", texts::next))
                .singleElement()
                .hasToString("same-input-same-bytes at pod, line 2: found \"x\", expected \"b\"; the same input gives"
                        + " output that is equal byte by byte; define the order of what is written; use no clock, no"
                        + " randomness and no identity of objects");
        Iterator<String> shorter = List.of("a\nb", "a").iterator();
        assertThat(RepetitionLaws.checkSameBytes("pod", shorter::next))
                .extracting(Violation::where, Violation::found, Violation::expected)
                .containsExactly(tuple("pod, line 2", "the end", "\"b\""));
    }

    @Test
    void aRepairThatGoesOnChangingIsCaught() {
        assertThat(RepetitionLaws.checkRepeating("fix", "0755 1:1 - /\n", "0755 1:1 - /\n"))
                .isEmpty();
        assertThat(RepetitionLaws.checkRepeating("fix", "0755 1:1 - /\n0644 1:1 0 a\n", "0755 1:1 - /\n0644 1:1 1 a\n"))
                .extracting(Violation::toString)
                .containsExactly(
                        "repeating-changes-nothing at fix: found new: 0644 1:1 1 a, expected the tree as after the first"
                                + " run; running the init container twice leaves what running it once leaves; change what is"
                                + " wrong and nothing else",
                        "repeating-changes-nothing at fix: found gone: 0644 1:1 0 a, expected the tree as after the first"
                                + " run; running the init container twice leaves what running it once leaves; change what is"
                                + " wrong and nothing else");
    }

    @Test
    void aTextThatLosesSomethingIsCaught() {
        assertThat(RepetitionLaws.checkTextAndBack("text", "Ab", text -> text.toLowerCase(Locale.ROOT), text -> text))
                .singleElement()
                .hasToString("text-and-back at text: found ab, expected Ab; what is written and read again is equal to"
                        + " what it was; write all that counts, and read it as it was written");
    }
}
