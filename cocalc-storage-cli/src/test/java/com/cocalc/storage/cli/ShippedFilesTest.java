package com.cocalc.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.Access;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.json.LicensesJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The files that the program shows when it is told none. */
class ShippedFilesTest {

    private static String shipped(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ShippedFilesTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Access decided(String name) throws IOException {
        return SoftwareAccess.decide(LicensesJson.parse(shipped(name))).access();
    }

    @Test
    void theValuesBringTheirOwnClaimsAndRepairHomes() throws IOException {
        assertThat(HelmValues.parse(shipped("my-values.yaml"), "my-values.yaml").storage())
                .isEqualTo(StorageConfig.builder()
                        .bringYourOwnClaims()
                        .homeOwnership(HomeOwnership.fixPermissionsInit())
                        .build());
    }

    @Test
    void theValuesAreAsLongAsThoseOfAnInstallation() throws IOException {
        assertThat(shipped("my-values.yaml").lines().count()).isGreaterThan(150);
    }

    @Test
    void oneOfTheProjectsMayWriteToTheSoftware() throws IOException {
        assertThat(decided("licenses-with-write.json")).isEqualTo(Access.READ_WRITE);
        assertThat(decided("licenses-without-write.json")).isEqualTo(Access.READ_ONLY);
    }
}
