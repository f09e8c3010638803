package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.apiserver.PodSecurity;
import com.cocalc.storage.kubernetes.apiserver.PodSecurityViolation;
import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a posted object as the API server does, or fills in namespace, name and uid. It returns the cluster's own
 * copy.
 */
final class Admission {

    static final String DEFAULT_NAMESPACE = "default";

    private static final int NOT_DECODED = 400;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ClusterState state;

    Admission(ClusterState state) {
        this.state = state;
    }

    Pod pod(Pod posted) {
        requireAccepted("pod", ApiServer.answer(posted));
        return complete(Copy.of(posted));
    }

    Pod pod(String json) {
        return complete(read("pod", json, Pod.class, "claims go to createClaim"));
    }

    PersistentVolumeClaim claim(PersistentVolumeClaim posted) {
        requireAccepted("claim", ApiServer.answer(posted));
        return complete(Copy.of(posted));
    }

    PersistentVolumeClaim claim(String json) {
        return complete(read("claim", json, PersistentVolumeClaim.class, "pods go to submit"));
    }

    StorageClass storageClass(StorageClass posted) {
        requireAccepted("storage class", ApiServer.answer(posted));
        return Copy.of(posted);
    }

    /** Decodes an object; a text that cannot be decoded is refused before it is judged. */
    private static <T extends HasMetadata> T read(String what, String json, Class<T> kind, String others) {
        ServerAnswer answer = ApiServer.answer(json);
        if (answer.code() == NOT_DECODED) {
            throw new RefusedException(what, Refusal.of(answer));
        }
        HasMetadata object;
        try {
            object = MAPPER.readValue(json, HasMetadata.class);
        } catch (JsonProcessingException e) {
            throw refused(what, NOT_DECODED, MessageText.plain(e.getOriginalMessage()));
        }
        requireAccepted(what, answer);
        if (!kind.isInstance(object)) {
            throw InvalidValueException.of("json", "be a " + kind.getSimpleName(), "a " + object.getKind(), others);
        }
        return kind.cast(object);
    }

    private static void requireAccepted(String what, ServerAnswer answer) {
        if (!answer.isAccepted()) {
            throw new RefusedException(what, Refusal.of(answer));
        }
    }

    private Pod complete(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        fillIn(metadata);
        PodSecurity enforced = state.namespaces().get(metadata.getNamespace());
        if (enforced == null) {
            throw refused("pod", 404, "namespaces \"" + metadata.getNamespace() + "\" not found");
        }
        List<PodSecurityViolation> violations = enforced.violations(pod);
        if (!violations.isEmpty()) {
            throw refused(
                    "pod",
                    403,
                    "pods \"" + metadata.getName() + "\" is forbidden: violates PodSecurity \"" + enforced + "\": "
                            + violations.stream()
                                    .map(PodSecurityViolation::toString)
                                    .collect(Collectors.joining(", ")));
        }
        if (state.pods().containsKey(metadata.getNamespace() + "/" + metadata.getName())) {
            throw refused("pod", 409, "pods \"" + metadata.getName() + "\" already exists");
        }
        return pod;
    }

    private PersistentVolumeClaim complete(PersistentVolumeClaim claim) {
        ObjectMeta metadata = claim.getMetadata();
        fillIn(metadata);
        String what = "claim " + metadata.getName();
        if (!state.namespaces().containsKey(metadata.getNamespace())) {
            throw refused(what, 404, "namespaces \"" + metadata.getNamespace() + "\" not found");
        }
        if (state.claims().find(metadata.getNamespace(), metadata.getName()) != null) {
            throw refused(what, 409, "persistentvolumeclaims \"" + metadata.getName() + "\" already exists");
        }
        return claim;
    }

    private void fillIn(ObjectMeta metadata) {
        metadata.setNamespace(namespaceOf(metadata));
        metadata.setUid(state.nextUid());
        if (isAbsent(metadata.getName())) {
            String uid = metadata.getUid();
            metadata.setName(metadata.getGenerateName() + uid.substring(uid.length() - 5));
        }
    }

    static String namespaceOf(ObjectMeta metadata) {
        return isAbsent(metadata.getNamespace()) ? DEFAULT_NAMESPACE : metadata.getNamespace();
    }

    private static boolean isAbsent(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static RefusedException refused(String what, int code, String reason) {
        return new RefusedException(what, new Refusal(code, reason, List.of()));
    }
}
