package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mount options of a volume, in the order in which a node passes them on.
 *
 * @param pointer where they stand
 * @param options the options, one in each text
 */
record VolumeMountOptions(String pointer, List<String> options) {

    private static final String SPEC = "/spec/mountOptions";

    /** The field of today was an annotation, which the kubelet still reads first, for all but CSI. */
    private static final String ANNOTATION = "volume.beta.kubernetes.io/mount-options";

    static VolumeMountOptions of(PersistentVolume volume) {
        PersistentVolumeSpec spec = Absent.asEmpty(volume.getSpec(), PersistentVolumeSpec::new);
        if (spec.getCsi() != null) {
            return new VolumeMountOptions(SPEC, each(spec.getMountOptions()));
        }
        ObjectMeta metadata = Absent.asEmpty(volume.getMetadata(), ObjectMeta::new);
        String annotation = Absent.asEmpty(metadata.getAnnotations()).get(ANNOTATION);
        return annotation == null
                ? new VolumeMountOptions(SPEC, sorted(spec.getMountOptions()))
                : new VolumeMountOptions(
                        "/metadata/annotations/" + ANNOTATION.replace("/", "~1"),
                        sorted(Arrays.asList(annotation.split(","))));
    }

    /** What volumes of a class get. */
    static VolumeMountOptions ofClass(@Nullable String provisioner, @Nullable List<String> options) {
        return new VolumeMountOptions(
                "/mountOptions", Absent.asEmpty(provisioner).contains("csi") ? each(options) : sorted(options));
    }

    /** The kubelet sorts the entries, and gives a driver of CSI what is written. */
    private static List<String> sorted(@Nullable List<String> entries) {
        return each(Absent.asEmpty(entries).stream()
                .filter(Objects::nonNull)
                .sorted()
                .distinct()
                .toList());
    }

    /** The entries are joined with commas, so one may hold several options. */
    static List<String> each(@Nullable List<String> entries) {
        return Absent.asEmpty(entries).stream()
                .filter(Objects::nonNull)
                .flatMap(entry -> Arrays.stream(entry.split(",")))
                .filter(option -> !option.isEmpty())
                .toList();
    }
}
