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
import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.PlacedContainer;
import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a pod is to see of the storage, so that an audit can say what differs.
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
    private final @Nullable List<String> homeRepair;
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
        homeRepair = repairs.isEmpty() ? null : List.copyOf(repairs.get(0).getCommand());
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
     * Expects a project's pod.
     *
     * @param volumes the view of the project, which carries its id, licences and configuration
     * @return what is expected
     */
    public static Expected forProject(ProjectVolumes volumes) {
        return new Expected(requireNonNull(volumes, "volumes"));
    }

    /**
     * Expects the pod of one of CoCalc's services.
     *
     * @param volumes the view of the service
     * @return what is expected
     */
    public static Expected forService(ServiceVolumes volumes) {
        return new Expected(requireNonNull(volumes, "volumes"));
    }

    /**
     * Names the container that works with the storage. Without a name any container may have it, and a first container
     * without it is a warning.
     *
     * @param name the name of a container of the pod, as it was given to {@code PodStorage.applyTo}
     * @return the same expectations, of that container
     */
    public Expected inContainer(String name) {
        return new Expected(this, requireNonNull(name, "name"), sameStorage);
    }

    /**
     * Tells which other claims and volumes lead to the files of the installation. Without this the audit knows of none.
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

    /** The container that works with the storage; null where it is not named. */
    @Nullable
    String container() {
        return container;
    }

    /** Finds the container that works with the storage: that of the name, or the first where none is named. */
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

    /** Whose pod it is, for messages. */
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

    /** A service's pod has the security context that its chart gives it; a project's has ours. */
    boolean wantsIdentity() {
        return project != null;
    }

    boolean repairsHomes() {
        return homeRepair != null;
    }

    /** Whether a mount is of the claim of homes, at the place of the home; which part it shows is judged apart. */
    boolean isPlaceOfHome(MountView mount) {
        return mount.claim().equals(config.dataClaim().value())
                && mount.path().equals(config.homePath().value());
    }

    /** Whether a container is the init container that repairs the home: its name, and the command that it runs. */
    boolean isHomeRepair(ContainerView view) {
        return view.kind() == PlacedContainer.Kind.INIT && isHomeRepair(view.container());
    }

    /** Whether an init container is the one that repairs the home. */
    boolean isHomeRepair(Container init) {
        return homeRepair != null
                && PodStorage.HOME_REPAIR.equals(init.getName())
                && Absent.asEmpty(init.getCommand()).equals(homeRepair)
                && Absent.asEmpty(init.getArgs()).isEmpty();
    }

    boolean isNamedLikeHomeRepair(ContainerView view) {
        return homeRepair != null
                && view.kind() == PlacedContainer.Kind.INIT
                && PodStorage.HOME_REPAIR.equals(view.container().getName());
    }

    /** The claims of the installation. */
    Set<String> claims() {
        return claims;
    }

    private static Set<String> claims(StorageConfig config) {
        return config.claims().stream().map(ClaimName::value).collect(Collectors.toUnmodifiableSet());
    }

    boolean isSoftware(ClaimName claim) {
        return claim.equals(config.softwareClaim());
    }

    /** Where on the claim projects lie: one schema, two, or none. */
    List<PathSchema> schemasOf(String claim) {
        boolean homes = claim.equals(config.dataClaim().value());
        boolean shares = claim.equals(config.sharesClaim().value());
        if (homes && shares) {
            return List.of(config.projectsSchema(), config.sharesSchema());
        }
        return homes ? List.of(config.projectsSchema()) : shares ? List.of(config.sharesSchema()) : List.of();
    }

    /** Why the access is what it is, as far as licences decide. */
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

    /** The sub-path, {@code ""} for the whole. */
    static String partOf(StorageMount mount) {
        return mount.part() instanceof SubPath subPath ? subPath.toString() : "";
    }

    static boolean isReadOnly(StorageMount mount) {
        return mount.access() == Access.READ_ONLY;
    }
}
