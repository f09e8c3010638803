package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Storage lasts as long as a test, however JUnit handles instances and invocations. */
final class LifecyclesTest {

    private static Stream<String> names(Path home) throws IOException {
        try (Stream<Path> paths = Files.list(home)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** An instance that outlives its tests. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @ExtendWith(CocalcStorageExtension.class)
    class OneInstanceForAllTests {

        @BeforeEach
        void setUp(Path home) throws IOException {
            Files.createFile(home.resolve("set up"));
        }

        @RepeatedTest(2)
        void eachTestHasStorageOfItsOwn(Path home) throws IOException {
            Files.createFile(home.resolve("tested"));

            assertThat(names(home)).containsExactly("set up", "tested");
        }

        @TestFactory
        Stream<DynamicTest> dynamicTestsShareWhatTheirFactoryHas(Path home) {
            return Stream.of("a", "b")
                    .map(name -> dynamicTest(name, () -> {
                        Files.createFile(home.resolve(name));
                        assertThat(names(home)).contains("set up", name);
                    }));
        }

        @AfterEach
        void tearDown(RunningProject project) {
            assertThat(project.home().resolve("set up")).exists();
        }
    }

    /** Arguments of a class go to its fields. */
    @Nested
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    @ExtendWith(CocalcStorageExtension.class)
    class OfAParameterizedClass {

        @Parameter
        String name = "";

        @Test
        void itsTestsHaveTheirStorage(RunningProject project) throws IOException {
            Files.createFile(project.home().resolve(name));

            assertThat(names(project.home())).containsExactly(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"c", "d"})
        void itsParameterizedTestsToo(String other, Path home) throws IOException {
            Files.createFile(home.resolve(name));
            Files.createFile(home.resolve(other));

            assertThat(names(home)).containsExactly(name, other);
        }
    }

    private static Stream<Path> paths() {
        return Stream.of(Path.of("/a"), Path.of("/b"));
    }

    /** Arguments of a class go to its constructor, beside ours. */
    @Nested
    @ParameterizedClass
    @MethodSource("com.cocalc.storage.testkit.junit.LifecyclesTest#paths")
    @ExtendWith(CocalcStorageExtension.class)
    class OfAConstructorWithArguments {

        private final Path argument;
        private final Path home;

        OfAConstructorWithArguments(Path argument, Path home) {
            this.argument = argument;
            this.home = home;
        }

        @ParameterizedTest
        @MethodSource("com.cocalc.storage.testkit.junit.LifecyclesTest#paths")
        void argumentsStayArguments(Path own, RunningProject project) throws IOException {
            Files.createFile(home.resolve("file"));

            assertThat(argument.toString()).hasSize(2);
            assertThat(own.toString()).hasSize(2);
            assertThat(names(project.home())).containsExactly("file");
        }
    }

    /** An extension that comes with the instance. */
    @Nested
    class WithAFieldOfTheInstance {

        @RegisterExtension
        final CocalcStorage storage = CocalcStorage.builder().build();

        @Test
        void theFieldNeedNotBeStatic(RunningProject project) {
            assertThat(project.home()).exists();
        }
    }
}
