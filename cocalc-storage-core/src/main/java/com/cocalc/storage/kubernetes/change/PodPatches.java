package com.cocalc.storage.kubernetes.change;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.LicenseName;
import com.cocalc.storage.LicenseStatus;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectLicenses.EffectivePatch;
import com.cocalc.storage.kubernetes.change.OmittedPatch.Reason;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The patches that a project's licences carry, joined in the order of the licences.
 *
 * <p>The hub applies them to a project's pod just before it is submitted. They can change anything in the pod, also the
 * {@code readOnly} flags of the software without {@code ext_rw}. {@link PatchGuard} reports what they do to the
 * storage.
 *
 * <pre>{@code
 * ProjectLicenses licenses = LicensesJson.parse("{\"a\": {\"quota\": {\"patch\": \"[]\"}}}");
 * PodPatches patches = PodPatches.of(licenses);
 * patches.omitted().forEach(System.out::println);
 * }</pre>
 */
public final class PodPatches {

    /** The most operations of all patches together; a licence that would exceed it is left out. */
    static final int MOST_OPERATIONS = 1_000;

    private final List<PatchOperation> operations;
    private final List<OmittedPatch> omitted;

    private PodPatches(List<PatchOperation> operations, List<OmittedPatch> omitted) {
        this.operations = List.copyOf(operations);
        this.omitted = List.copyOf(omitted);
    }

    /**
     * Joins the patches of a project's licences. A patch that is left out, for whatever reason, does not prevent others
     * from being applied.
     *
     * @param licenses all licences of the project
     * @return the patches
     */
    public static PodPatches of(ProjectLicenses licenses) {
        Map<LicenseName, String> effective = licenses.effectivePatches().stream()
                .collect(Collectors.toMap(EffectivePatch::license, EffectivePatch::text));
        List<PatchOperation> operations = new ArrayList<>();
        List<OmittedPatch> omitted = new ArrayList<>();
        for (ProjectLicenses.Entry entry : licenses.entries()) {
            JsonValue stored = storedPatch(entry.license());
            if (stored == null) {
                continue;
            }
            LicenseName name = entry.name();
            try {
                String text = effective.get(name);
                if (text == null) {
                    throw leftOut(entry.license(), stored);
                }
                List<PatchOperation> own = PatchText.parse(name, text);
                if (operations.size() + own.size() > MOST_OPERATIONS) {
                    throw new PatchText.Omitted(
                            Reason.TOO_LARGE,
                            "at most " + MOST_OPERATIONS + " operations with the patches of the licences before it");
                }
                operations.addAll(own);
            } catch (PatchText.Omitted e) {
                omitted.add(e.of(name));
            }
        }
        return new PodPatches(operations, omitted);
    }

    private static @Nullable JsonValue storedPatch(ProjectLicense license) {
        JsonValue stored =
                license.quota().flatMap(quota -> quota.toJson().find("patch")).orElse(null);
        return stored == JsonNull.NULL ? null : stored;
    }

    private static PatchText.Omitted leftOut(ProjectLicense license, JsonValue stored) {
        Optional<LicenseStatus> over = license.status().filter(status -> !status.counts());
        if (over.isPresent()) {
            return new PatchText.Omitted(Reason.LICENSE_DOES_NOT_COUNT, "its status is " + over.get());
        }
        if (license.quota().flatMap(quota -> quota.dedicatedDisk()).isPresent()) {
            return new PatchText.Omitted(Reason.DEDICATED_DISK, "");
        }
        if (!(stored instanceof JsonString)) {
            return new PatchText.Omitted(Reason.NOT_TEXT, "but is " + MessageText.quoted(stored.toString()));
        }
        return new PatchText.Omitted(Reason.DEDICATED_MACHINE, "");
    }

    /**
     * Returns the operations of the joined patch.
     *
     * @return the operations, in the order in which they are applied
     */
    public List<PatchOperation> operations() {
        return operations;
    }

    /**
     * Returns the patches that are left out. A licence without the field {@code patch} is not mentioned.
     *
     * @return the patches, in the order of the licences
     */
    public List<OmittedPatch> omitted() {
        return omitted;
    }

    /**
     * Applies all operations, or none.
     *
     * <p>As in the hub, removing a missing field does nothing; every other operation must find its place. The given pod
     * is not changed. This method does not judge what the result does to the storage: {@link PatchGuard} does.
     *
     * @param pod the pod as it would be submitted
     * @return a new pod, or the given one if there is no operation
     * @throws PatchFailedException if an operation cannot be applied, makes the pod too large, or leaves something that
     *     is not a pod; the exception names the licence and the operation
     */
    public Pod applyTo(Pod pod) {
        requireNonNull(pod, "pod");
        return operations.isEmpty() ? pod : new PatchRun(pod).run(operations);
    }

    /**
     * Returns the joined patch as JSON.
     *
     * @return an array of operations, in one line
     */
    public String toJson() {
        StringJoiner json = new StringJoiner(",", "[", "]");
        operations.forEach(operation -> json.add(operation.toString()));
        return json.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PodPatches that && operations.equals(that.operations) && omitted.equals(that.omitted);
    }

    @Override
    public int hashCode() {
        return 31 * operations.hashCode() + omitted.hashCode();
    }

    /** Returns a line for each operation with its licence, and for each patch that is left out. */
    @Override
    public String toString() {
        StringJoiner lines = new StringJoiner("\n");
        operations.forEach(operation -> lines.add(operation.inWords()));
        omitted.forEach(patch -> lines.add(patch.toString()));
        return lines.toString();
    }
}
