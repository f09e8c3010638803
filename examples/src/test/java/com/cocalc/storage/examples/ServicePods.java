package com.cocalc.storage.examples;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;

/** The code of docs/services.md. */
final class ServicePods {

    private ServicePods() {}

    static Deployment withStorage(Deployment deployment, StorageConfig config) {
        // guide
        ServiceVolumes copy = ServiceVolumes.forService(StorageService.MANAGE_COPY, config);
        Deployment withStorage = PodStorage.of(copy).withSecurityContext().applyTo(deployment, "manage-copy");
        // end
        return withStorage;
    }

    static List<Finding> audit(ServiceVolumes copy, Deployment withStorage) {
        // guide
        Expected expected = Expected.forService(copy).inContainer("manage-copy");
        List<Finding> findings = PodAudit.audit(withStorage.getSpec().getTemplate(), expected);
        // end
        return findings;
    }

    // guide
    /** Returns the home of a project as the container of a service sees it. */
    static Path home(ServiceVolumes service, ProjectId project, FileSystem container) {
        return container.getPath(service.home(project).value());
    }
    // end
}
