package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.apiserver.ServerCase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/** The project pod of the recorded cases, changed and audited. */
public final class Audited {

    public static final String ID = "6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11";
    static final String OTHER_ID = "0a1b2c3d-0000-4000-8000-000000000001";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Audited() {}

    public static Expected project() {
        return Expected.forProject(ProjectVolumes.forProject(UUID.fromString(ID), List.of()));
    }

    public static Expected project(StorageConfig config) {
        return Expected.forProject(ProjectVolumes.forProject(UUID.fromString(ID), List.of(), config));
    }

    public static Expected licensed() {
        LicenseQuota writing = LicenseQuota.builder().extRw().build();
        return Expected.forProject(ProjectVolumes.forProject(UUID.fromString(ID), List.of(writing)));
    }

    /** The recorded project pod after a JSON Patch, in which quotes may be single and {@code ID} is the project. */
    public static String patched(String patch) {
        try {
            JsonNode pod = MAPPER.readTree(ServerCase.pod("project").json());
            JsonNode operations =
                    MAPPER.readTree(patch.replace('\'', '"').replace("{ID}", ID).replace("{OTHER}", OTHER_ID));
            return JsonPatch.apply(operations, pod).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> places(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.rule().code() + "@" + finding.pointer())
                .toList();
    }
}
