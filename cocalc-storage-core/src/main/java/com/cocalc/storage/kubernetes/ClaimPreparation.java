package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.WholeClaim;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The job that makes the directories of an installation writable for its user and readable for all: the root of the
 * software claim, the directory of all homes and that of all shares.
 *
 * <p>A new claim is usually owned by root with mode 0755, and so is a directory that the kubelet creates on it for a
 * sub-path. A project whose licence grants write access, or manage-share when it publishes a file, then fails with
 * "Permission denied". The job runs once, as root. It changes only these directories, not their contents.
 *
 * <pre>{@code
 * ClaimPreparation preparation = ClaimPreparation.of(StorageModel.of(StorageConfig.defaults()));
 * String manifest = KubernetesText.yaml(preparation.job("busybox:1.37"));
 * }</pre>
 */
public final class ClaimPreparation {

    /** The name of the job. */
    public static final String JOB_NAME = "cocalc-claim-preparation";

    // Not the configured path, which may lie at, above or below those of projects and shares.
    private static final MountPath SOFTWARE_PATH = MountPath.parse("/ext");

    private final StorageModel model;

    private ClaimPreparation(StorageModel model) {
        this.model = requireNonNull(model, "model");
    }

    /**
     * Returns the preparation of an installation's claims.
     *
     * @param model the installation
     * @return its preparation
     */
    public static ClaimPreparation of(StorageModel model) {
        return new ClaimPreparation(model);
    }

    /**
     * Returns the job, to be created in the namespace of the claims. The kubelet creates missing directories, as they
     * are sub-paths, so the job sees nothing else of a claim.
     *
     * @param image an image with {@code find}, {@code chown} and {@code chmod}, of GNU or of busybox
     * @return the job
     */
    public Job job(String image) {
        List<StorageMount> mounts = mounts();
        Container container = new Container();
        container.setName("chown");
        container.setImage(HomeRepair.requireImage(image));
        container.setCommand(HomeRepair.escaped(OwnerRepair.themselves(
                mounts.stream().map(StorageMount::mountPath).toList(),
                model.config().identity())));
        container.setVolumeMounts(StorageObjects.volumeMounts(mounts));
        container.setSecurityContext(HomeRepair.rootWithoutPowers());
        // chmod of what now belongs to somebody else; nothing is looked up below the directories.
        container.getSecurityContext().getCapabilities().setAdd(new ArrayList<>(List.of("CHOWN", "FOWNER")));
        container.setResources(HomeRepair.littleResources());
        PodSpec pod = new PodSpec();
        pod.setRestartPolicy("Never");
        pod.setAutomountServiceAccountToken(false);
        pod.setContainers(new ArrayList<>(List.of(container)));
        pod.setVolumes(StorageObjects.volumes(mounts));
        PodTemplateSpec template = new PodTemplateSpec();
        template.setSpec(pod);
        JobSpec spec = new JobSpec();
        spec.setBackoffLimit(2);
        spec.setTemplate(template);
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(JOB_NAME);
        Job job = new Job();
        job.setMetadata(metadata);
        job.setSpec(spec);
        return job;
    }

    private List<StorageMount> mounts() {
        StorageConfig config = model.config();
        return List.of(
                StorageMount.of(
                        ProjectVolumes.SOFTWARE_VOLUME,
                        config.softwareClaim(),
                        WholeClaim.WHOLE_CLAIM,
                        SOFTWARE_PATH,
                        Access.READ_WRITE),
                StorageMount.of(
                        ServiceVolumes.DATA_VOLUME,
                        config.dataClaim(),
                        config.projectsSchema().prefix(),
                        ServiceVolumes.PROJECTS_PATH,
                        Access.READ_WRITE),
                StorageMount.of(
                        config.sharesOnDataClaim() ? ServiceVolumes.DATA_VOLUME : ServiceVolumes.SHARES_VOLUME,
                        config.sharesClaim(),
                        config.sharesSchema().prefix(),
                        ServiceVolumes.SHARES_PATH,
                        Access.READ_WRITE));
    }

    /**
     * Returns cautions about storage and namespaces where the job does not work.
     *
     * @param backEnd the storage under the claims
     * @param root whether the namespace of the job admits root
     * @return the cautions, empty if the job works
     */
    public List<Caution> check(BackEnd backEnd, RootContainers root) {
        if (backEnd.strategy() instanceof HomeOwnership.ServerSide) {
            return List.of(new Caution(
                    "job " + JOB_NAME,
                    "on " + backEnd,
                    "the server gives every directory to the project's user, so there is nothing to prepare, and does not"
                            + " take root for root",
                    "do not run it"));
        }
        List<Caution> cautions = new ArrayList<>();
        if (!backEnd.rootMayChown()) {
            cautions.add(new Caution(
                    "job " + JOB_NAME,
                    "on " + backEnd,
                    "the server does not take root for root, and chown fails with \"Operation not permitted\"",
                    "make the directories on the server itself, and change their owner there"));
        }
        if (root == RootContainers.REFUSED) {
            cautions.add(new Caution(
                    "job " + JOB_NAME,
                    "in a restricted namespace",
                    "it runs as root, and its pod is refused with 403",
                    "let the namespace enforce baseline while it runs"));
        }
        return cautions;
    }
}
