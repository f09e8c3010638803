package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.SubPath;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that must be refused: each one is. */
final class RefusedArbitrariesTest {

    private record Door(Arbitrary<String> texts, Function<String, ?> parse) {}

    private static final Map<String, Door> DOORS = Map.of(
            "ids", new Door(RefusedArbitraries.ids(), ProjectId::parse),
            "claim names", new Door(RefusedArbitraries.claimNames(), ClaimName::parse),
            "sub-paths", new Door(RefusedArbitraries.subPaths(), SubPath::parse),
            "mount paths", new Door(RefusedArbitraries.mountPaths(), MountPath::parse),
            "container paths", new Door(RefusedArbitraries.containerPaths(), ContainerPath::parse),
            "schemas", new Door(RefusedArbitraries.pathSchemas(), PathSchema::parse),
            "sizes", new Door(RefusedArbitraries.sizes(), StorageSize::parse));

    @ParameterizedTest
    @ValueSource(strings = {"ids", "claim names", "sub-paths", "mount paths", "container paths", "schemas", "sizes"})
    void everyTextIsRefusedInOneLine(String kind) {
        Door door = DOORS.get(kind);

        assertThat(Samples.of(door.texts(), 2000)).hasSizeGreaterThan(1000).allSatisfy(text -> {
            Throwable refusal = catchThrowable(() -> door.parse().apply(text));
            assertThat(refusal).as(text).isExactlyInstanceOf(InvalidValueException.class);
            assertThat(refusal).message().isNotEmpty().doesNotContain("\n", "\u0000", "\u001b");
        });
    }
}
