package com.cocalc.storage.testkit.cluster;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.rwx.RwxVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The claims of a cluster and the classes that make their volumes. */
abstract sealed class ClusterClaims permits FakeCluster {

    static final String DEFAULT = Admission.DEFAULT_NAMESPACE;

    final ClusterState state;
    final Admission admission;

    ClusterClaims(ClusterState state) {
        this.state = state;
        this.admission = new Admission(state);
    }

    /**
     * Creates a claim and binds it, if its class is there.
     *
     * @param object the claim; the cluster keeps a copy
     * @return the claim, bound or pending
     * @throws RefusedException if the server refuses it
     */
    public synchronized FakeClaim createClaim(PersistentVolumeClaim object) {
        return state.claims().add(admission.claim(requireNonNull(object, "object")));
    }

    /**
     * Creates a claim from the text that is posted, and binds it, if its class is there.
     *
     * @param json a claim, right or wrong
     * @return the claim, bound or pending
     * @throws RefusedException if the server refuses it
     * @throws IllegalArgumentException if it is an object of another kind
     */
    public synchronized FakeClaim createClaim(String json) {
        return state.claims().add(admission.claim(requireNonNull(json, "json")));
    }

    /**
     * Creates a claim that is bound to a volume of the test's own from the start, as to a volume that an administrator
     * has set up by hand. It outlives the claim.
     *
     * @param object the claim; the cluster keeps a copy
     * @param volume the files, prepared as the test wants them, with a clock of its own
     * @param backEnd how its server takes its clients
     * @return the claim, bound
     * @throws RefusedException if the server refuses it
     */
    public synchronized FakeClaim createClaim(PersistentVolumeClaim object, RwxVolume volume, BackEnd backEnd) {
        requireNonNull(volume, "volume");
        requireNonNull(backEnd, "backEnd");
        return state.claims().add(admission.claim(requireNonNull(object, "object")), volume, backEnd);
    }

    /**
     * Creates a storage class, and binds the claims that wait for it.
     *
     * @param object the class
     * @param provisioner what makes its volumes
     * @throws RefusedException if the server refuses it
     */
    public synchronized void createStorageClass(StorageClass object, Provisioner provisioner) {
        requireNonNull(provisioner, "provisioner");
        state.claims().addClass(admission.storageClass(requireNonNull(object, "object")), provisioner);
    }

    /**
     * Returns a claim of the namespace {@code default}.
     *
     * @param name its name
     * @return the claim
     * @throws IllegalArgumentException if there is none
     */
    public FakeClaim claim(String name) {
        return require(DEFAULT, name);
    }

    private FakeClaim require(String namespace, String name) {
        return findClaim(namespace, name)
                .orElseThrow(() -> InvalidValueException.of(
                        "claim",
                        "exist in the namespace " + namespace,
                        MessageText.quoted(name),
                        "create it with FakeCluster.builder().claim(…)"));
    }

    /**
     * Returns all claims.
     *
     * @return bound or pending, in the order in which they were created
     */
    public synchronized List<FakeClaim> claims() {
        return List.copyOf(state.claims().all());
    }

    /**
     * Looks for a claim.
     *
     * @param namespace its namespace
     * @param name its name
     * @return the claim, if it is there
     */
    public synchronized Optional<FakeClaim> findClaim(String namespace, String name) {
        return Optional.ofNullable(
                state.claims().find(requireNonNull(namespace, "namespace"), requireNonNull(name, "name")));
    }

    /**
     * Deletes a claim of the namespace {@code default}. While a pod uses it, it stays, refuses new pods, and goes with
     * the last one. What becomes of the files is up to the reclaim policy of its class: with {@code Delete} they are
     * gone, with {@code Retain} they are among {@link #releasedVolumes()}.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none
     */
    public void deleteClaim(String name) {
        deleteClaim(DEFAULT, name);
    }

    /**
     * Deletes a claim, as {@link #deleteClaim(String)}.
     *
     * @param namespace its namespace
     * @param name its name
     * @throws IllegalArgumentException if there is none
     */
    public synchronized void deleteClaim(String namespace, String name) {
        state.claims().delete(require(namespace, name));
    }

    /**
     * Returns the volumes that outlived their claims.
     *
     * @return in the order in which they were released
     */
    public synchronized List<RwxVolume> releasedVolumes() {
        return state.claims().released();
    }

    synchronized void putData(String kind, String name, Map<String, String> data) {
        state.configData().put(kind, DEFAULT, name, data);
    }
}
