package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.StorageConfig;
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
 * The job that makes the root of the software claim writable for the project's user and readable for all.
 *
 * <p>A fresh claim usually is root's with mode 0755: a project whose licence grants writing then still fails with
 * "Permission denied". The job runs once, as root, and changes that one directory; what lies in it stays as it is.
 */
public final class SoftwareOwnership {

    /** The name of the job. */
    public static final String JOB_NAME = "cocalc-software-ownership";

    private final StorageConfig config;

    private SoftwareOwnership(StorageConfig config) {
        this.config = requireNonNull(config, "config");
    }

    /**
     * Returns the repair for an installation.
     *
     * @param config the installation
     * @return its repair
     */
    public static SoftwareOwnership of(StorageConfig config) {
        return new SoftwareOwnership(config);
    }

    /**
     * Returns the job, to be created in the namespace of the claim.
     *
     * @param image an image with {@code find}, {@code chown} and {@code chmod}, of GNU or of busybox
     * @return the job
     */
    public Job job(String image) {
        StorageMount software = StorageMount.of(
                "ext", config.softwareClaim(), WholeClaim.WHOLE_CLAIM, config.softwarePath(), Access.READ_WRITE);
        Container container = new Container();
        container.setName("chown");
        container.setImage(HomeRepair.requireImage(image));
        container.setCommand(HomeRepair.escaped(OwnerRepair.rootOnly(config.softwarePath(), config.identity())));
        container.setVolumeMounts(StorageObjects.volumeMounts(List.of(software)));
        container.setSecurityContext(HomeRepair.rootWithoutPowers());
        // chmod of what now belongs to somebody else.
        container.getSecurityContext().getCapabilities().getAdd().add("FOWNER");
        container.setResources(HomeRepair.littleResources());
        PodSpec pod = new PodSpec();
        pod.setRestartPolicy("Never");
        pod.setAutomountServiceAccountToken(false);
        pod.setContainers(new ArrayList<>(List.of(container)));
        pod.setVolumes(StorageObjects.volumes(List.of(software)));
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

    /**
     * Reports where the job cannot work.
     *
     * @param backEnd the storage under the software claim
     * @param root whether the namespace of the job admits root
     * @return nothing where it works
     */
    public List<Caution> check(BackEnd backEnd, RootContainers root) {
        List<Caution> cautions = new ArrayList<>();
        if (!backEnd.rootMayChown()) {
            cautions.add(new Caution(
                    "job " + JOB_NAME,
                    "on " + backEnd,
                    "the server does not take root for root, and chown fails with \"Operation not permitted\"",
                    "change the owner of the exported directory on the server itself"));
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
