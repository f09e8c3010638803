package com.cocalc.storage.rwx.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "file-12", "file-123", "file-1234", "a name of sixteen", "Grüße, и ещё больше слов"})
    void theHashOfANameDoesNotDependOnWhereItStands(String name) {
        byte[] alone = name.getBytes(StandardCharsets.UTF_8);
        byte[] inPath = ("/home/user/" + name + "/more").getBytes(StandardCharsets.UTF_8);

        int hash = Words.hash(inPath, 11, 11 + alone.length);

        assertThat(hash).isEqualTo(Words.hash(alone, 0, alone.length));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "name, 0",
        "/name, 1",
        "a-long-name-without-any, 0",
        "/a-long-name-behind-one, 1",
        "first/second, 6",
        "0123456/0123456, 8",
        "01234567/01234567, 9",
        "a/./b/.., 6",
        "/./0./.0, 6",
        "dir/, 4",
        "dir//, 5",
        "/0/1/2/3/4/5/6/7/8, 17",
        "ä/ö/ü-und-mehr, 6"
    })
    void anElementStartsBehindTheLastSlash(String path, int start) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);

        assertThat(Words.startOfElement(bytes, bytes.length)).isEqualTo(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d", "file-%d", "file-%d.txt", "a-rather-long-name-%d", "%d-at-the-start", "mid-%d-way"})
    void namesThatAreCountedSpreadOverTheLowBits(String form) {
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            byte[] name = String.format(form, i).getBytes(StandardCharsets.UTF_8);
            slots.add(Words.hash(name, 0, name.length) & 4095);
        }

        // A thousand at random would take 887 of 4,096 slots.
        assertThat(slots.size()).isBetween(800, 1000);
    }
}
