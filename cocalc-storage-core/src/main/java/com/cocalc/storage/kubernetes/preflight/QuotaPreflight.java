package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaSpec;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the claims that are still to be created fit into the quotas of the namespace. */
final class QuotaPreflight {

    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";

    private final StorageModel model;
    private final ClusterSnapshot snapshot;
    private final PreflightFindings findings;

    QuotaPreflight(StorageModel model, ClusterSnapshot snapshot, PreflightFindings findings) {
        this.model = model;
        this.snapshot = snapshot;
        this.findings = findings;
    }

    void check() {
        CreatedClaims created = model.config().created().orElse(null);
        if (created == null) {
            return;
        }
        Map<ClaimName, StorageSize> missing = new LinkedHashMap<>();
        missing.put(model.config().dataClaim(), created.dataSize());
        missing.put(model.config().softwareClaim(), created.softwareSize());
        missing.keySet()
                .removeIf(name -> ClaimPreflight.findClaim(snapshot, name).isPresent());
        if (missing.isEmpty()) {
            return;
        }
        for (ResourceQuota quota : snapshot.all(ResourceQuota.class)) {
            ResourceQuotaSpec spec = Absent.asEmpty(quota.getSpec(), ResourceQuotaSpec::new);
            boolean forAll = Absent.asEmpty(spec.getScopes()).isEmpty() && spec.getScopeSelector() == null;
            if (snapshot.isHere(quota) && forAll) {
                check(quota, missing, created.storageClass().value());
            }
        }
    }

    private void check(ResourceQuota quota, Map<ClaimName, StorageSize> missing, String storageClass) {
        BigInteger bytes = missing.values().stream().map(StorageSize::bytes).reduce(BigInteger.ZERO, BigInteger::add);
        String sizes = missing.values().stream().map(StorageSize::toString).collect(Collectors.joining(" and "));
        BigInteger count = BigInteger.valueOf(missing.size());
        String claims = missing.keySet().stream().map(ClaimPreflight::named).collect(Collectors.joining(" and "));
        for (String prefix : List.of("", storageClass + OF_CLASS)) {
            check(quota, prefix + "requests.storage", bytes, claims + " will ask for " + sizes);
            check(quota, prefix + "persistentvolumeclaims", count, claims + " will be created");
        }
        check(quota, "count/persistentvolumeclaims", count, claims + " will be created");
    }

    private void check(ResourceQuota quota, String resource, BigInteger wanted, String what) {
        ResourceQuotaSpec spec = Absent.asEmpty(quota.getSpec(), ResourceQuotaSpec::new);
        ResourceQuotaStatus status = Absent.asEmpty(quota.getStatus(), ResourceQuotaStatus::new);
        String hard = textOf(spec.getHard(), resource, "");
        String used = textOf(status.getUsed(), resource, "0");
        BigInteger limit = valueOf(hard);
        BigInteger there = valueOf(used);
        if (limit != null && there != null && there.add(wanted).compareTo(limit) > 0) {
            findings.add(
                    snapshot.objectName(quota),
                    PreflightRule.QUOTA_EXCEEDED,
                    "/spec/hard/" + resource.replace("/", "~1"),
                    "quota " + MessageText.quoted(ClusterSnapshot.nameOf(quota)) + " allows "
                            + MessageText.plain(hard) + " of " + resource + ", of which " + MessageText.plain(used)
                            + " are used, and " + what);
        }
    }

    private static String textOf(@Nullable Map<String, Quantity> amounts, String resource, String absent) {
        Quantity quantity = Absent.asEmpty(amounts).get(resource);
        return quantity == null ? absent : ClaimPreflight.textOf(quantity);
    }

    /** Null for an amount that no size has, which a cluster may write all the same. */
    private static @Nullable BigInteger valueOf(String quantity) {
        if (quantity.matches("0[a-zA-Z]{0,2}")) {
            return BigInteger.ZERO;
        }
        StorageSize size = ClaimPreflight.sizeOf(quantity);
        return size == null ? null : size.bytes();
    }
}
