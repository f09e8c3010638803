package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.InvalidValueException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.jspecify.annotations.Nullable;

/** The pod that the job controller creates from a job. */
final class JobPod {

    private JobPod() {}

    static Pod of(Job job) {
        ObjectMeta ofJob = require("metadata", job.getMetadata());
        PodTemplateSpec template =
                require("spec.template", require("spec", job.getSpec()).getTemplate());
        ObjectMeta ofTemplate = template.getMetadata();
        ObjectMeta metadata = new ObjectMeta();
        if (ofTemplate != null) {
            metadata.setLabels(ofTemplate.getLabels());
            metadata.setAnnotations(ofTemplate.getAnnotations());
        }
        metadata.setName(require("metadata.name", ofJob.getName()) + "-0");
        metadata.setNamespace(ofJob.getNamespace());
        Pod pod = new Pod();
        pod.setMetadata(metadata);
        pod.setSpec(template.getSpec());
        return pod;
    }

    private static <T> T require(String field, @Nullable T value) {
        if (value == null) {
            throw InvalidValueException.of("job", "have " + field, "without it", "write it");
        }
        return value;
    }
}
