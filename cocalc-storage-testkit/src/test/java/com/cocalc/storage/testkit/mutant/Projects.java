package com.cocalc.storage.testkit.mutant;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.testkit.law.Homes;
import com.cocalc.storage.testkit.law.Violation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Projects that the mutants get wrong. */
final class Projects {

    static final ProjectId A = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    static final ProjectId B = ProjectId.parse("c4a1f0de-91b7-4a0a-8a3c-5d1e2b7f6a90");
    static final StorageConfig REPAIRED = StorageConfig.builder()
            .homeOwnership(HomeOwnership.fixPermissionsInit())
            .build();
    static final ProjectVolumes READ_ONLY = ProjectVolumes.forProject(A, ProjectLicenses.none(), REPAIRED);
    static final ProjectVolumes READ_WRITE = ProjectVolumes.forProject(
            A, ProjectLicenses.active(List.of(LicenseQuota.builder().extRw().build())), REPAIRED);

    private Projects() {}

    static Pod bare() {
        return new PodBuilder(Homes.bare())
                .editSpec()
                .addNewContainer()
                .withName("sidecar")
                .withImage("registry.example/sidecar:1")
                .endContainer()
                .endSpec()
                .build();
    }

    static Set<String> laws(List<Violation> violations) {
        Set<String> laws = new LinkedHashSet<>();
        violations.forEach(violation -> laws.add("law " + violation.law().id()));
        return laws;
    }
}
