package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.kubernetes.pod.Expansion;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a pod as Kubernetes objects.
 *
 * <p>Every call returns new objects, equal and in the same order each time, so changing one does not change this
 * storage. The factories are named {@code of}, and not {@code forProject}, because the given view is all that a storage
 * consists of.
 *
 * <pre>{@code
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), ProjectLicenses.none());
 * Pod pod = new PodBuilder()
 *         .withNewSpec().addNewContainer().withName("project").endContainer().endSpec()
 *         .build();
 * Pod withStorage = PodStorage.of(volumes).applyTo(pod, "project");
 * }</pre>
 */
public final class PodStorage {

    /** The name of the init container that repairs the owner of a home. */
    public static final String HOME_REPAIR = "fix-permissions";

    private final List<StorageMount> mounts;
    private final Map<String, String> environment;
    private final PosixIdentity identity;
    private final SecurityScope security;
    private final @Nullable HomeRepair repair;
    private final @Nullable ProjectVolumes project;
    private final StorageConfig config;

    private PodStorage(
            List<StorageMount> mounts,
            Map<String, String> environment,
            PosixIdentity identity,
            SecurityScope security,
            @Nullable HomeRepair repair,
            @Nullable ProjectVolumes project,
            StorageConfig config) {
        this.mounts = mounts;
        this.environment = environment;
        this.identity = identity;
        this.security = security;
        this.repair = repair;
        this.project = project;
        this.config = config;
    }

    /**
     * Returns the storage of a project's pod.
     *
     * @param project the view of the project
     * @return its objects
     */
    public static PodStorage of(ProjectVolumes project) {
        HomeRepair repair = project.config().homeOwnership() instanceof HomeOwnership.FixPermissionsInit init
                ? new HomeRepair(project.home(), project.identity(), init.walk(), null, null)
                : null;
        return new PodStorage(
                project.mounts(),
                project.environment(),
                project.identity(),
                SecurityScope.IDENTITY,
                repair,
                project,
                project.config());
    }

    /**
     * Returns the storage of a service's pod. {@link #applyTo} does not change its security context, unless
     * {@link #withSecurityContext()} asks for it.
     *
     * @param service the view of the service
     * @return its objects
     */
    public static PodStorage of(ServiceVolumes service) {
        return new PodStorage(
                service.mounts(),
                service.environment(),
                service.identity(),
                SecurityScope.UNTOUCHED,
                null,
                null,
                service.config());
    }

    /** {@return a copy whose {@link #applyTo} writes the pod's security context, as it always does for a project} */
    public PodStorage withSecurityContext() {
        return security == SecurityScope.UNTOUCHED ? with(SecurityScope.IDENTITY, repair) : this;
    }

    /**
     * Returns a copy in the form that a namespace with Pod Security {@code restricted} admits: {@code runAsNonRoot}, no
     * privilege escalation, no capabilities, seccomp {@code RuntimeDefault}. This is not the default because it breaks
     * {@code sudo} and other set-uid programs in users' images. Only the container that gets the storage is changed;
     * the other containers of the pod must comply by themselves.
     *
     * @return a changed copy
     * @throws IllegalStateException if the configuration asks for {@code fixPermissionsInit}, which runs as root
     */
    public PodStorage hardened() {
        if (repair != null) {
            throw new IllegalStateException(
                    "homeOwnership must not be fixPermissionsInit in the hardened form, but was "
                            + repair.walk() + "; its init container runs as root, which a restricted namespace refuses."
                            + " Use HomeOwnership.serverSide() with a storage that maps every client to " + identity
                            + ", or repair homes from another namespace");
        }
        return with(SecurityScope.RESTRICTED, null);
    }

    /**
     * Returns a copy with another image of the init container that repairs the home's owner. The image needs
     * {@code find} and {@code chown}, of GNU or of busybox.
     *
     * @param image the image; by default that of the container given to {@link #applyTo}
     * @return a changed copy, equal to this storage if there is no repair
     */
    public PodStorage withInitImage(String image) {
        HomeRepair.requireImage(image);
        return repair == null ? this : with(security, repair.withImage(image));
    }

