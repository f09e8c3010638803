package com.cocalc.storage.cli.repair;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.SameStorage;
import java.util.List;
import java.util.Map;

/**
 * The expectations with which a pod is judged.
 *
 * @param subject the project's id, or the service
 * @param from the source of the knowledge whose pod it is
 * @param expected the expectations of the audit
 * @param mounts the wanted mounts
 * @param environment the variables with the places of the mounts
 * @param identity the wanted user
 */
public record Wanted(
        String subject,
        String from,
        Expected expected,
        List<StorageMount> mounts,
        Map<String, String> environment,
        PosixIdentity identity) {

    public static Wanted of(ProjectVolumes project, String from) {
        return new Wanted(
                "project " + project.project(),
                from,
                Expected.forProject(project),
                project.mounts(),
                project.environment(),
                project.identity());
    }

    public static Wanted of(ServiceVolumes service, String from) {
        return new Wanted(
                "service " + service.service(),
                from,
                Expected.forService(service),
                service.mounts(),
                service.environment(),
                service.identity());
    }

    /** The same, with what is known of the cluster. */
    public Wanted knowing(SameStorage known) {
        return new Wanted(subject, from, expected.knowing(known), mounts, environment, identity);
    }
}
