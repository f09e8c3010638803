package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's numbers, which mean the same in all languages; a server of SMB is where most of them come from. */
class MountErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "mount error(1): Operation not permitted, PERMISSION_DENIED",
        "mount error(2): No such file or directory, EXPORT_MISSING",
        "mount error(6): No such device or address, EXPORT_MISSING",
        "mount error(13): Permission denied, PERMISSION_DENIED",
        "mount error(13): Keine Berechtigung, PERMISSION_DENIED",
        "mount error(16): Device or resource busy, BUSY",
        "mount error(22): Invalid argument, BAD_OPTION",
        "mount error(28): No space left on device, STORAGE_FULL",
        "mount error(78): Remote address changed, EXPORT_MISSING",
        "mount error(95): Operation not supported, PROTOCOL_UNAVAILABLE",
        "mount error(101): Network is unreachable, SERVER_UNREACHABLE",
        "mount error(111): could not connect to 10.0.0.1, SERVER_UNREACHABLE",
        "mount error(112): Host is down, SERVER_UNREACHABLE",
        "mount error(122): Disk quota exceeded, STORAGE_FULL",
        "mount error(126): Required key not available, PERMISSION_DENIED",
        "mount error(129): Key was rejected by service, PERMISSION_DENIED",
        "mount error 1 = Operation not permitted, PERMISSION_DENIED",
        "mount error 2 = No such file or directory, EXPORT_MISSING",
        "mount error 5 = Input/output error, NO_METADATA_SERVER",
        "mount error 110 = Connection timed out, SERVER_UNREACHABLE",
        "ceph mount failed with (1) Operation not permitted, PERMISSION_DENIED",
    })
    void aNumberMeansThis(String output, CauseKind kind) {
        assertThat(MountErrors.find("-t cifs //h/s /x Output: " + output + "\nRefer to"))
                .contains(kind);
    }

    @Test
    void aNumberThatCanMeanAnythingMeansNothing() {
        assertThat(MountErrors.find("mount error(5): Input/output error")).isEmpty();
        assertThat(MountErrors.find("mount error(12): Cannot allocate memory")).isEmpty();
        assertThat(MountErrors.find("mount error(999): x")).isEmpty();
        assertThat(MountErrors.find("mount error: no mds server is up")).isEmpty();
    }
}