    /**
     * Returns a copy with other resources of the init container that repairs the home's owner.
     *
     * @param resources requests and limits, which are copied; by default requests of 10m and 16Mi, and limits of 1 and
     *     128Mi
     * @return a changed copy, equal to this storage if there is no repair
     * @throws IllegalArgumentException if a request is above its limit, or if there are resource claims
     */
    public PodStorage withInitResources(ResourceRequirements resources) {
        HomeRepair.requireResources(resources);
        return repair == null ? this : with(security, repair.withResources(resources));
    }

    private PodStorage with(SecurityScope newSecurity, @Nullable HomeRepair newRepair) {
        return new PodStorage(mounts, environment, identity, newSecurity, newRepair, project, config);
    }

    /** {@return the pod's {@code volumes}: one for each claim, in the order of the mounts} */
    public List<Volume> volumes() {
        return StorageObjects.volumes(mounts);
    }

    /** {@return the container's {@code volumeMounts}, in the order of the model} */
    public List<VolumeMount> volumeMounts() {
        return StorageObjects.volumeMounts(mounts);
    }

    /**
     * Returns the container's {@code env}. References that the kubelet would expand are escaped.
     *
     * @return sorted by name
     */
    public List<EnvVar> env() {
        List<EnvVar> env = new ArrayList<>(environment.size());
        environment.forEach((name, value) -> {
            EnvVar variable = new EnvVar();
            variable.setName(name);
            variable.setValue(Expansion.escape(value));
            env.add(variable);
        });
        return env;
    }

    /**
     * Returns the pod's {@code initContainers} that belong to the storage.
     *
     * <p>The repair of the home's owner checks the home's own entry first, and ends there if it is right, however large
     * the home is. It sees nothing of the pod but the home. Its image is absent unless it was set; {@link #applyTo}
     * then uses the image of the container.
     *
     * @return the init container if the configuration asks for {@code fixPermissionsInit}, otherwise none
     */
    public List<Container> initContainers() {
        List<Container> containers = new ArrayList<>(1);
        if (repair != null) {
            containers.add(repair.container());
        }
        return containers;
    }

    /**
     * Returns the pod's {@code securityContext}: user, group and {@code fsGroup} of the project's user.
     *
     * <p>{@code fsGroupChangePolicy: OnRootMismatch} prevents the kubelet from walking through all files of all
     * projects at each start.
     *
     * @return the context
     */
    public PodSecurityContext securityContext() {
        PodSecurityContext context = new PodSecurityContext();
        context.setRunAsUser(identity.uid());
        context.setRunAsGroup(identity.gid());
        context.setFsGroup(identity.gid());
        context.setFsGroupChangePolicy("OnRootMismatch");
        if (security == SecurityScope.RESTRICTED) {
            context.setRunAsNonRoot(true);
            context.setSeccompProfile(RestrictedMerge.runtimeDefault());
        }
        return context;
    }

    /**
     * Adds the storage to a pod.
     *
     * <p>The given pod is not changed, and neither is anything in it that is not storage; the result shares those parts
     * with it. Entries that the pod already has with the same meaning stay where they are, so applying twice has the
     * same result as applying once.
     *
     * @param pod the pod
     * @param containerName the container that needs the files
     * @return a new pod
     * @throws IllegalArgumentException if the pod has no such container
     * @throws StorageConflictException if parts of the pod contradict the storage; access is never widened
     */
    public Pod applyTo(Pod pod, String containerName) {
        requireNonNull(pod, "pod");
        Pod result = ShallowCopy.of(pod);
        result.setSpec(merge(
                pod.getSpec(),
                containerName,
                PodHolder.name("pod", pod.getMetadata()),
                "",
                MadeClaims.ofPod(pod.getMetadata())));
        return result;
    }

    /**
     * Adds the storage to a pod template, as {@link #applyTo(Pod, String)} does to a pod.
     *
     * @param template the template
     * @param containerName the container that needs the files
     * @return a new template
     * @throws IllegalArgumentException if the template has no such container
     * @throws StorageConflictException if parts of the template contradict the storage
     */
    public PodTemplateSpec applyTo(PodTemplateSpec template, String containerName) {
        requireNonNull(template, "template");
        return merge(
                template, containerName, PodHolder.name("pod template", template.getMetadata()), "", MadeClaims.none());
    }

