package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.preflight.Causes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What the server says about the source of a volume, word for word. */
class VolumeSourceRulesTest {

    @ParameterizedTest
    @CsvFileSource(resources = "volume-sources.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void aSourceIsAnswered(String source, String causes) {
        ServerAnswer answer = ApiServer.answer(
                Audited.patched("[{'op':'add','path':'/spec/volumes/-','value':{'name':'v'," + source + "}}]"));

        List<String> expected = Causes.expected(causes).stream()
                .map(cause -> "spec.volumes[2]." + cause)
                .toList();
        assertThat(Causes.of(answer)).isEqualTo(expected);
    }
}
