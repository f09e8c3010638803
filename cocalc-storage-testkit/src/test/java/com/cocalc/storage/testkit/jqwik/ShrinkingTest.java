package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.cocalc.storage.Access;
import com.cocalc.storage.ClaimName;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.jqwik.FileOperation.Rename;
import java.nio.file.FileSystem;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a person is shown when a property fails: the simplest sample, whatever was drawn first. */
final class ShrinkingTest {

    private static final int SEEDS = 20;

    /** Checks that shrinking ends at one sample from wherever it starts. */
    private static <T> void assertShrinks(Arbitrary<T> arbitrary, Predicate<T> law, String simplest) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(shrunk(arbitrary, law, seed)).as("seed " + seed).isEqualTo(simplest);
        }
    }

    /** The first sample that breaks the law, made simpler as jqwik does it: by the first attempt that breaks it too. */
    private static <T> String shrunk(Arbitrary<T> arbitrary, Predicate<T> law, int seed) {
        Random random = new Random(seed);
        RandomGenerator<T> generator = arbitrary.generator(1000);
        Optional<Shrinkable<T>> next = Stream.generate(() -> generator.next(random))
                .filter(sample -> !law.test(sample.value()))
                .findFirst();
        Shrinkable<T> simplest = next.orElseThrow();
        while (next.isPresent()) {
            simplest = next.orElseThrow();
            next = simplest.shrink().filter(sample -> !law.test(sample.value())).findFirst();
        }
        return simplest.value().toString();
    }

    private static <T> void assertShrinks(Class<T> type, Predicate<T> law, String simplest) {
        assertShrinks(ApiArbitraries.of(type), law, simplest);
    }

    @Test
    void idsShrinkToZerosAndTheSmallestNumber() {
        assertShrinks(ProjectId.class, id -> false, "00000000-0000-0000-0000-000000000000");
        assertShrinks(
                ProjectId.class,
                id -> Long.compareUnsigned(id.uuid().getLeastSignificantBits(), 1000) < 0,
                "00000000-0000-0000-0000-0000000003e8");
    }

    @Test
    void namesAndPathsShrinkToFewPlainLetters() {
        assertShrinks(ClaimName.class, name -> name.value().length() < 100, "a".repeat(100));
        assertShrinks(ClaimName.class, name -> !name.value().contains("-"), "a-a");
        assertShrinks(
                SubPath.class,
                path -> path.toString().chars().filter(c -> c == '/').count() < 2,
                "a/a/a");
        assertShrinks(MountPath.class, path -> !path.value().contains("-rf"), "/-rf");
        assertShrinks(PathSchema.class, schema -> schema.toString().endsWith(PathSchema.PLACEHOLDER), "[project_id]/a");
    }

    @Test
    void jsonShrinksToWhatMatters() {
        assertShrinks(JsonValue.class, json -> !json.toString().contains("[["), "[[]]");
        assertShrinks(JsonValue.class, json -> !json.toString().contains("1.0"), "1.0");
    }

    @Test
    void licencesShrinkToTheOneThatMatters() {
        assertShrinks(
                LicenseCase.arbitrary(),
                licenses -> licenses.expected() == Access.READ_ONLY,
                "LicenseCase[licenses=[Entry[name=licence 00000000-0000-0000-0000-000000000000,"
                        + " license={\"status\":\"active\",\"quota\":{\"ext_rw\":true}}]], expected=read-write]");
    }

    @Test
    void configurationsShrinkToTheDefaultAndOneSetting() {
        assertShrinks(
                StorageConfig.class, config -> false, StorageConfig.defaults().toString());
        assertShrinks(
                StorageConfig.class,
                StorageConfig::sharesOnDataClaim,
                StorageConfig.builder().sharesClaim("a").build().toString());
        assertShrinks(
                StorageConfig.class,
                config -> config.jupyterPath() == JupyterPath.UNTOUCHED,
                StorageConfig.builder()
                        .jupyterPath(JupyterPath.WITH_SOFTWARE)
                        .build()
                        .toString());
        assertShrinks(
                StorageConfig.class,
                config -> !(config.homeOwnership() instanceof HomeOwnership.ServerSide),
                StorageConfig.builder()
                        .homeOwnership(HomeOwnership.serverSide())
                        .build()
                        .toString());
    }

    @Test
    void podsShrinkToContainersWithNothingInThem() {
        assertShrinks(
                UserPod.arbitrary(),
                sample -> sample.pod().getSpec().getContainers().size() < 3,
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: project-00000000-0000-0000-0000-000000000000
                spec:
                  containers:
                    - image: "registry.example/project:1"
                      name: project
                    - image: "registry.example/project-1:1"
                      name: project-1
                    - image: "registry.example/project-2:1"
                      name: project-2
                # container project of project 00000000-0000-0000-0000-000000000000: /home/user: \
                projects/00000000-0000-0000-0000-000000000000 of projects-data, read-write; /ext: the whole of \
                projects-software, read-only""");
    }

    @Test
    void treesShrinkToTheOddEntry() {
        assertShrinks(DirectoryTree.arbitrary(), tree -> !tree.toString().contains("/a"), """
                0755 2001:2001 - a/
                0644 2001:2001 "" a/a
                """);
        assertShrinks(DirectoryTree.arbitrary(), tree -> !tree.toString().contains("4755 "), "4755 2001:2001 \"\" a\n");
        assertShrinks(
                DirectoryTree.arbitrary(),
                tree -> !tree.toString().contains("-> /etc"),
                "0777 2001:2001 - a -> /etc/passwd\n");
    }

    private static boolean deletesWhatItMeansTo(FileScript script) {
        FileSystem files = RwxVolume.builder().rootMode(0777).build().mount(Mount.as(2001, 2001));
        return !script.runIn(files.getPath("/")).contains("DirectoryNotEmptyException");
    }

    @Test
    void scriptsShrinkToTheFewestSteps() {
        assertShrinks(FileScript.arbitrary(), script -> false, "mkdir \"a\"");
        assertShrinks(
                FileScript.arbitrary(),
                script -> script.operations().stream().noneMatch(Rename.class::isInstance),
                "rename \"a\" \"a\"");
        assertShrinks(FileScript.arbitrary(), ShrinkingTest::deletesWhatItMeansTo, """
                mkdir "a"
                mkdir "a/a"
                delete "a\"""");
    }

    /** A property of a user's. */
    @Domain(CocalcStorageDomain.class)
    static final class Failing {

        @Property(seed = "1")
        boolean deletesWhatItMeansTo(@ForAll FileScript script, @ForAll ProjectId id) {
            return ShrinkingTest.deletesWhatItMeansTo(script);
        }
    }

    @Test
    void jqwikShowsTheSimplestSample() {
        Throwable failure = EngineTestKit.engine("jqwik")
                .selectors(selectClass(Failing.class))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .findFirst()
                .orElseThrow();

        assertThat(failure)
                .hasMessage(
                        "Property [ShrinkingTest.Failing:deletesWhatItMeansTo] failed with sample {0=mkdir \"a\" mkdir"
                                + " \"a/a\" delete \"a\", 1=00000000-0000-0000-0000-000000000000}");
    }
}