    /**
     * Adds the storage to the pods of a deployment, as {@link #applyTo(Pod, String)} does to a pod.
     *
     * @param deployment the deployment
     * @param containerName the container that needs the files
     * @return a new deployment
     * @throws IllegalArgumentException if its template has no such container
     * @throws StorageConflictException if parts of its template contradict the storage
     */
    public Deployment applyTo(Deployment deployment, String containerName) {
        return merge(PodHolder.DEPLOYMENT, requireNonNull(deployment, "deployment"), containerName);
    }

    /**
     * Adds the storage to the pods of a stateful set, as {@link #applyTo(Pod, String)} does to a pod.
     *
     * @param statefulSet the stateful set
     * @param containerName the container that needs the files
     * @return a new stateful set
     * @throws IllegalArgumentException if its template has no such container
     * @throws StorageConflictException if parts of its template contradict the storage
     */
    public StatefulSet applyTo(StatefulSet statefulSet, String containerName) {
        return merge(PodHolder.STATEFUL_SET, requireNonNull(statefulSet, "statefulSet"), containerName);
    }

    /**
     * Adds the storage to the pods of a job, as {@link #applyTo(Pod, String)} does to a pod.
     *
     * @param job the job
     * @param containerName the container that needs the files
     * @return a new job
     * @throws IllegalArgumentException if its template has no such container
     * @throws StorageConflictException if parts of its template contradict the storage
     */
    public Job applyTo(Job job, String containerName) {
        return merge(PodHolder.JOB, requireNonNull(job, "job"), containerName);
    }

    /**
     * Adds the storage to the pods of a cron job, as {@link #applyTo(Pod, String)} does to a pod.
     *
     * @param cronJob the cron job
     * @param containerName the container that needs the files
     * @return a new cron job
     * @throws IllegalArgumentException if its template has no such container
     * @throws StorageConflictException if parts of its template contradict the storage
     */
    public CronJob applyTo(CronJob cronJob, String containerName) {
        return merge(PodHolder.CRON_JOB, requireNonNull(cronJob, "cronJob"), containerName);
    }

    private <T extends HasMetadata> T merge(PodHolder<T> holder, T object, String containerName) {
        PodTemplateSpec template = holder.get().apply(object);
        return holder.with()
                .apply(
                        object,
                        merge(
                                template == null ? new PodTemplateSpec() : template,
                                containerName,
                                holder.nameOf(object),
                                holder.place(),
                                holder.made().apply(object)));
    }

    private PodTemplateSpec merge(
            PodTemplateSpec template, String containerName, String name, String place, MadeClaims made) {
        PodTemplateSpec result = ShallowCopy.of(template);
        result.setSpec(merge(template.getSpec(), containerName, name, place, made));
        return result;
    }

    private PodSpec merge(@Nullable PodSpec spec, String containerName, String name, String place, MadeClaims made) {
        return new PodMerge(this, name, place, made).merge(spec == null ? new PodSpec() : spec, containerName);
    }

    /**
     * {@return the decision about the software, which the mounts follow, or empty for a service, to which no licence
     * applies}
     */
    public Optional<SoftwareAccess> softwareAccess() {
        return Optional.ofNullable(project).map(ProjectVolumes::softwareAccess);
    }

    /**
     * Returns the project's licences. Their patches are not part of this storage: they are applied to the pod after it.
     *
     * @return the licences, or empty for a service, to which no licence applies
     */
    public Optional<ProjectLicenses> licenses() {
        return Optional.ofNullable(project).map(ProjectVolumes::licenses);
    }

    /** Returns the claims of the installation, including those that this pod does not mount. */
    Set<String> claims() {
        return config.claims().stream().map(ClaimName::value).collect(Collectors.toUnmodifiableSet());
    }

    SecurityScope security() {
        return security;
    }

    @Nullable
    HomeRepair repair() {
        return repair;
    }

    /** Returns the mounts in words. */
    @Override
    public String toString() {
        return "PodStorage" + mounts;
    }
}
