package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object with a pod template: its name, the place of the template, and the way to create a changed copy.
 *
 * @param kind the name of the kind in messages
 * @param place the template's field path with a dot at the end
 * @param get the template, absent if a part of the path to it is
 * @param with returns a copy of the object with another template
 * @param made the claims that Kubernetes creates for its pods
 */
record PodHolder<T extends HasMetadata>(
        String kind,
        String place,
        Function<T, @Nullable PodTemplateSpec> get,
        BiFunction<T, PodTemplateSpec, T> with,
        Function<T, MadeClaims> made) {

    static final PodHolder<Deployment> DEPLOYMENT = new PodHolder<>(
            "deployment",
            "spec.template.",
            object -> object.getSpec() == null ? null : object.getSpec().getTemplate(),
            (object, template) -> {
                DeploymentSpec spec = ShallowCopy.of(object.getSpec());
                spec.setTemplate(template);
                Deployment copy = ShallowCopy.of(object);
                copy.setSpec(spec);
                return copy;
            },
            none -> MadeClaims.none());

    static final PodHolder<StatefulSet> STATEFUL_SET = new PodHolder<>(
            "stateful set",
            "spec.template.",
            object -> object.getSpec() == null ? null : object.getSpec().getTemplate(),
            (object, template) -> {
                StatefulSetSpec spec = ShallowCopy.of(object.getSpec());
                spec.setTemplate(template);
                StatefulSet copy = ShallowCopy.of(object);
                copy.setSpec(spec);
                return copy;
            },
            MadeClaims::of);

    static final PodHolder<Job> JOB = new PodHolder<>(
            "job",
            "spec.template.",
            object -> object.getSpec() == null ? null : object.getSpec().getTemplate(),
            (object, template) -> {
                Job copy = ShallowCopy.of(object);
                copy.setSpec(jobSpec(object.getSpec(), template));
                return copy;
            },
            none -> MadeClaims.none());

    static final PodHolder<CronJob> CRON_JOB = new PodHolder<>(
            "cron job",
            "spec.jobTemplate.spec.template.",
            PodHolder::templateOf,
            (object, template) -> {
                JobTemplateSpec jobTemplate = ShallowCopy.of(object.getSpec().getJobTemplate());
                jobTemplate.setSpec(jobSpec(jobTemplate.getSpec(), template));
                CronJobSpec spec = ShallowCopy.of(object.getSpec());
                spec.setJobTemplate(jobTemplate);
                CronJob copy = ShallowCopy.of(object);
                copy.setSpec(spec);
                return copy;
            },
            none -> MadeClaims.none());

    private static @Nullable PodTemplateSpec templateOf(CronJob object) {
        JobTemplateSpec jobTemplate =
                object.getSpec() == null ? null : object.getSpec().getJobTemplate();
        return jobTemplate == null || jobTemplate.getSpec() == null
                ? null
                : jobTemplate.getSpec().getTemplate();
    }

    private static JobSpec jobSpec(JobSpec original, PodTemplateSpec template) {
        JobSpec spec = ShallowCopy.of(original);
        spec.setTemplate(template);
        return spec;
    }

    String nameOf(T object) {
        return name(kind, object.getMetadata());
    }

    static String name(String kind, @Nullable ObjectMeta metadata) {
        return metadata == null || metadata.getName() == null
                ? "the " + kind
                : kind + " " + MessageText.plain(metadata.getName());
    }
}
