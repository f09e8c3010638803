package com.cocalc.storage.kubernetes.audit;

import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.EphemeralRules;
import com.cocalc.storage.kubernetes.apiserver.FieldPath;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that the models kept aside because they do not know them, in the parts of a pod that storage is made of. An
 * audit of the text finds them everywhere.
 */
final class UnknownFields {

    private final Findings findings;

    private UnknownFields(Findings findings) {
        this.findings = findings;
    }

    static void check(Pod pod, Findings findings) {
        UnknownFields unknown = new UnknownFields(findings);
        unknown.report(pod.getAdditionalProperties(), null);
        unknown.checkSpec(pod.getSpec());
    }

    static void check(PodTemplateSpec template, Findings findings) {
        UnknownFields unknown = new UnknownFields(findings);
        unknown.report(template.getAdditionalProperties(), null);
        unknown.checkSpec(template.getSpec());
    }

    private void checkSpec(@Nullable PodSpec spec) {
        if (spec == null) {
            return;
        }
        FieldPath at = PodView.SPEC;
        report(spec.getAdditionalProperties(), at);
        if (spec.getSecurityContext() != null) {
            report(spec.getSecurityContext().getAdditionalProperties(), at.child("securityContext"));
        }
        List<Volume> volumes = Absent.asEmpty(spec.getVolumes());
        for (int i = 0; i < volumes.size(); i++) {
            checkVolume(volumes.get(i), at.child("volumes"), i);
        }
        checkContainers(spec.getInitContainers(), at.child("initContainers"));
        checkContainers(spec.getContainers(), at.child("containers"));
        List<EphemeralContainer> ephemeral = Absent.asEmpty(spec.getEphemeralContainers());
        for (int i = 0; i < ephemeral.size(); i++) {
            EphemeralContainer container = ephemeral.get(i);
            if (container != null) {
                FieldPath path = at.child("ephemeralContainers").index(i);
                report(container.getAdditionalProperties(), path);
                checkContainer(EphemeralRules.asContainer(container), path);
            }
        }
    }

    private void checkVolume(@Nullable Volume volume, FieldPath volumes, int index) {
        if (volume == null) {
            return;
        }
        report(volume.getAdditionalProperties(), volumes, index);
        if (volume.getPersistentVolumeClaim() != null
                && isAny(volume.getPersistentVolumeClaim().getAdditionalProperties())) {
            report(
                    volume.getPersistentVolumeClaim().getAdditionalProperties(),
                    volumes.index(index).child("persistentVolumeClaim"));
        }
    }

    private void checkContainers(@Nullable List<Container> containers, FieldPath at) {
        List<Container> list = Absent.asEmpty(containers);
        for (int i = 0; i < list.size(); i++) {
            Container container = list.get(i);
            if (container != null) {
                report(container.getAdditionalProperties(), at, i);
                checkContainer(container, at.index(i));
            }
        }
    }

    private void checkContainer(Container container, FieldPath at) {
        if (container.getSecurityContext() != null) {
            report(container.getSecurityContext().getAdditionalProperties(), at.child("securityContext"));
        }
        FieldPath mountsAt = at.child("volumeMounts");
        List<VolumeMount> mounts = Absent.asEmpty(container.getVolumeMounts());
        for (int i = 0; i < mounts.size(); i++) {
            VolumeMount mount = mounts.get(i);
            if (mount != null) {
                report(mount.getAdditionalProperties(), mountsAt, i);
            }
        }
        List<VolumeDevice> devices = Absent.asEmpty(container.getVolumeDevices());
        for (int i = 0; i < devices.size(); i++) {
            VolumeDevice device = devices.get(i);
            if (device != null) {
                report(device.getAdditionalProperties(), at.child("volumeDevices"), i);
            }
        }
        List<EnvVar> env = Absent.asEmpty(container.getEnv());
        for (int i = 0; i < env.size(); i++) {
            EnvVar variable = env.get(i);
            if (variable != null) {
                report(variable.getAdditionalProperties(), at.child("env"), i);
            }
        }
    }

    private static boolean isAny(@Nullable Map<String, Object> unknown) {
        return unknown != null && !unknown.isEmpty();
    }

    private void report(@Nullable Map<String, Object> unknown, FieldPath list, int index) {
        if (isAny(unknown)) {
            report(unknown, list.index(index));
        }
    }

    private void report(@Nullable Map<String, Object> unknown, @Nullable FieldPath at) {
        for (String name : Absent.asEmpty(unknown).keySet()) {
            FieldPath field = at == null ? FieldPath.of(name) : at.child(name);
            findings.addDecoding(AuditRule.UNKNOWN_FIELD, field.pointer(), "there is no field \"" + field + "\"");
        }
    }
}
