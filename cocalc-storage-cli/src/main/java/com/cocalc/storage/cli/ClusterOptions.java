package com.cocalc.storage.cli;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.ClusterReader;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import com.cocalc.storage.kubernetes.preflight.ClusterSnapshot;
import com.cocalc.storage.kubernetes.preflight.StoragePreflight;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for the objects of the cluster in which the pods run. */
final class ClusterOptions {

    @ArgGroup(exclusive = false)
    private @Nullable Cluster cluster;

    private @Nullable SameStorage read;
    private boolean comparable;
    private int elsewhere;

    ClusterOptions() {}

    /** What the cluster has, and where CoCalc is in it. */
    static final class Cluster {

        @Option(
                names = "--cluster",
                paramLabel = "FILE",
                required = true,
                description = "What the cluster has, as preflight reads it; repeat for several files. With it also "
                        + "volumes are found that lead to the installation's files past its claims.")
        private List<String> files = List.of();

        @Option(
                names = {"-n", "--namespace"},
                paramLabel = "NAME",
                required = true,
                description = "With --cluster: where CoCalc is installed. Pods of other namespaces are judged without "
                        + "the cluster.")
        private String namespace = "";

        Cluster() {}
    }

    /** Refuses a cluster on the standard input where that has the pods. */
    void check(List<String> pods) {
        if (cluster != null
                && cluster.files.contains(Inputs.STANDARD_INPUT)
                && (pods.isEmpty() || pods.contains(Inputs.STANDARD_INPUT))) {
            throw new BadInputException(
                    "--cluster must be a file, but is standard input, where the pods are; write it to a file first");
        }
    }

    /**
     * The ways to the installation's files that a pod of a namespace can take past its claims; one without is in it.
     */
    SameStorage known(StorageConfig config, String namespace) {
        if (cluster == null) {
            return SameStorage.none();
        }
        SameStorage known = read;
        if (known == null) {
            ClusterSnapshot snapshot = ClusterReader.snapshot(cluster.namespace, ClusterReader.objects(cluster.files));
            known = StoragePreflight.sameStorage(StorageModel.of(config), snapshot);
            read = known;
            comparable = config.claims().stream().map(snapshot::volumeOf).anyMatch(Optional::isPresent);
        }
        if (namespace.isEmpty() || namespace.equals(cluster.namespace)) {
            return known;
        }
        elsewhere++;
        return SameStorage.none();
    }

    /** Tells how far the cluster was of no use. */
    void end(Screen screen) {
        if (read != null && !comparable) {
            screen.note("--cluster has no volume behind a claim of the installation in the namespace, so that no other"
                    + " volume was compared with one");
        }
        if (elsewhere > 0) {
            screen.note(FindingsReport.counted(elsewhere, "object") + " of other namespaces "
                    + (elsewhere == 1 ? "was" : "were") + " judged without the cluster");
        }
    }
}
