package com.cocalc.storage.cli;

import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.input.Inputs;
import com.cocalc.storage.cli.input.InstallationOptions;
import com.cocalc.storage.kubernetes.Caution;
import com.cocalc.storage.kubernetes.ClaimPreparation;
import com.cocalc.storage.kubernetes.ClaimSizes;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.NfsIsolation;
import com.cocalc.storage.kubernetes.NfsServer;
import com.cocalc.storage.kubernetes.StorageClaims;
import com.cocalc.storage.kubernetes.preflight.ClusterSnapshot;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code objects}: prints the objects that nobody else creates, for {@code kubectl apply -f -}. */
@Command(
        name = "objects",
        description =
                "Print the objects of the storage that nobody else creates, as one YAML stream for kubectl apply -f -.",
        footer = {
            "",
            "Claims are printed where the values say storage.create: false; else the chart",
            "makes them. The NFS server's StorageClass comes from its chart: --chart-values",
            "writes the chart's values. Notes go to standard error.",
            "Input: Helm values with --values.",
            "Example:",
            "  cocalc-storage objects -n cocalc --values my-values.yaml | kubectl apply -f -"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:printed", "2:bad input", "3:cannot run"})
final class ObjectsCommand implements Runnable {

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description =
                    "Where CoCalc is installed: written into the claims and the Job, but not into the policy, which "
                            + "is for the NFS server's namespace. Without it they are made where kubectl is.")
    private @Nullable String namespace;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "StorageClass of the claims (default: ${DEFAULT-VALUE}).")
    private String storageClass = "nfs";

    @Option(
            names = "--data-size",
            paramLabel = "SIZE",
            description = "Size of the data claim (default: ${DEFAULT-VALUE}).")
    private String dataSize = "100Gi";

    @Option(
            names = "--software-size",
            paramLabel = "SIZE",
            description = "Size of the software claim (default: ${DEFAULT-VALUE}).")
    private String softwareSize = "10Gi";

    @Option(
            names = "--nfs-namespace",
            paramLabel = "NAME",
            description = "Namespace of the NFS server (default: ${DEFAULT-VALUE}).")
    private String nfsNamespace = "nfs";

    @Option(
            names = "--nfs-release",
            paramLabel = "NAME",
            description = "Helm release of the NFS server (default: ${DEFAULT-VALUE}).")
    private String nfsRelease = "nfs";

    @Option(
            names = "--node-range",
            paramLabel = "CIDR",
            description = "Addresses of the cluster's nodes: adds the policy that lets only them reach the NFS "
                    + "server. Repeatable.")
    private List<String> nodeRanges = List.of();

    @Option(
            names = "--software-owner-image",
            paramLabel = "IMAGE",
            description =
                    "Adds the one-off Job that makes the root of the software claim and the directories of projects "
                            + "and shares writable; the image needs find, chown and chmod.")
    private @Nullable String ownerImage;

    @Option(
            names = "--chart-values",
            paramLabel = "FILE",
            description =
                    "Write the values of the NFS server's chart there: the class of the claims, and a disk that has "
                            + "room for them.")
    private @Nullable Path chartValues;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ObjectFormat format = ObjectFormat.yaml;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ObjectsCommand() {}

    /** How objects are printed; the names are what the user writes. */
    private enum ObjectFormat {
        /** A document for each object. */
        yaml,
        /** One list. */
        json
    }

    @Override
    public void run() {
        try {
            String asked = namespace;
            if (asked != null) {
                valueOf("--namespace", () -> ClusterSnapshot.of(asked, List.of()));
            }
            print(installation.configOrDefaults());
        } catch (IllegalArgumentException e) {
            throw new BadInputException(e);
        }
    }

    private void print(StorageConfig config) {
        CreatedClaims asked = CreatedClaims.of(
                valueOf("--class", () -> StorageClassName.parse(storageClass)),
                valueOf("--data-size", () -> StorageSize.parse(dataSize)),
                valueOf("--software-size", () -> StorageSize.parse(softwareSize)));
        CreatedClaims claims = config.created().orElse(asked);
        NfsServer server = NfsServer.builder(nfsNamespace, nfsRelease)
                .storageClassName(claims.storageClass())
                .persistenceSize(diskFor(claims))
                .build();
        List<Object> objects = new ArrayList<>();
        List<Caution> cautions = new ArrayList<>(server.cautions());
        if (config.created().isEmpty()) {
            StorageClaims.bringYourOwn(
                            config, claims.storageClass(), ClaimSizes.of(claims.dataSize(), claims.softwareSize()))
                    .persistentVolumeClaims()
                    .forEach(claim -> objects.add(new PersistentVolumeClaimBuilder(claim)
                            .editMetadata()
                            .withNamespace(namespace)
                            .endMetadata()
                            .build()));
        } else {
            Stream.of("--class", "--data-size", "--software-size")
                    .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
                    .forEach(option -> spec.commandLine()
                            .getErr()
                            .println("note: " + option + " is not used: the chart makes the claims"
                                    + " (storage.create is true); set storage.class and storage.size in the values"));
        }
        if (!nodeRanges.isEmpty()) {
            NfsIsolation.Builder isolation = NfsIsolation.builder(server);
            nodeRanges.forEach(range -> valueOf("--node-range", () -> isolation.nodes(range)));
            NfsIsolation policy = isolation.build();
            objects.add(policy.networkPolicy());
            cautions.addAll(policy.cautions());
        }
        String image = ownerImage;
        if (image != null) {
            ClaimPreparation preparation = ClaimPreparation.of(StorageModel.of(config));
            objects.add(new JobBuilder(valueOf("--software-owner-image", () -> preparation.job(image)))
                    .editMetadata()
                    .withNamespace(namespace)
                    .endMetadata()
                    .build());
        }
        if (chartValues != null) {
            write(chartValues, server.chartValues());
        }
        if (objects.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("note: nothing is left to create: the chart makes the claims (storage.create is true),"
                            + " and neither --node-range nor --software-owner-image was given");
        }
        spec.commandLine()
                .getOut()
                .print(format == ObjectFormat.json ? json(objects) : KubernetesText.yamlStream(objects));
        cautions.forEach(caution -> spec.commandLine().getErr().println("note: " + caution));
    }

    /** What is refused names its option. */
    private static <T> T valueOf(String option, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(option + ": " + e.getMessage(), e);
        }
    }

    /**
     * Both claims and a tenth for the file system: the server refuses a claim for which its disk has too little space.
     */
    private static StorageSize diskFor(CreatedClaims claims) {
        BigInteger bytes =
                claims.dataSize().bytes().add(claims.softwareSize().bytes()).multiply(BigInteger.valueOf(11));
        BigInteger tenGib = BigInteger.TEN.shiftLeft(30);
        return StorageSize.parse(bytes.add(tenGib).subtract(BigInteger.ONE).divide(tenGib) + "Gi");
    }

    /** One list, which kubectl takes as it takes a stream of YAML. */
    private static String json(List<Object> objects) {
        return KubernetesText.json(Map.of("apiVersion", "v1", "kind", "List", "items", objects));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new BadInputException(
                    "--chart-values: " + Inputs.nameOf(file.toString()) + " must be writable, but writing failed: "
                            + Inputs.reason(e) + "; name another file",
                    e);
        }
    }
}
