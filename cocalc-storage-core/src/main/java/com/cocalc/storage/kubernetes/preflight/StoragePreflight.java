package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import java.util.List;

/**
 * Checks a cluster before the first user does: whether the claims are there, can be used by all pods at once, survive,
 * and let projects write to their homes.
 *
 * <p>Each finding has the name of the object that it is about, and a pointer into that object. An object that is
 * missing is named as well. The cluster itself is not asked: only what the snapshot has is judged.
 *
 * <pre>{@code
 * ClusterSnapshot snapshot = ClusterSnapshot.parse("cocalc", Files.readString(Path.of("cluster.yaml")));
 * StorageModel model = StorageModel.of(HelmValues.read(Path.of("my-values.yaml")).storage());
 * for (PreflightFinding finding : StoragePreflight.check(model, snapshot)) {
 *     System.out.println(finding);
 * }
 * }</pre>
 */
public final class StoragePreflight {

    private StoragePreflight() {}

    /**
     * Checks a cluster.
     *
     * @param model what the installation mounts
     * @param snapshot what the cluster has
     * @return the findings, those about one object together; empty if nothing is wrong
     */
    public static List<PreflightFinding> check(StorageModel model, ClusterSnapshot snapshot) {
        requireNonNull(model, "model");
        requireNonNull(snapshot, "snapshot");
        PreflightFindings findings = new PreflightFindings();
        new ClaimPreflight(model, snapshot, findings).check();
        new QuotaPreflight(model, snapshot, findings).check();
        new VolumePreflight(model, snapshot, findings).check();
        new OwnershipPreflight(model, snapshot, findings).check();
        return findings.list();
    }

    /**
     * Finds the claims in the namespace of the installation that are not its own and lead to its files all the same, so
     * that an audit of pods can be told. What is returned also tells the volumes that do so without a claim: a pod's
     * own {@code nfs} volume, for example, of the server and directory behind a claim.
     *
     * @param model what the installation mounts
     * @param snapshot what the cluster has
     * @return the claims, in the order of the installation's claims and then of the snapshot, and the volumes
     */
    public static SameStorage sameStorage(StorageModel model, ClusterSnapshot snapshot) {
        requireNonNull(model, "model");
        requireNonNull(snapshot, "snapshot");
        return new VolumePreflight(model, snapshot, new PreflightFindings()).sameStorage();
    }
}
