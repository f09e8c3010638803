package com.cocalc.storage.examples;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.helm.HelmValuesException;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.json.MalformedLicensesException;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.StorageConflictException;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.audit.Severity;
import com.cocalc.storage.kubernetes.change.PatchFailedException;
import com.cocalc.storage.kubernetes.change.PatchGuard;
import com.cocalc.storage.kubernetes.change.PatchRefusedException;
import com.cocalc.storage.kubernetes.change.PatchedPod;
import com.cocalc.storage.kubernetes.change.PodPatches;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The code of docs/hub.md with its answers to errors: from a row of the database to a pod that may be submitted. */
final class ProjectPods {

    private final StorageConfig config;
    private final Consumer<String> log;

    ProjectPods(StorageConfig config, Consumer<String> log) {
        this.config = config;
        this.log = log;
    }

    // guide
    /** Returns the pod to submit, or nothing where it must not be submitted; the log then says why. */
    Optional<Pod> finish(ProjectId project, @Nullable String siteLicense, Pod bare) {
        ProjectLicenses licenses = licenses(project, siteLicense);
        ProjectVolumes volumes = ProjectVolumes.forProject(project, licenses, config);
        log.accept(project + ": " + volumes.softwareAccess().explain());
        return withStorage(volumes, bare).map(pod -> patched(volumes, pod)).filter(pod -> passesAudit(volumes, pod));
    }
    // end

    // guide
    private ProjectLicenses licenses(ProjectId project, @Nullable String siteLicense) {
        try {
            return LicensesJson.parse(siteLicense);
        } catch (MalformedLicensesException e) {
            log.accept(project + ": starts without licences: " + e.getMessage());
            return ProjectLicenses.none();
        }
    }
    // end

    // guide
    /** Returns the configuration of the values, or the current one where the values are broken. */
    static StorageConfig reload(Path valuesFile, StorageConfig current, Consumer<String> log) {
        try {
            return HelmValues.read(valuesFile).storage();
        } catch (HelmValuesException e) {
            e.problems().forEach(log);
            return current;
        }
    }
    // end

    // guide
    private Optional<Pod> withStorage(ProjectVolumes volumes, Pod bare) {
        try {
            return Optional.of(PodStorage.of(volumes).applyTo(bare, "project"));
        } catch (StorageConflictException e) {
            e.conflicts().forEach(conflict -> log.accept(volumes.project() + ": not started: " + conflict));
            return Optional.empty();
        }
    }
    // end

    // guide
    private Pod patched(ProjectVolumes volumes, Pod pod) {
        PodPatches patches = PodPatches.of(volumes.licenses());
        patches.omitted().forEach(omitted -> log.accept(volumes.project() + ": " + omitted));
        try {
            PatchedPod patched = PatchGuard.strict(volumes).apply(patches, pod);
            patched.findings().forEach(finding -> log.accept(volumes.project() + ": " + finding));
            return patched.pod();
        } catch (PatchRefusedException | PatchFailedException e) {
            log.accept(volumes.project() + ": starts without patches: " + e.getMessage());
            return pod;
        }
    }
    // end

    // guide
    private boolean passesAudit(ProjectVolumes volumes, Pod pod) {
        List<Finding> findings =
                PodAudit.audit(pod, Expected.forProject(volumes).inContainer("project"));
        findings.forEach(finding -> log.accept(volumes.project() + ": " + finding));
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }
    // end
}
