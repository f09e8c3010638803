package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes of settings, as a server judges them. */
final class ProjectionRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            'downwardAPI':{'items':[{'path':'p','mode':420,'fieldRef':{'fieldPath':'metadata.name'}}]} |
            'downwardAPI':{'items':[{'path':'p','mode':512,'fieldRef':{'fieldPath':'metadata.name'}}]} | downwardAPI.mode
            'downwardAPI':{'items':[{'path':'p'}]} | downwardAPI
            'downwardAPI':{'items':[{'path':'p','fieldRef':{'fieldPath':'metadata.name'},'resourceFieldRef':{'containerName':'project','resource':'limits.cpu'}}]} | downwardAPI
            'downwardAPI':{'items':[{'path':'','fieldRef':{'fieldPath':'metadata.name'}}]} | downwardAPI.path
            'downwardAPI':{'items':[{'path':'..p','fieldRef':{'fieldPath':'metadata.name'}}]} | downwardAPI.path
            """)
    void aFileOfTheDownwardApiIsOneOrTheOther(String volume, String fields) {
        assertFields(volume, fields);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'secret':{'name':'s'}},{'configMap':{'name':'s'}} |
            {'secret':{'items':[{'key':'k','path':'p'}]}} | sources[0].secret.name
            {'configMap':{'name':'','items':[]}} | sources[0].configMap.name
            {'secret':{'name':'s','items':[{'path':'p'}]}} | sources[0].secret.items[0].key
            {'configMap':{'name':'s','items':[{'key':'k'}]}} | sources[0].configMap.items[0].path
            {'configMap':{'name':'s','items':[{'key':'k','path':'p','mode':-1}]}} | sources[0].configMap.items[0].mode
            {'secret':{'name':'s'},'configMap':{'name':'s'}} | sources[0]
            {'secret':{'name':'s'},'downwardAPI':{'items':[]}} | sources[0]
            {'configMap':{'name':'s'},'serviceAccountToken':{'path':'p'}} | sources[0]
            {'secret':{'name':'s'},'clusterTrustBundle':{'name':'b','path':'q'}} |
            {'podCertificate':{'signerName':'s','keyType':'RSA3072','keyPath':'k','certificateChainPath':'c'}} |
            {'serviceAccountToken':{'path':'p','expirationSeconds':600}} |
            {'serviceAccountToken':{'path':'p','expirationSeconds':4294967296}} |
            {'serviceAccountToken':{'path':'p','expirationSeconds':599}} | sources[0].serviceAccountToken.expirationSeconds
            {'serviceAccountToken':{'path':'p','expirationSeconds':4294967297}} | sources[0].serviceAccountToken.expirationSeconds
            {'serviceAccountToken':{'path':''}} | path
            {'serviceAccountToken':{'path':'..p'}} | path
            """)
    void aProjectionHasSourcesOfOneKindEach(String sources, String fields) {
        assertFields("'projected':{'sources':[" + sources + "]}", fields == null ? null : "projected." + fields);
    }

    private static void assertFields(String volume, String fields) {
        String operation = "[{'op':'add','path':'/spec/volumes/-','value':{'name':'v'," + volume + "}}]";

        assertThat(ApiServer.answer(Audited.patched(operation)).fields())
                .isEqualTo(
                        fields == null
                                ? List.of()
                                : Arrays.stream(fields.split(" "))
                                        .map(field -> "spec.volumes[2]." + field)
                                        .toList());
    }
}
