package com.cocalc.storage.files.share;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.files.tree.TreePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareRecordTest {

    @Test
    void theTextHasALineForEachPathInOrder() throws Exception {
        ShareRecord record = ShareRecord.empty()
                .with(TreePath.parse("talks/2024"))
                .with(TreePath.parse("talks"))
                .exchanging(TreePath.parse("talks"));

        assertThat(new String(record.toBytes(), US_ASCII))
                .isEqualTo("shares 1\nexchanges talks\nshows talks\nshows talks/2024\n");
        assertThat(ShareRecord.parse(record.toBytes())).isEqualTo(record);
    }

    @Test
    void noNameCanLookLikeAnotherLineOrPath() throws Exception {
        ShareRecord record = ShareRecord.empty()
                .with(TreePath.ofBytes("a\nshows b".getBytes(ISO_8859_1)))
                .with(TreePath.ofBytes("%2E".getBytes(ISO_8859_1)))
                .with(TreePath.ofBytes(new byte[] {(byte) 0xff, ' '}))
                .with(TreePath.parse(".a"))
                .with(TreePath.top());

        assertThat(new String(record.toBytes(), US_ASCII))
                .isEqualTo("shares 1\nshows .\nshows %252E\nshows %2Ea\nshows a%0Ashows%20b\nshows %FF%20\n");
        assertThat(ShareRecord.parse(record.toBytes())).isEqualTo(record);
    }

    @Test
    void theSamePathTwiceIsOnce() {
        ShareRecord once = ShareRecord.empty().with(TreePath.parse("a"));

        assertThat(once.with(TreePath.parse("a"))).isEqualTo(once);
        assertThat(once.without(TreePath.parse("a")).isEmpty()).isTrue();
        assertThat(once.exchanging(TreePath.parse("a"))
                        .without(TreePath.parse("a"))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void overlapIsByNamesNotByBytes() {
        ShareRecord record = ShareRecord.empty().with(TreePath.parse("talks")).with(TreePath.parse("talks/2024"));

        assertThat(record.showsMoreBelow(TreePath.parse("talks"))).isTrue();
        assertThat(record.showsMoreBelow(TreePath.parse("talks/2024"))).isFalse();
        assertThat(record.showsMoreBelow(TreePath.parse("tal"))).isFalse();
        assertThat(record.showsAbove(TreePath.parse("talks/2024"))).isTrue();
        assertThat(record.showsAbove(TreePath.parse("talks"))).isFalse();
        assertThat(record.showsAbove(TreePath.parse("talks2"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|its first line is not 'shares 1'",
                "shares 2\\n|its first line is not 'shares 1'",
                "shares 1|its lines are not complete, in order and without doubles",
                "shares 1\\nshows a|its lines are not complete, in order and without doubles",
                "shares 1\\nshows b\\nshows a\\n|its lines are not complete, in order and without doubles",
                "shares 1\\nshows a\\nshows a\\n|its lines are not complete, in order and without doubles",
                "shares 1\\nshows %61\\n|its lines are not complete, in order and without doubles",
                "shares 1\\nhides a\\n|line 2 starts neither with 'shows' nor 'exchanges'",
                "shares 1\\nshows a%4\\n|line 2 has a '%' without two digits",
                "shares 1\\nshows a%\\n|line 2 has a '%' without two digits",
                "shares 1\\nshows a%zz\\n|line 2 has a '%' without two digits",
                "shares 1\\nshows ../b\\n|line 2 holds no path: file path must have no '.' and no '..', but was"
                        + " \"../b\"; write the path as it is after resolving them",
                "shares 1\\nshows %2E%2E/b\\n|line 2 holds no path: file path must have no '.' and no '..', but was"
                        + " \"../b\"; write the path as it is after resolving them",
            })
    void whatWasNotWrittenLikeThisIsDamaged(String text, String message) {
        byte[] bytes = text.replace("\\n", "\n").getBytes(ISO_8859_1);

        assertThatThrownBy(() -> ShareRecord.parse(bytes))
                .isInstanceOf(DamagedRecordException.class)
                .hasMessage(message);
    }
}
