package com.cocalc.storage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.HomeOwnership.FixPermissionsInit;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What Helm 3 (its YAML, its merging of files, and the chart's defaults below them) read from several hundred odd
 * files: the same is read here, or refused with its place. The files were generated, and recorded with Helm's own code.
 */
class RecordedReadingsTest {

    private static List<JsonNode> readings() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> readings = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RecordedReadingsTest.class.getResourceAsStream("helm-readings.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                readings.add(mapper.readTree(line));
            }
        }
        return readings;
    }

    @Test
    void whatIsReadIsWhatHelmReads() throws IOException {
        int read = 0;
        for (JsonNode reading : readings()) {
            List<String> problems = new ArrayList<>();
            StorageConfig storage = read(reading.get("files"), problems);
            if (storage == null) {
                assertThat(problems)
                        .as("%s", reading)
                        .isNotEmpty()
                        .allMatch(problem -> problem.matches(".*\\([0-9]\\.yaml, line [0-9]+, column [0-9]+\\); .*"));
                continue;
            }
            read++;
            assertThat(reading.get("helm").isObject()).as("%s", reading).isTrue();
            assertThat(differences(storage, reading.get("helm")))
                    .as("%s", reading)
                    .isEmpty();
        }

        assertThat(read).isGreaterThan(100);
    }

    private static @Nullable StorageConfig read(JsonNode files, List<String> refused) {
        Problems problems = new Problems();
        Layers layers = new Layers(problems);
        for (int i = 0; i < files.size(); i++) {
            problems.nextFile();
            layers.add(files.get(i).asText(), i + ".yaml");
        }
        StorageConfig storage = StorageReader.read(layers.merged(), problems);
        try {
            problems.throwIfAny();
            return storage;
        } catch (HelmValuesException e) {
            refused.addAll(e.problems());
            return null;
        }
    }

    private static List<String> differences(StorageConfig storage, JsonNode helm) {
        List<String> differences = new ArrayList<>();
        text(helm, "global.storage.data.claimName", storage.dataClaim(), null, differences);
        text(helm, "global.storage.software.claimName", storage.softwareClaim(), null, differences);
        text(helm, "global.storage.shares.claimName", storage.sharesClaim(), storage.dataClaim(), differences);
        text(helm, "global.shared_files_path", storage.sharesSchema(), "shares/[project_id]", differences);
        bool(helm, "storage.create", storage.created().isPresent(), differences);
        bool(
                helm,
                "manage.project.fixPermissionsInit",
                storage.homeOwnership() instanceof FixPermissionsInit,
                differences);
        if (storage.created().isPresent()) {
            CreatedClaims created = storage.created().get();
            text(helm, "storage.class", created.storageClass(), null, differences);
            size(helm, "storage.size.data", created.dataSize(), differences);
            size(helm, "storage.size.software", created.softwareSize(), differences);
        }
        return differences;
    }

    private static void text(
            JsonNode helm, String key, Object read, @Nullable Object absent, List<String> differences) {
        JsonNode value = helm.path(key);
        boolean isAbsent = value.isMissingNode() || value.isNull();
        Object expected = isAbsent ? String.valueOf(absent) : value.isTextual() ? value.asText() : value;
        if (!read.toString().equals(expected)) {
            differences.add(key + " is " + read + ", but for Helm " + value);
        }
    }

    /** A condition of a template does not hold where there is no value. */
    private static void bool(JsonNode helm, String key, boolean read, List<String> differences) {
        JsonNode value = helm.path(key);
        boolean isAbsent = value.isMissingNode() || value.isNull();
        if (isAbsent ? read : !value.isBoolean() || value.booleanValue() != read) {
            differences.add(key + " is " + read + ", but for Helm " + value);
        }
    }

    private static void size(JsonNode helm, String key, StorageSize read, List<String> differences) {
        JsonNode value = helm.path(key);
        boolean isSame = value.isNumber()
                ? value.decimalValue().toBigInteger().equals(read.bytes())
                : value.asText().equals(read.toString());
        if (!isSame) {
            differences.add(key + " is " + read + ", but for Helm " + value);
        }
    }
}
