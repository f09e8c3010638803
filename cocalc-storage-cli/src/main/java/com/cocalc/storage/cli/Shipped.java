package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.cli.input.Project;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.json.LicensesJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The parts that the program contains: its version, and the installation and the two projects that it shows by default.
 */
final class Shipped {

    static final ProjectId WITHOUT_GRANT = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    static final ProjectId WITH_GRANT = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");

    private Shipped() {}

    static StorageConfig config() {
        return HelmValues.parse(text("my-values.yaml"), "my-values.yaml").storage();
    }

    static ProjectLicenses licensesWithoutGrant() {
        return LicensesJson.parse(text("licenses-without-write.json"));
    }

    static ProjectLicenses licensesWithGrant() {
        return LicensesJson.parse(text("licenses-with-write.json"));
    }

    static List<Project> projects() {
        return List.of(
                new Project(WITHOUT_GRANT, licensesWithoutGrant()), new Project(WITH_GRANT, licensesWithGrant()));
    }

    static String version() {
        return text("version.txt").strip();
    }

    private static String text(String resource) {
        try (InputStream in = Shipped.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the program ships " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
