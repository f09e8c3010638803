package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who owns a sub-path that a kubelet had to make, and with which mode: the rules of makeMounts and doSafeMakeDir. */
class SubPathCreationTest {

    @ParameterizedTest
    @CsvSource({
        "0755 0:0, 0755 0:0",
        "0777 0:0, 0777 0:0",
        "2775 0:2001, 2775 0:2001",
        "2770 0:2001, 2770 0:2001",
        "1777 0:0, 1777 0:0",
        "0755 0:2001, 0755 0:0"
    })
    void aMissingSubPathIsOfRootWithTheWholeModeOfTheVolumesRoot(String root, String made) {
        RwxVolume volume = RwxVolume.create();
        volume.populate(root + " - /");

        volume.mount(Mount.as(2001, 2001).umask(077).subPath("projects/p1"));

        assertThat(volume.tree()).contains(made + " - projects/\n" + made + " - projects/p1/\n");
    }

    @Test
    void aReadOnlyMountMakesItAllTheSame() {
        RwxVolume volume = RwxVolume.create();

        volume.mount(Mount.as(2001, 2001).readOnly().subPath("p1"));

        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n0755 0:0 - p1/\n");
    }

    @Test
    void aSubPathThatIsThereStaysAsItIs() {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0700 1000:1000 - p1/");

        volume.mount(Mount.as(2001, 2001).rootSquash().subPath("p1"));

        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n0700 1000:1000 - p1/\n");
    }

    @Test
    void aSquashedKubeletMakesItAsNobodyWhereEverybodyMayWrite() {
        RwxVolume volume = RwxVolume.builder().rootMode(0777).build();

        volume.mount(Mount.as(2001, 2001).rootSquash().subPath("p1"));

        assertThat(volume.tree()).isEqualTo("0777 0:0 - /\n0777 65534:65534 - p1/\n");
    }

    @Test
    void aSquashedKubeletCannotMakeItWhereRootAloneMayWrite() {
        RwxVolume volume = RwxVolume.create();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> volume.mount(Mount.as(2001, 2001).rootSquash().subPath("p1")))
                .withMessage("subPath \"p1\" could not be made by 0:0 squashed to 65534:65534 on the whole volume,"
                        + " read-write: Permission denied; make it beforehand as its owner");
        assertThat(volume.tree()).isEqualTo("0755 0:0 - /\n");
    }

    @Test
    void aServerThatTakesEverybodyForTheProjectsUserGivesItTheSubPath() {
        RwxVolume volume = RwxVolume.create();
        volume.populate("0755 2001:2001 - /");

        volume.mount(Mount.as(1000, 1000).allSquash(2001, 2001).subPath("p1"));

        assertThat(volume.tree()).isEqualTo("0755 2001:2001 - /\n0755 2001:2001 - p1/\n");
    }
}
