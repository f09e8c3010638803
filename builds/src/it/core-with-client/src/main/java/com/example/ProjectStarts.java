package com.example;

import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.change.Difference;
import com.cocalc.storage.kubernetes.change.StorageDiff;
import com.cocalc.storage.kubernetes.preflight.ClusterSnapshot;
import com.cocalc.storage.kubernetes.preflight.PreflightFinding;
import com.cocalc.storage.kubernetes.preflight.StoragePreflight;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The code of docs/hub.md that talks to a cluster. */
public final class ProjectStarts {

    private final KubernetesClient client;
    private final String namespace;
    private final Consumer<String> log;

    public ProjectStarts(KubernetesClient client, String namespace, Consumer<String> log) {
        this.client = client;
        this.namespace = namespace;
        this.log = log;
    }

    // guide
    /** Creates a finished pod, and returns whether the project runs; the log says why where it does not. */
    public boolean start(Pod finished) {
        try {
            client.pods().inNamespace(namespace).resource(finished).create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return true; // another start was first
            }
            log.accept(finished.getMetadata().getName() + ": not started: " + e.getMessage());
            return false;
        }
    }
    // end

    // guide
    /** Returns what the next start of a running project would change, for its page of settings. */
    public List<Difference> pending(String podName, ProjectVolumes volumes) {
        Pod running = client.pods().inNamespace(namespace).withName(podName).get();
        return running == null
                ? List.of()
                : StorageDiff.between(running, PodStorage.of(volumes)).differences();
    }
    // end

    // guide
    /** Returns what stands in the way of the first project: once, when the hub starts. */
    public List<PreflightFinding> preflight(StorageConfig config) {
        List<HasMetadata> objects = new ArrayList<>();
        objects.addAll(
                client.persistentVolumeClaims().inNamespace(namespace).list().getItems());
        objects.addAll(client.persistentVolumes().list().getItems());
        objects.addAll(client.storage().v1().storageClasses().list().getItems());
        return StoragePreflight.check(StorageModel.of(config), ClusterSnapshot.of(namespace, objects));
    }
    // end
}
