package com.cocalc.storage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.VolumeSnapshot;
import com.cocalc.storage.testkit.jqwik.CocalcStorageDomain;
import com.cocalc.storage.testkit.jqwik.DirectoryTree;
import com.cocalc.storage.testkit.jqwik.FileScript;
import com.cocalc.storage.testkit.jqwik.LicenseCase;
import com.cocalc.storage.testkit.jqwik.RefusedArbitraries;
import com.cocalc.storage.testkit.jqwik.UserPod;
import java.nio.file.FileSystem;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

// guide
@Domain(CocalcStorageDomain.class)
@Domain(DomainContext.Global.class)
class GeneratorsGuideTest {

    @Property
    void theSoftwareIsWritableExactlyWhenTheLicencesSaySo(@ForAll ProjectId project, @ForAll LicenseCase licenses) {
        ProjectVolumes volumes = ProjectVolumes.forProject(project, licenses.licenses());

        assertThat(volumes.software().access()).isEqualTo(licenses.expected());
    }

    @Property
    void theServerTakesEveryPodWithItsStorage(@ForAll UserPod sample) {
        assertThat(ApiServer.answer(sample.withStorage())).matches(ServerAnswer::isAccepted);
    }

    @Property
    void whatIsNoIdIsRefused(@ForAll("noIds") String text) {
        assertThatThrownBy(() -> ProjectId.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Provide
    Arbitrary<String> noIds() {
        return RefusedArbitraries.ids();
    }

    @Property(tries = 100)
    void whoMayOnlyReadChangesNothing(@ForAll DirectoryTree tree, @ForAll FileScript script) throws Exception {
        RwxVolume volume = RwxVolume.create();
        tree.buildOn(volume);
        VolumeSnapshot before = volume.snapshot();

        try (FileSystem files = volume.mount(Mount.asRoot().readOnly())) {
            script.runIn(files.getPath("/"));
        }

        assertThat(before.diff(volume.snapshot())).isEmpty();
    }
}
// end
