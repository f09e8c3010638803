package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.testkit.jqwik.CocalcStorageDomain;
import com.cocalc.storage.testkit.jqwik.LicenseCase;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(CocalcStorageDomain.class)
class StoragePropertiesTest {

    @Property
    void theSoftwareIsWritableExactlyWhenTheLicencesSaySo(@ForAll ProjectId project, @ForAll LicenseCase licenses) {
        ProjectVolumes volumes = ProjectVolumes.forProject(project, licenses.licenses());

        assertThat(volumes.software().access()).isEqualTo(licenses.expected());
    }
}
