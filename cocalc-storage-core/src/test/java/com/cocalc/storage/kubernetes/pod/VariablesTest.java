package com.cocalc.storage.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Variables are expanded as the kubelet does it, and no further than a program could start with. */
class VariablesTest {

    @Test
    void aVariableOfTheKernelsLengthIsKnownAndALongerOneIsNot() {
        String half = "x".repeat(65_536);

        assertThat(variables("A", half, "B", "$(A)$(A)").find("B")).hasSize(131_072);
        assertThat(variables("A", half, "B", "$(A)$(A).").find("B")).isNull();
        assertThat(variables("A", half, "B", "$(A)$(A).").expand("$(B)").isUnknown())
                .isTrue();
    }

    @Test
    void variablesThatDoubleEachOtherAreNoHang() {
        List<EnvVar> env = new ArrayList<>(List.of(new EnvVar("A0", "x", null)));
        for (int i = 1; i <= 10_000; i++) {
            env.add(new EnvVar("A" + i, "$(A" + (i - 1) + ")$(A" + (i - 1) + ")", null));
        }
        Container container = new Container();
        container.setEnv(env);

        Variables variables = new Variables(container, new ObjectMeta());

        assertThat(variables.find("A10")).isEqualTo("x".repeat(1_024));
        assertThat(variables.find("A10000")).isNull();
    }

    @Test
    void openReferencesWithoutAnEndStayAsTheyAre() {
        String open = "$(".repeat(100_000);

        assertThat(variables("A", "x").expand("$(A)" + open).isUnknown()).isTrue();
        assertThat(variables("A", "x").expand("$(A)$(A$(").text()).isEqualTo("x$(A$(");
        assertThat(variables("A", "x").expand("$(A)$(").text()).isEqualTo("x$(");
        assertThat(variables("A", "x").expand("$(").text()).isEqualTo("$(");
    }

    @Test
    void manyLongVariablesTogetherAreBoundedToo() {
        List<EnvVar> env = new ArrayList<>(List.of(new EnvVar("LONG", "x".repeat(100_000), null)));
        for (int i = 0; i < 1_000; i++) {
            env.add(new EnvVar("A" + i, "$(LONG)", null));
        }
        Container container = new Container();
        container.setEnv(env);

        Variables variables = new Variables(container, new ObjectMeta());

        assertThat(variables.find("A0")).hasSize(100_000);
        assertThat(variables.find("A999")).isNull();
        assertThat(variables.find("LONG")).hasSize(100_000);
    }

    private static Variables variables(String... namesAndValues) {
        List<EnvVar> env = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            env.add(new EnvVar(namesAndValues[i], namesAndValues[i + 1], null));
        }
        Container container = new Container();
        container.setEnv(env);
        return new Variables(container, new ObjectMeta());
    }
}
