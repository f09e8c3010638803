package com.cocalc.storage.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws find bugs: each wrong version is caught, and no right one. Prints the table {@code mutant → caught by}. */
class MutationCatalogueTest {

    static List<Subject<?>> subjects() {
        return Stream.of(
                        PodMutants.subjects(),
                        DecisionMutants.subjects(),
                        ViewMutants.subjects(),
                        OwnerMutants.subjects(),
                        CopyMutants.subjects(),
                        RemoveMutants.subjects())
                .<Subject<?>>flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theUnmutatedOriginalIsCaughtByNothing(Subject<?> subject) throws Exception {
        assertThat(subject.judgeOriginal()).as(subject.name()).isEmpty();
    }

    @Test
    void eachOfManyMutantsIsCaught() throws Exception {
        StringBuilder table = new StringBuilder("mutant → caught by\n");
        List<String> survivors = new ArrayList<>();
        int count = 0;
        for (Subject<?> subject : subjects()) {
            for (Map.Entry<String, Set<String>> mutant : subject.judgeMutants().entrySet()) {
                String name = subject.name() + ": " + mutant.getKey();
                count++;
                table.append(name)
                        .append(" → ")
                        .append(String.join(", ", mutant.getValue()))
                        .append('\n');
                if (mutant.getValue().isEmpty()) {
                    survivors.add(name);
                }
            }
        }
        System.out.println(table.append(count).append(" mutants"));

        assertThat(survivors).isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(40);
    }
}
