package com.cocalc.storage.testkit.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameHashTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "file-12", "file-123", "file-1234", "a name of sixteen", "Grüße, и ещё больше слов"})
    void theHashOfANameDoesNotDependOnWhereItStands(String name) {
        byte[] alone = name.getBytes(StandardCharsets.UTF_8);
        byte[] inPath = ("/home/user/" + name + "/more").getBytes(StandardCharsets.UTF_8);

        int hash = NameHash.of(inPath, 11, 11 + alone.length);

        assertThat(hash).isEqualTo(NameHash.of(alone, 0, alone.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d", "file-%d", "file-%d.txt", "a-rather-long-name-%d", "%d-at-the-start", "mid-%d-way"})
    void namesThatAreCountedSpreadOverTheLowBits(String form) {
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            byte[] name = String.format(form, i).getBytes(StandardCharsets.UTF_8);
            slots.add(NameHash.of(name, 0, name.length) & 4095);
        }

        // A thousand at random would take 887 of 4,096 slots.
        assertThat(slots.size()).isBetween(800, 1000);
    }
}
