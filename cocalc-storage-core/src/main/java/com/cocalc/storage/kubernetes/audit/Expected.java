package com.cocalc.storage.kubernetes.audit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.ClaimName;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.ContainerView;
import com.cocalc.storage.kubernetes.pod.MountView;
import com.cocalc.storage.kubernetes.pod.PlacedContainer;
import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The storage that a pod must see, with which an audit compares the pod.
 *
 * <pre>{@code
 * ProjectVolumes volumes = ProjectVolumes.forProject(
 *         ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"), ProjectLicenses.none());
 * Expected expected = Expected.forProject(volumes).inContainer("project");
 * }</pre>
 */
public final class Expected {

    private final String subject;
    private final StorageConfig config;
    private final Set<String> claims;
    private final List<StorageMount> mounts;
    private final Map<String, String> environment;
    private final PosixIdentity identity;
    private final @Nullable ProjectId project;
    private final @Nullable SoftwareAccess softwareAccess;
    private final @Nullable Container homeRepair;
    private final @Nullable String container;
    private final SameStorage sameStorage;

    private Expected(ProjectVolumes volumes) {
        subject = "project " + volumes.project();
        config = volumes.config();
        claims = claims(config);
        mounts = volumes.mounts();
        environment = volumes.environment();
        identity = volumes.identity();
        project = volumes.project();
        softwareAccess = volumes.softwareAccess();
        List<Container> repairs = PodStorage.of(volumes).initContainers();
        homeRepair = repairs.isEmpty() ? null : repairs.get(0);
        container = null;
        sameStorage = SameStorage.none();
    }

    private Expected(ServiceVolumes volumes) {
        subject = volumes.service().toString();
        config = volumes.config();
        claims = claims(config);
        mounts = volumes.mounts();
        environment = volumes.environment();
        identity = volumes.identity();
        project = null;
        softwareAccess = null;
        homeRepair = null;
        container = null;
        sameStorage = SameStorage.none();
    }

    private Expected(Expected other, @Nullable String container, SameStorage sameStorage) {
        subject = other.subject;
        config = other.config;
        claims = other.claims;
        mounts = other.mounts;
        environment = other.environment;
        identity = other.identity;
        project = other.project;
        softwareAccess = other.softwareAccess;
        homeRepair = other.homeRepair;
        this.container = container;
        this.sameStorage = sameStorage;
    }

    /**
     * Returns the expectations of a project's pod.
     *
     * @param volumes the view of the project, which carries its id, licences and configuration
     * @return the expectations
     */
    public static Expected forProject(ProjectVolumes volumes) {
        return new Expected(requireNonNull(volumes, "volumes"));
    }

    /**
     * Returns the expectations of the pod of one of CoCalc's services.
     *
     * @param volumes the view of the service
     * @return the expectations
     */
    public static Expected forService(ServiceVolumes volumes) {
        return new Expected(requireNonNull(volumes, "volumes"));
    }

    /**
     * Returns a copy with the name of the container that works with the storage. Without a name any container may have
     * the storage, and a first container without it is a warning.
     *
     * @param name the name of a container of the pod, as it was given to {@code PodStorage.applyTo}
     * @return the same expectations for that container
     */
    public Expected inContainer(String name) {
        return new Expected(this, requireNonNull(name, "name"), sameStorage);
    }

    /**
     * Returns a copy with the other claims and volumes that lead to the files of the installation. Without this call
     * the audit knows of none.
     *
     * @param known the claims in the namespace of the pod, and the volumes
     * @return the same expectations, with that knowledge
     */
    public Expected knowing(SameStorage known) {
        return new Expected(this, container, requireNonNull(known, "known"));
    }

    SameStorage sameStorage() {
        return sameStorage;
    }

    /** Returns the name of the container that works with the storage, or null if it is not named. */
    @Nullable
    String container() {
        return container;
    }

    /** Finds the container that works with the storage: the one with the name, or the first one if none is named. */
    @Nullable
    ContainerView findWorker(List<ContainerView> containers) {
        for (ContainerView view : containers) {
            boolean named =
                    container == null || container.equals(view.container().getName());
            if (view.kind() == PlacedContainer.Kind.REGULAR && named) {
                return view;
            }
        }
        return null;
    }

    /** Returns the project or service of the pod, for messages. */
    String subject() {
        return subject;
    }

    List<StorageMount> mounts() {
        return mounts;
    }

    Map<String, String> environment() {
        return environment;
    }

    PosixIdentity identity() {
        return identity;
    }

    @Nullable
    ProjectId project() {
        return project;
    }

    /**
     * Returns whether the pod must have our security context, as a project's pod; a service's pod has that of its
     * chart.
     */
    boolean wantsIdentity() {
        return project != null;
    }

    boolean repairsHomes() {
        return homeRepair != null;
    }

    /**
     * Returns whether a mount is of the claim of homes, at the path of the home; the part that it shows is judged
     * separately.
     */
    boolean isPlaceOfHome(MountView mount) {
        return isOfHomes(mount) && mount.path().equals(homePath());
    }

    /** Returns the path of a project's home in its pod. */
    String homePath() {
        return config.homePath().value();
    }

    /** Returns whether a mount is of the claim of homes. */
    boolean isOfHomes(MountView mount) {
        return mount.claim().equals(config.dataClaim().value());
    }

    /** Returns whether a container is the init container that repairs the home, by its name and its command. */
    boolean isHomeRepair(ContainerView view) {
        return view.kind() == PlacedContainer.Kind.INIT && isHomeRepair(view.container());
    }

    /** Returns whether an init container is the one that repairs the home. */
    boolean isHomeRepair(Container init) {
        return homeRepair != null
                && PodStorage.HOME_REPAIR.equals(init.getName())
                && Absent.asEmpty(init.getCommand()).equals(homeRepair.getCommand())
                && Absent.asEmpty(init.getArgs()).isEmpty();
    }

    /** Returns the capabilities without which the repair of a home fails; none if homes are not repaired. */
    List<String> powersOfRepair() {
        return homeRepair == null
                ? List.of()
                : homeRepair.getSecurityContext().getCapabilities().getAdd();
    }

    boolean isNamedLikeHomeRepair(ContainerView view) {
        return homeRepair != null
                && view.kind() == PlacedContainer.Kind.INIT
                && PodStorage.HOME_REPAIR.equals(view.container().getName());
    }

    /** Returns the claims of the installation. */
    Set<String> claims() {
        return claims;
    }

    private static Set<String> claims(StorageConfig config) {
        return config.claims().stream().map(ClaimName::value).collect(Collectors.toUnmodifiableSet());
    }

    boolean isSoftware(ClaimName claim) {
        return claim.equals(config.softwareClaim());
    }

    /** Returns the schemas of the projects' directories on a claim: one, two, or none. */
    List<PathSchema> schemasOf(String claim) {
        boolean homes = claim.equals(config.dataClaim().value());
        boolean shares = claim.equals(config.sharesClaim().value());
        if (homes && shares) {
            return List.of(config.projectsSchema(), config.sharesSchema());
        }
        return homes ? List.of(config.projectsSchema()) : shares ? List.of(config.sharesSchema()) : List.of();
    }

    /** Returns the reason of the access, as far as licences decide it. */
    String because(StorageMount mount) {
        if (softwareAccess == null || !isSoftware(mount.claim())) {
            return "";
        }
        return " (" + AccessReason.of(softwareAccess).words() + ")";
    }

    @Nullable
    StorageMount findMount(String claim, String part) {
        for (StorageMount mount : mounts) {
            if (mount.claim().value().equals(claim) && partOf(mount).equals(part)) {
                return mount;
            }
        }
        return null;
    }

    /** Returns the sub-path, or {@code ""} for the whole claim. */
    static String partOf(StorageMount mount) {
        return mount.part() instanceof SubPath subPath ? subPath.toString() : "";
    }

    static boolean isReadOnly(StorageMount mount) {
        return mount.access() == Access.READ_ONLY;
    }
}
