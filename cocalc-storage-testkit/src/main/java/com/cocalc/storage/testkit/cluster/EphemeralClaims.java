package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;

/**
 * The controller that creates a claim for each generic ephemeral volume of a pod; the claim is deleted with the pod.
 */
final class EphemeralClaims {

    private static final String CONTROLLER = "ephemeral_volume";

    private final ClusterState state;

    EphemeralClaims(ClusterState state) {
        this.state = state;
    }

    /**
     * Creates the claims of a pod. An existing claim of the same name is not changed, and the pod waits for ever, as it
     * is not its owner.
     */
    void create(PodRecord record) {
        for (Volume volume : record.volumes()) {
            PodClaim claim = PodClaim.of(record.pod(), volume).orElse(null);
            if (claim == null || !claim.isOwn() || state.claims().find(record.namespace(), claim.name()) != null) {
                continue;
            }
            PersistentVolumeClaim object =
                    claimOf(record, claim.name(), volume.getEphemeral().getVolumeClaimTemplate());
            ServerAnswer answer = ApiServer.answer(object);
            if (answer.isAccepted()) {
                state.claims().add(object);
            } else {
                state.events()
                        .warning(
                                CONTROLLER,
                                record.pod(),
                                "FailedBinding",
                                "ephemeral volume " + volume.getName() + ": create PVC " + claim.name() + ": "
                                        + answer.reason());
            }
        }
    }

    private PersistentVolumeClaim claimOf(PodRecord record, String name, PersistentVolumeClaimTemplate template) {
        OwnerReference owner = new OwnerReference();
        owner.setApiVersion("v1");
        owner.setKind("Pod");
        owner.setName(record.name());
        owner.setUid(record.uid());
        owner.setController(true);
        owner.setBlockOwnerDeletion(true);
        ObjectMeta metadata = new ObjectMeta();
        if (template.getMetadata() != null) {
            metadata.setLabels(template.getMetadata().getLabels());
            metadata.setAnnotations(template.getMetadata().getAnnotations());
        }
        metadata.setName(name);
        metadata.setNamespace(record.namespace());
        metadata.setUid(state.nextUid());
        metadata.setOwnerReferences(new ArrayList<>(List.of(owner)));
        PersistentVolumeClaim claim = new PersistentVolumeClaim();
        claim.setMetadata(metadata);
        claim.setSpec(Copy.of(template.getSpec()));
        return claim;
    }
}
