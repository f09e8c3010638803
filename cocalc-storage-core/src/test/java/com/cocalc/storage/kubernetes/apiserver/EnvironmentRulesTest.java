package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.preflight.Causes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What the server says about variables, word for word. */
class EnvironmentRulesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "variables.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void aVariableIsAnswered(String variable, String causes) {
        assertThat(causes("env/-", variable)).isEqualTo(at("env[1]", causes));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "variable-sources.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void aSourceOfVariablesIsAnswered(String source, String causes) {
        assertThat(causes("envFrom", "[" + source + "]")).isEqualTo(at("envFrom", causes));
    }

    private static List<String> causes(String place, String value) {
        // The quotes of a subscript are single ones in the pod, too.
        String quoted = value.replace("\\'", "\\u0027");
        return Causes.of(ApiServer.answer(
                Audited.patched("[{'op':'add','path':'/spec/containers/0/" + place + "','value':" + quoted + "}]")));
    }

    private static List<String> at(String place, String causes) {
        return Causes.expected(causes).stream()
                .map(cause -> "spec.containers[0]." + place + cause)
                .toList();
    }
}
