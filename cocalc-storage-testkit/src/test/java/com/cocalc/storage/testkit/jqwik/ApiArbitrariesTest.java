package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.SubPath;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Valid values of all types. */
final class ApiArbitrariesTest {

    /** Functions on text, of which there is no value, and the parts of a decision's explanation. */
    private static final Set<String> HAVE_NO_VALUES =
            Set.of("CleanedPath", "MessageText", "DenialReason", "LicenseRemark", "EffectivePatch");

    @Test
    void noValueOfTheApiIsForgotten() {
        Set<String> all = new ClassFileImporter()
                .importPackagesOf(ProjectId.class).stream()
                        .filter(type -> type.getPackageName().equals("com.cocalc.storage"))
                        .filter(type -> isPublic(type) && !type.getSimpleName().equals("package-info"))
                        .filter(type -> !type.isAssignableTo(Throwable.class)
                                && !type.getSimpleName().equals("Builder")
                                && !HAVE_NO_VALUES.contains(type.getSimpleName())
                                && type.getEnclosingClass()
                                        .filter(outer -> HAVE_NO_VALUES.contains(outer.getSimpleName()))
                                        .isEmpty())
                        .filter(type -> type.getSource()
                                .orElseThrow()
                                .getUri()
                                .toString()
                                .contains("storage-api"))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(all).hasSizeGreaterThan(40);
        assertThat(ApiArbitraries.types()).extracting(Class::getName).containsExactlyElementsOf(all);
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ApiArbitrariesTest::isPublic).orElse(true);
    }

    static Set<Class<?>> types() {
        return ApiArbitraries.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everySampleIsOfItsTypeAndTheSameEachTime(Class<?> type) {
        assertThat(Samples.shrinkables(ApiArbitraries.of(type), 300)).allSatisfy(sample -> {
            Object value = sample.value();

            assertThat(value).isInstanceOf(type);
            assertThat(sample.value()).isEqualTo(value).hasToString(value.toString());
        });
    }

    @Test
    void anotherTypeHasNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiArbitraries.of(String.class))
                .withMessage("type must be a public type of com.cocalc.storage, but was java.lang.String;"
                        + " ApiArbitraries.types() has all of them");
    }

    private static <T> void assertSome(Class<T> type, List<Predicate<T>> edges) {
        List<T> samples = Samples.of(ApiArbitraries.of(type), 5000).toList();
        for (int i = 0; i < edges.size(); i++) {
            assertThat(samples.stream().anyMatch(edges.get(i)))
                    .as("edge " + i + " of " + type.getSimpleName())
                    .isTrue();
        }
    }

    @Test
    void samplesLeanOnTheEdges() {
        assertSome(
                ClaimName.class,
                List.of(c -> c.value().length() == 253, c -> c.value().length() == 1));
        assertSome(
                ProjectId.class,
                List.of(
                        id -> id.uuid().getMostSignificantBits() == 0,
                        id -> id.uuid().getLeastSignificantBits() == -1));
        assertSome(
                SubPath.class,
                List.of(
                        p -> p.toString().getBytes(StandardCharsets.UTF_8).length == 4095,
                        p -> p.toString().contains("-rf"),
                        p -> p.toString().contains("..."),
                        p -> p.toString().contains("😀")));
        assertSome(
                MountPath.class,
                List.of(p -> p.value().contains("$("), p -> p.value().contains(" ")));
        assertSome(ContainerPath.class, List.of(p -> p.value().contains(":")));
        assertSome(
                PathSchema.class,
                List.of(
                        s -> s.toString().equals(PathSchema.PLACEHOLDER),
                        s -> s.toString().endsWith("/x") || !s.toString().endsWith("]")));
        assertSome(
                PosixIdentity.class,
                List.of(
                        PosixIdentity::isRoot,
                        id -> id.uid() == Integer.MAX_VALUE,
                        PosixIdentity.PROJECT_USER::equals));
        assertSome(
                StorageSize.class,
                List.of(s -> s.toString().contains("."), s -> s.bytes().signum() > 0));
        assertSome(
                StorageConfig.class,
                List.of(
                        StorageConfig::sharesOnDataClaim,
                        c -> !c.sharesOnDataClaim(),
                        c -> c.created().isEmpty(),
                        c -> !c.identity().equals(PosixIdentity.PROJECT_USER),
                        c -> c.equals(StorageConfig.defaults())));
    }

    @Test
    void allAlternativesAppear() {
        assertThat(kinds(JsonValue.class)).hasSize(JsonValue.class.getPermittedSubclasses().length);
    }

    private static Set<Class<?>> kinds(Class<?> type) {
        return Samples.of(ApiArbitraries.of(type), 2000).map(Object::getClass).collect(Collectors.toSet());
    }

    /** The domain, as a user has it. */
    @Domain(CocalcStorageDomain.class)
    static final class InADomainTest {

        @Property
        void textReadsBack(
                @ForAll ProjectId id,
                @ForAll ClaimName claim,
                @ForAll SubPath subPath,
                @ForAll MountPath mountPath,
                @ForAll ContainerPath containerPath,
                @ForAll PathSchema schema,
                @ForAll StorageSize size) {
            assertReadsBack(id, ProjectId::parse);
            assertReadsBack(claim, ClaimName::parse);
            assertReadsBack(subPath, SubPath::parse);
            assertReadsBack(mountPath, MountPath::parse);
            assertReadsBack(containerPath, ContainerPath::parse);
            assertReadsBack(schema, PathSchema::parse);
            assertReadsBack(size, StorageSize::parse);
        }

        private static <T> void assertReadsBack(T value, Function<String, T> parse) {
            assertThat(parse.apply(value.toString())).isEqualTo(value);
        }

        @Property
        void aSchemaFindsTheProjectOfItsDirectories(@ForAll PathSchema schema, @ForAll ProjectId id) {
            assertThat(schema.match(schema.resolve(id))).contains(id);
        }
    }
}
