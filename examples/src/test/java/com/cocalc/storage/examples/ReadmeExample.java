package com.cocalc.storage.examples;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;

/** The code of the README. */
final class ReadmeExample {

    private ReadmeExample() {}

    @SuppressWarnings("SystemOut") // the reader of the example is to see the explanation
    static Pod withStorage(Pod pod, Path valuesFile, String siteLicense) {
        // guide
        StorageConfig config = HelmValues.read(valuesFile).storage();
        ProjectId project = ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
        ProjectLicenses licenses = LicensesJson.parse(siteLicense);

        ProjectVolumes volumes = ProjectVolumes.forProject(project, licenses, config);
        System.out.println(volumes.softwareAccess().explain());

        Pod withStorage = PodStorage.of(volumes).applyTo(pod, "project");
        // end
        return withStorage;
    }
}
