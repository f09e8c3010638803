package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A claim that is not the installation's, and of which the audit was told that it has files of it. */
class SameStorageAuditTest {

    private static final String VOLUME =
            "{'op':'add','path':'/spec/volumes/-','value':{'name':'n','persistentVolumeClaim':{'claimName':'backup'}}}";
    private static final String PLACE = "claim-of-same-storage@/spec/volumes/2/persistentVolumeClaim/claimName";

    private static List<Finding> audit(String operations, SameStorage known) {
        return PodAudit.auditJson(
                Audited.patched("[" + operations + "]"), Audited.project().knowing(known));
    }

    private static SameStorage part(String part) {
        return SameStorage.of(List.of(new SameStorage.Claim("backup", part, "files of claim \"projects-data\"")));
    }

    @Test
    void aClaimThatLeadsToOurFilesIsAnErrorOnceItIsKnown() {
        List<Finding> findings = audit(VOLUME, part(""));

        assertThat(findings)
                .hasToString("[ERROR claim-of-same-storage at /spec/volumes/2/persistentVolumeClaim/claimName: volume"
                        + " \"n\" is the claim \"backup\", which has files of claim \"projects-data\"; the container"
                        + " reaches files of the installation past the sub-paths and read-only flags of its claims; remove"
                        + " the volume, and mount the claim of the installation with the sub-path that is meant]");
        assertThat(audit(VOLUME, SameStorage.none())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            export       | export/projects | true
            export       | export          | true
            export/pvc-1 | export          | true
            export/pvc-1 |                 | true
            export       | export-2        | false
            export       | other           | false
                         | anything        | true
            """)
    void aMountIsJudgedByThePartThatItShows(String part, String subPath, boolean seen) {
        String mount = ",{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':{'name':'n','mountPath':'/n'"
                + (subPath == null ? "" : ",'subPath':'" + subPath + "'") + "}}";

        assertThat(Audited.places(audit(VOLUME + mount, part(part == null ? "" : part))))
                .isEqualTo(seen ? List.of(PLACE) : List.of());
    }

    @Test
    void aPartThatDependsOnAVariableFromElsewhereMayBeOurs() {
        String mount = ",{'op':'add','path':'/spec/containers/0/env/-','value':{'name':'P','valueFrom':"
                + "{'fieldRef':{'fieldPath':'spec.nodeName'}}}}"
                + ",{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':{'name':'n','mountPath':'/n',"
                + "'subPathExpr':'x/$(P)'}}";

        assertThat(Audited.places(audit(VOLUME + mount, part("export")))).contains(PLACE);
    }

    @Test
    void aCopyOfAClaimWithOurFilesIsACopyOfOurs() {
        String copy = "{'op':'add','path':'/spec/volumes/-','value':{'name':'n','ephemeral':{'volumeClaimTemplate':"
                + "{'spec':{'accessModes':['ReadWriteMany'],'dataSource':{'kind':'PersistentVolumeClaim','name':'backup'},"
                + "'resources':{'requests':{'storage':'1Gi'}}}}}}}";

        assertThat(Audited.places(audit(copy, part(""))))
                .containsExactly("clone-of-claim@/spec/volumes/2/ephemeral/volumeClaimTemplate/spec/dataSource");
        assertThat(audit(copy, SameStorage.none())).isEmpty();
    }
}
