package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests at the same time, in the same classes, with the same extension. */
final class ParallelTestsTest {

    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

    @ExtendWith(CocalcStorageExtension.class)
    static class Crowded {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
        void hasItsHomeToItself(int number, RunningProject project, Path home) throws IOException {
            THREADS.add(Thread.currentThread());
            for (int i = 0; i < 50; i++) {
                Files.createFile(project.home().resolve("f" + i));
            }
            Files.writeString(home.resolve("number"), String.valueOf(number));
            try (Stream<Path> names = Files.list(home)) {
                assertThat(names).hasSize(51);
            }
            assertThat(project.home().resolve("number")).hasContent(String.valueOf(number));
        }

        @Nested
        class Inside {
            @Test
            @Licensed(extRw = true)
            void mayWriteToItsSoftware(RunningProject project) throws IOException {
                Files.createFile(project.software().resolve("x"));
            }

            @Test
            void mayNotWriteToIt(RunningProject project) {
                assertThat(Files.isWritable(project.software())).isFalse();
            }
        }
    }

    /** Two tests that are there at once, or never end. */
    @ExtendWith(CocalcStorageExtension.class)
    static class AtOnce {

        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void seesNothingOfTheOther(String name, Path home) throws Exception {
            Files.createFile(home.resolve(name));
            BOTH.await(1, TimeUnit.MINUTES);
            try (Stream<Path> names = Files.list(home)) {
                assertThat(names).hasSize(1);
            }
        }
    }

    @Test
    void testsInParallelHaveNothingInCommon() {
        Map<String, String> parallel = Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

        SampleRun crowded = SampleRun.of(Crowded.class, parallel);
        SampleRun atOnce = SampleRun.of(AtOnce.class, parallel);

        assertThat(crowded.failures()).isEmpty();
        assertThat(crowded.succeeded()).isEqualTo(18);
        assertThat(atOnce.failures()).isEmpty();
        assertThat(atOnce.succeeded()).isEqualTo(2);
    }
}
