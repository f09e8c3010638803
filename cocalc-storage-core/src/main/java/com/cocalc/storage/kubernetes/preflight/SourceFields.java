package com.cocalc.storage.kubernetes.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The source of a volume as its fields, for questions that are the same for all kinds.
 *
 * @param kind the field of the volume that holds the source; empty for a volume without one
 * @param fields what stands there
 */
record SourceFields(String kind, Map<String, JsonNode> fields) {

    private static final JsonMapper FIELDS = new JsonMapper();
    private static final SourceFields NONE = new SourceFields("", Map.of());

    /** How a storage is used, and not which it is. */
    private static final List<String> USE = List.of(
            "readOnly",
            "fsType",
            "secretRef",
            "user",
            "group",
            "keyring",
            "portals",
            "iscsiInterface",
            "initiatorName",
            "chapAuthDiscovery",
            "chapAuthSession");

    private static final List<String> KINDS = List.of(
            "awsElasticBlockStore",
            "azureDisk",
            "azureFile",
            "cephfs",
            "cinder",
            "csi",
            "fc",
            "flexVolume",
            "gcePersistentDisk",
            "glusterfs",
            "iscsi",
            "photonPersistentDisk",
            "portworxVolume",
            "quobyte",
            "rbd",
            "scaleIO",
            "storageos",
            "vsphereVolume",
            "nfs");

    static SourceFields of(PersistentVolumeSpec spec) {
        JsonNode all = FIELDS.valueToTree(spec);
        for (String kind : KINDS) {
            if (all.path(kind).isObject()) {
                Map<String, JsonNode> fields = new TreeMap<>();
                all.get(kind).properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
                return new SourceFields(kind, fields);
            }
        }
        return NONE;
    }

    /** Whether there is no source, or one that says nothing. */
    boolean isEmpty() {
        return storage().isEmpty();
    }

    boolean isReadOnly() {
        JsonNode readOnly = fields.get("readOnly");
        return readOnly != null && readOnly.asBoolean();
    }

    /** Which storage it is, in words that are equal for one storage. */
    String storage() {
        Map<String, JsonNode> storage = new TreeMap<>(fields);
        USE.forEach(storage::remove);
        return storage.isEmpty() ? "" : storage.toString();
    }
}
