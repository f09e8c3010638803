package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The claims of CoCalc as Kubernetes objects: {@code ReadWriteMany}, {@code Filesystem}, with class and size.
 *
 * <p>Every call returns new objects, equal and in the same order each time.
 *
 * <pre>{@code
 * StorageClaims claims = StorageClaims.bringYourOwn(
 *         StorageConfig.defaults(), StorageClassName.parse("filestore"), ClaimSizes.parse("1Ti", "100Gi"));
 * for (PersistentVolumeClaim claim : claims.persistentVolumeClaims()) {
 *     System.out.println(KubernetesText.yaml(claim));
 * }
 * }</pre>
 */
public final class StorageClaims {

    static final String MODE = "ReadWriteMany";
    static final String VOLUME_MODE = "Filesystem";

    private final List<Claim> claims;

    private StorageClaims(List<Claim> claims) {
        this.claims = List.copyOf(claims);
    }

    /**
     * Returns the claims that CoCalc's chart creates by itself.
     *
     * @param config the installation
     * @return the data and the software claim; empty if the operator brings them ({@code storage.create: false})
     */
    public static StorageClaims of(StorageConfig config) {
        return new StorageClaims(config.created()
                .map(created -> List.of(
                        new Claim(config.dataClaim(), "projects", created.storageClass(), created.dataSize()),
                        new Claim(config.softwareClaim(), "software", created.storageClass(), created.softwareSize())))
                .orElse(List.of()));
    }

    /**
     * Returns the claims of an operator who creates them, which is recommended: removing CoCalc's chart then removes no
     * files.
     *
     * @param config the installation; whether its chart creates claims does not matter
     * @param storageClass the class of all claims
     * @param sizes the sizes of the claims
     * @return the data claim, the software claim and, if it is a separate claim, the shares claim
     */
    public static StorageClaims bringYourOwn(StorageConfig config, StorageClassName storageClass, ClaimSizes sizes) {
        requireNonNull(storageClass, "storageClass");
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim(config.dataClaim(), "projects", storageClass, sizes.data()));
        claims.add(new Claim(config.softwareClaim(), "software", storageClass, sizes.software()));
        if (!config.sharesOnDataClaim()) {
            claims.add(new Claim(config.sharesClaim(), "shares", storageClass, sizes.shares()));
        }
        return new StorageClaims(claims);
    }

    /** {@return the claims, in the order data, software, shares} */
    public List<PersistentVolumeClaim> persistentVolumeClaims() {
        List<PersistentVolumeClaim> objects = new ArrayList<>(claims.size());
        claims.forEach(claim -> objects.add(claim.object()));
        return objects;
    }

    /**
     * Compares a claim in the cluster with the claim that is wanted, and returns the changes that are possible without
     * losing files.
     *
     * @param live the claim as the cluster has it
     * @param classes the cluster's storage classes
     * @return a plan with one step for each property that differs
     * @throws IllegalArgumentException if the claim is not one of these
     */
    public ResizePlan resize(PersistentVolumeClaim live, List<StorageClass> classes) {
        String name = live.getMetadata() == null ? null : live.getMetadata().getName();
        Claim wanted = claims.stream()
                .filter(claim -> claim.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> InvalidValueException.of(
                        "live",
                        "be one of the claims "
                                + claims.stream().map(Claim::name).toList(),
                        MessageText.quoted(name),
                        "pass the claim of that name"));
        return new LiveClaim(live, classes).planTo(wanted);
    }

    /** The wanted properties of a claim. */
    record Claim(ClaimName name, String holds, StorageClassName storageClass, StorageSize size) {

        PersistentVolumeClaim object() {
            ObjectMeta metadata = new ObjectMeta();
            metadata.setName(name.value());
            metadata.setLabels(labels());
            VolumeResourceRequirements resources = new VolumeResourceRequirements();
            Map<String, Quantity> requests = new LinkedHashMap<>();
            requests.put("storage", Quantity.parse(size.toString()));
            resources.setRequests(requests);
            PersistentVolumeClaimSpec spec = new PersistentVolumeClaimSpec();
            spec.setAccessModes(new ArrayList<>(List.of(MODE)));
            spec.setVolumeMode(VOLUME_MODE);
            spec.setStorageClassName(storageClass.value());
            spec.setResources(resources);
            PersistentVolumeClaim claim = new PersistentVolumeClaim();
            claim.setMetadata(metadata);
            claim.setSpec(spec);
            return claim;
        }

        Map<String, String> labels() {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("app.kubernetes.io/part-of", "cocalc");
            labels.put("app.kubernetes.io/component", "storage-" + holds);
            return labels;
        }
    }
}
