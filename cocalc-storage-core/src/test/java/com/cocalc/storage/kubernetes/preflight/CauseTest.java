package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What causes say of themselves. */
class CauseTest {

    private static final Symptom SEEN = new Symptom("event", "words");

    @Test
    void aCauseHasItsKindWhatItIsAboutAndTheTextOfBothParts() {
        Cause cause = Cause.of(CauseKind.CLASS_MISSING, "projects-data", "nfs", SEEN);

        assertThat(cause.kind()).isEqualTo(CauseKind.CLASS_MISSING);
        assertThat(cause.kind().about()).isEqualTo(CauseKind.About.CLAIM);
        assertThat(cause.kind().code()).isEqualTo("class-missing");
        assertThat(cause.subject()).contains("projects-data");
        assertThat(cause.detail()).contains("nfs");
        assertThat(cause.symptom()).isEqualTo(SEEN);
        assertThat(cause.text())
                .isEqualTo(
                        "claim \"projects-data\" asks for a class that does not exist, \"nfs\"; install the class, or"
                                + " create the claim again with one that `kubectl get storageclass` lists")
                .isEqualTo(cause.explanation() + "; " + cause.remedy());
        assertThat(cause).hasToString(cause.text());
    }

    @Test
    void causesAreEqualByAllTheirParts() {
        Cause cause = Cause.of(CauseKind.CLAIM_PENDING, "a", SEEN);

        assertThat(cause)
                .isEqualTo(Cause.of(CauseKind.CLAIM_PENDING, "a", SEEN))
                .hasSameHashCodeAs(Cause.of(CauseKind.CLAIM_PENDING, "a", SEEN))
                .isNotEqualTo(Cause.of(CauseKind.CLAIM_LOST, "a", SEEN))
                .isNotEqualTo(Cause.of(CauseKind.CLAIM_PENDING, "b", SEEN))
                .isNotEqualTo(Cause.of(CauseKind.CLAIM_PENDING, "a", "b", SEEN))
                .isNotEqualTo(Cause.of(CauseKind.CLAIM_PENDING, "a", new Symptom("log", "words")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            CLAIM_LOST                 | c       |      | claim "c" has lost its volume, which somebody deleted
            CLAIM_LOST                 |         |      | a claim of the pod has lost its volume, which somebody deleted
            VOLUME_MISMATCH            | c       |      | claim "c" cannot be bound to the volume that it names: event: "words"
            VOLUME_MISSING             | v       |      | volume "v", to which a claim is bound, does not exist
            VOLUME_MISSING             |         |      | the volume, to which a claim is bound, does not exist
            NO_SPACE_ON_NODES          |         |      | no node has enough free storage for a claim of the pod
            SERVER_UNREACHABLE         | n1      | NFS  | the node cannot reach the NFS server
            NO_MOUNT_PROGRAM           | n1      | cifs | the node cannot mount "cifs", as its mount helper or kernel module is missing
            TIMED_OUT                  | n1      | a b  | the node waits for volumes "a b" and gives no reason
            TIMED_OUT                  | n1      |      | the node waits for a volume and gives no reason
            ID_MAP_REFUSED             | project |      | the file system of a volume of container "project" cannot be mounted with mapped users (hostUsers: false)
            NON_ROOT_POLICY            |         |      | a container must not run as root (runAsNonRoot), but its user is root or has no number
            READ_ONLY_MOUNT            | /ext    |      | what is mounted at "/ext" is read-only for this pod
            TWO_VOLUMES_ON_ONE_CLAIM   | c       | a, b | volumes "a, b" of the pod are on one claim, "c"; kubelets before 1.35.6 and 1.36.3 then wait for ever
            """)
    void anExplanationNamesWhatTheMessageNamed(CauseKind kind, String subject, String detail, String explanation) {
        assertThat(Cause.of(kind, subject, detail == null ? "" : detail, SEEN).explanation())
                .isEqualTo(explanation);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasATextWithoutPlaceholdersWhateverIsKnown(CauseKind kind) {
        for (String name : List.of("", "{detail}", "a\nb", "$1\\")) {
            assertThat(Cause.of(kind, name, name, SEEN).text().replace("{detail}", ""))
                    .matches("[ -~]+")
                    .doesNotContain("{");
        }
    }
}
