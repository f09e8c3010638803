package com.cocalc.storage.cli.input;

import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.kubernetes.preflight.ClusterSnapshot;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the objects of a cluster. */
public final class ClusterReader {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "PersistentVolume", PersistentVolume.class,
            "Namespace", Namespace.class,
            "Pod", Pod.class,
            "Service", Service.class,
            "Event", Event.class,
            "StorageClass", StorageClass.class,
            "CSIDriver", CSIDriver.class);

    private ClusterReader() {}

    /** The objects of the kinds that a snapshot has, in the order of the files. */
    public static List<HasMetadata> objects(List<String> files) {
        List<HasMetadata> objects = new ArrayList<>();
        Set<String> passedOver = new TreeSet<>();
        for (String file : files) {
            KubernetesReader.readWhole(file, object -> {
                Class<? extends HasMetadata> kind = KINDS.get(object.kind());
                if (kind != null) {
                    objects.add(Inputs.as(object, kind));
                } else {
                    passedOver.add(Table.onTerminal(object.kind()));
                }
            });
        }
        if (objects.isEmpty() && !passedOver.isEmpty()) {
            throw new BadInputException("the input must hold what preflight --help names, but holds only "
                    + String.join(", ", passedOver) + "; give what the command there prints");
        }
        return objects;
    }

    /** The objects as a snapshot around the namespace that {@code --namespace} gives. */
    public static ClusterSnapshot snapshot(String namespace, List<HasMetadata> objects) {
        try {
            return ClusterSnapshot.of(namespace, objects);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--namespace: " + e.getMessage(), e);
        }
    }
}
