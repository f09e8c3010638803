package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.LicenseId;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.SubPath;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that must be refused: each one is. */
final class RefusedCallTest {

    static Set<Class<?>> types() {
        return RefusedCall.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyCallIsRefusedInOneLine(Class<?> type) {
        assertThat(Samples.of(RefusedCall.of(type), 1000)).allSatisfy(call -> {
            assertThat(call.type()).isEqualTo(type);
            Throwable refusal = catchThrowable(call::run);
            if (call.flaw() == Flaw.NULL) {
                assertThat(refusal).as(call.toString()).isExactlyInstanceOf(NullPointerException.class);
            } else {
                assertThat(refusal).as(call.toString()).isExactlyInstanceOf(InvalidValueException.class);
            }
            assertThat(refusal).message().isNotEmpty().doesNotContain("\n", "\u0000", "\u001b");
        });
    }

    @Test
    void allFlawsOfAllTypesAppear() {
        Map<String, Set<Flaw>> found = new TreeMap<>();
        Samples.of(RefusedCall.arbitrary(), 50_000)
                .forEach(call -> found.computeIfAbsent(call.type().getSimpleName(), type -> EnumSet.noneOf(Flaw.class))
                        .add(call.flaw()));

        assertThat(found.toString().replace("], ", "]\n")).isEqualTo("""
                        {ClaimName=[NULL, EMPTY, LOOK_ALIKE, TOO_LONG, TRAVERSAL, CONTROL_CHARACTER, FORM]
                        ContainerPath=[NULL, EMPTY, TOO_LONG, TRAVERSAL, CONTROL_CHARACTER, HALF_CHARACTER, FORM]
                        JsonNumber=[NULL, EMPTY, LOOK_ALIKE, FORM]
                        JsonObject=[CONFLICT]
                        JsonString=[NULL, HALF_CHARACTER]
                        LicenseId=[NULL, EMPTY, LOOK_ALIKE, TOO_LONG, CONTROL_CHARACTER, HALF_CHARACTER, FORM]
                        LicenseStatus=[RANGE]
                        MountPath=[NULL, EMPTY, TOO_LONG, TRAVERSAL, CONTROL_CHARACTER, HALF_CHARACTER, FORM]
                        PathSchema=[NULL, LOOK_ALIKE, TOO_LONG, TRAVERSAL, CONTROL_CHARACTER, HALF_CHARACTER, FORM]
                        PosixIdentity=[RANGE]
                        ProjectId=[NULL, EMPTY, LOOK_ALIKE, TOO_LONG, CONTROL_CHARACTER, HALF_CHARACTER, FORM]
                        ReadWrite=[EMPTY]
                        StorageClassName=[NULL, EMPTY, LOOK_ALIKE, TOO_LONG, TRAVERSAL, CONTROL_CHARACTER, FORM]
                        StorageConfig=[CONFLICT]
                        StorageMount=[NULL, EMPTY, LOOK_ALIKE, TOO_LONG, CONTROL_CHARACTER, FORM]
                        StorageSize=[NULL, EMPTY, LOOK_ALIKE, TOO_LONG, CONTROL_CHARACTER, FORM]
                        SubPath=[NULL, EMPTY, TOO_LONG, TRAVERSAL, CONTROL_CHARACTER, HALF_CHARACTER, FORM]}""");
    }

    @Test
    void aTypeThatRefusesNothingHasNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefusedCall.of(String.class))
                .withMessage("type must be one that refuses something, but was java.lang.String; RefusedCall.types()"
                        + " has all of them");
    }

    private static void assertAllRefused(Arbitrary<String> texts, Function<String, Object> parser) {
        assertThat(Samples.of(texts, 2000))
                .allSatisfy(text ->
                        assertThatThrownBy(() -> parser.apply(text)).isExactlyInstanceOf(InvalidValueException.class));
    }

    @Test
    void textsAloneAreRefusedAsWell() {
        assertAllRefused(RefusedArbitraries.ids(), ProjectId::parse);
        assertAllRefused(RefusedArbitraries.ids(), LicenseId::parse);
        assertAllRefused(RefusedArbitraries.claimNames(), ClaimName::parse);
        assertAllRefused(RefusedArbitraries.subPaths(), SubPath::parse);
        assertAllRefused(RefusedArbitraries.mountPaths(), MountPath::parse);
        assertAllRefused(RefusedArbitraries.containerPaths(), ContainerPath::parse);
        assertAllRefused(RefusedArbitraries.pathSchemas(), PathSchema::parse);
        assertAllRefused(RefusedArbitraries.sizes(), StorageSize::parse);
    }

    @Test
    void aCallReadsAsJava() {
        assertThat(Samples.of(RefusedCall.of(ProjectId.class), 0)).first().hasToString("ProjectId.parse(\"\")");
        assertThat(Samples.of(RefusedCall.of(ProjectId.class), 200).map(RefusedCall::toString))
                .contains("ProjectId.parse(null)", "ProjectId.parse(\"1-1-1-1-1\")")
                .anyMatch(text -> text.contains("\\u0430"));
        assertThat(List.of(Flaw.values())).hasSize(10);
    }
}
