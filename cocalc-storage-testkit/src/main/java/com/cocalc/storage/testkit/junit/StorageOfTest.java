package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.LicenseId;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The cluster, the projects and the mounts of one test. */
final class StorageOfTest {

    static final String STORAGE_CLASS = "nfs";
    private static final UUID FIRST_PROJECT = UUID.fromString("c0ca1c00-0000-4000-8000-000000000000");
    private static final LicenseId LICENSE = LicenseId.parse("11ce05e0-0000-4000-8000-000000000001");

    private final FakeCluster cluster;
    private final StorageConfig config;
    private final ProjectLicenses usualLicenses;
    private final Settings settings;
    private final Journal journal;
    private final Map<Integer, Started> projects = new HashMap<>();
    private final Set<Integer> homes = new HashSet<>();
    private final List<FileSystem> mounts = new ArrayList<>();

    StorageOfTest(FakeCluster cluster, StorageConfig config, ProjectLicenses usualLicenses, Settings settings) {
        this.cluster = cluster;
        this.config = config;
        this.usualLicenses = usualLicenses;
        this.settings = settings;
        volume(config.softwareClaim()).populate("0755 " + config.identity() + " - /");
        journal = new Journal(cluster);
    }

    /** A project, and the licences of its first start. */
    private record Started(RunningProject project, ProjectLicenses licenses) {}

    private RwxVolume volume(ClaimName claim) {
        return cluster.claim(claim.value()).volume();
    }

    FakeCluster cluster() {
        return cluster;
    }

    RwxVolume dataVolume() {
        return volume(config.dataClaim());
    }

    Journal journal() {
        return journal;
    }

    /** Returns the id of a project, which is the same in each run and each test. */
    static ProjectId id(int number) {
        return ProjectId.of(
                new UUID(FIRST_PROJECT.getMostSignificantBits(), FIRST_PROJECT.getLeastSignificantBits() + number));
    }

    /** Returns the project, which is started when it is first used. */
    synchronized RunningProject project(int number, Optional<Licensed> own, String place) {
        Started started = projects.get(number);
        if (started == null) {
            ProjectLicenses licenses =
                    own.or(settings::licensed).map(StorageOfTest::licenses).orElse(usualLicenses);
            started = new Started(journal.withoutRecording(() -> start(number, licenses)), licenses);
            projects.put(number, started);
        } else if (own.isPresent() && !licenses(own.get()).equals(started.licenses())) {
            throw new ExtensionConfigurationException(place + " must have the licences that project " + number
                    + " was started with in this test, but has " + AnnotationText.of(own.get())
                    + "; move the annotation to the first parameter of the project, or restart it with other licences");
        }
        return started.project();
    }

    private RunningProject start(int number, ProjectLicenses licenses) {
        makeHome(number);
        return RunningProject.start(cluster, ProjectVolumes.forProject(id(number), licenses, config));
    }

    private static ProjectLicenses licenses(Licensed licensed) {
        LicenseQuota.Builder quota = LicenseQuota.builder();
        return ProjectLicenses.of(Map.of(
                LICENSE, ProjectLicense.of(licensed.status(), (licensed.extRw() ? quota.extRw() : quota).build())));
    }

    /** Returns the home in a new mount, so that each parameter is a separate client. */
    synchronized Path home(int number, Optional<Mounted> own, String place) {
        journal.withoutRecording(() -> makeHome(number));
        PosixIdentity user = config.identity();
        Mount mount = own.or(settings::mounted)
                .map(mounted -> MountedAs.mount(mounted, user, place))
                .orElse(Mount.as(user));
        FileSystem files = cluster.claim(config.dataClaim().value()).mount(mount.subPath(directory(number)));
        mounts.add(files);
        return files.getPath("/");
    }

    private String directory(int number) {
        return config.projectsSchema().resolve(id(number)).toString();
    }

    /** Creates a home, and returns whether it did not exist. */
    private boolean makeHome(int number) {
        boolean isNew = homes.add(number);
        if (isNew) {
            // Mounting a sub-path makes it.
            try (FileSystem files = dataVolume().mount(Mount.asRoot().subPath(directory(number)))) {
                Path home = files.getPath("/");
                Files.setAttribute(home, "unix:uid", (int) config.identity().uid());
                Files.setAttribute(home, "unix:gid", (int) config.identity().gid());
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            } catch (IOException e) {
                throw new UncheckedIOException("the home of project " + number + " could not be created", e);
            }
        }
        return isNew;
    }

    void close() {
        cluster.close();
        journal.close();
        for (FileSystem mount : mounts) {
            try {
                mount.close();
            } catch (IOException e) {
                throw new AssertionError("closing a mount in memory", e);
            }
        }
    }
}
