package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.OperationEvent;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.FileSystem;
import org.junit.jupiter.api.Test;

/** One container with several mounts. */
class MountTableTest {
    private final RwxVolume image = RwxVolume.create();
    private final RwxVolume data = RwxVolume.create();
    private final RwxVolume software = RwxVolume.create();
    private final Calls root = Calls.on(data, Mount.asRoot());

    private Calls container() {
        return new Calls(builder().syscalls());
    }

    private ContainerFiles.Builder builder() {
        return ContainerFiles.builder(image, PosixIdentity.ROOT)
                .mount("/home/user", data, Mount.asRoot().subPath("projects/p1"))
                .mount("/home/user/inner", data, Mount.asRoot().subPath("other"))
                .mount("/ext", software, Mount.asRoot().readOnly());
    }

    @Test
    void aWalkCrossesMountsDownwardsAndBackUp() {
        Calls container = container();
        container.write("/home/user/file", "mine");
        container.write("/top", "image");

        assertThat(container.read("/home/user/file")).isEqualTo("mine");
        assertThat(container.read("/home/user/../../top")).isEqualTo("image");
        assertThat(container.read("/home/user/inner/../file")).isEqualTo("mine");
        assertThat(container.read("/home/user/inner/../../../../../top")).isEqualTo("image");
        assertThat(root.read("projects/p1/file")).isEqualTo("mine");
    }

    @Test
    void aNestedMountHidesWhatIsBelowIt() {
        root.mkdir("projects");
        root.mkdir("projects/p1");
        root.mkdir("projects/p1/inner");
        root.write("projects/p1/inner/hidden", "x");
        Calls container = container();

        assertThat(container.access("/home/user/inner/hidden", 0)).isEqualTo(Errno.ENOENT);
        assertThat(root.read("projects/p1/inner/hidden")).isEqualTo("x");
    }

    @Test
    void absoluteLinksResolveInTheContainerWhoeverMadeThem() {
        Calls container = container();
        container.symlink("/home/user/file", "/home/user/inner/link");
        container.write("/home/user/file", "mine");

        assertThat(container.read("/home/user/inner/link")).isEqualTo("mine");
        assertThat(root.access("other/link", 0)).isEqualTo(Errno.ENOENT);
    }

    @Test
    void renameAndLinkAcrossMountsAreExdevEvenOnOneVolume() {
        Calls container = container();
        container.write("/home/user/file", "x");

        assertThat(container.rename("/home/user/file", "/home/user/inner/file")).isEqualTo(Errno.EXDEV);
        assertThat(container.link("/home/user/file", "/home/user/inner/file")).isEqualTo(Errno.EXDEV);
        assertThat(container.rename("/home/user/file", "/file")).isEqualTo(Errno.EXDEV);
        assertThat(container.rename("/home/user/file", "/ext/file")).isEqualTo(Errno.EXDEV);
        assertThat(container.rename("/home/user/missing", "/file")).isEqualTo(Errno.EXDEV);
        assertThat(container.rename("/home/user/file", "/home/user/renamed")).isNull();
    }

    @Test
    void aMountPointIsBusyInItsContainerAndNowhereElse() {
        Calls container = container();

        assertThat(container.rmdir("/home/user/inner")).isEqualTo(Errno.EBUSY);
        assertThat(container.rename("/home/user/inner", "/home/user/elsewhere")).isEqualTo(Errno.EBUSY);
        assertThat(container.mkdir("/home/user/new")).isNull();
        assertThat(container.rename("/home/user/new", "/home/user/inner")).isEqualTo(Errno.EBUSY);
        assertThat(container.unlink("/home/user/inner")).isEqualTo(Errno.EISDIR);
        assertThat(container.rmdir("/home")).isEqualTo(Errno.ENOTEMPTY);
        assertThat(root.rmdir("projects/p1/inner")).isNull();
    }

    /** As on Linux, where a directory is a mount point in all of its name space, whichever way one comes to it. */
    @Test
    void aMountPointIsBusyThroughAnotherMountOfItsVolumeToo() {
        for (int others : new int[] {0, 10}) {
            ContainerFiles.Builder builder = ContainerFiles.builder(image, PosixIdentity.ROOT);
            for (int i = 0; i < others; i++) {
                builder.mount("/other" + i, software, Mount.asRoot());
            }
            Calls container = new Calls(builder.mount("/home/user", data, Mount.asRoot())
                    .mount("/home/user/inner", software, Mount.asRoot())
                    .mount("/again", data, Mount.asRoot())
                    .syscalls());
            container.mkdir("/again/new");

            assertThat(container.rmdir("/again/inner")).isEqualTo(Errno.EBUSY);
            assertThat(container.rename("/again/inner", "/again/elsewhere")).isEqualTo(Errno.EBUSY);
            assertThat(container.rename("/again/new", "/again/inner")).isEqualTo(Errno.EBUSY);
            assertThat(container.access("/again/inner", 0)).isNull();
        }
        assertThat(root.rename("inner", "elsewhere")).isNull();
    }

    /** As on Linux, where a mount goes with its mount point; whether a walk has been there before does not matter. */
    @Test
    void aMountWhoseMountPointAnotherMountRemovesIsGone() {
        Calls container = container();
        container.write("/home/user/inner/file", "x");
        assertThat(container.read("/home/user/inner/file")).isEqualTo("x");

        assertThat(root.rmdir("projects/p1/inner")).isNull();

        assertThat(container.access("/home/user/inner/file", 0)).isEqualTo(Errno.ENOENT);
        assertThat(container.write("/home/user/inner/new", "x")).isEqualTo(Errno.ENOENT);
        assertThat(container.unlink("/home/user/inner/file")).isEqualTo(Errno.ENOENT);
        assertThat(root.read("other/file")).isEqualTo("x");
    }

    @Test
    void aMissingMountPathIsMadeInAnImageThatIsReadOnlyForItsContainer() {
        Calls container = new Calls(ContainerFiles.builder(image, Mount.asRoot().readOnly())
                .mount("/home/user", data, Mount.asRoot())
                .syscalls());

        assertThat(container.write("/home/user/file", "x")).isNull();
        assertThat(container.write("/home/file", "x")).isEqualTo(Errno.EROFS);
    }

    @Test
    void aMountPathHasNoNul() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ContainerFiles.builder(image, PosixIdentity.ROOT).mount("/a\0b", data, Mount.asRoot()))
                .withMessageStartingWith("mount path must be absolute, of plain names");
    }

    @Test
    void aDirectoryThatHoldsAMountPointMayBeRenamed() {
        Calls container = container();
        container.write("/home/user/file", "mine");

        assertThat(container.rename("/home", "/house")).isNull();
        assertThat(container.read("/house/user/file")).isEqualTo("mine");
    }

    @Test
    void eachMountIsReadOnlyOrNotByItself() {
        Calls.on(software, Mount.asRoot()).write("tool", "x");
        Calls container = container();

        assertThat(container.write("/ext/tool", "y")).isEqualTo(Errno.EROFS);
        assertThat(container.access("/ext/tool", Syscalls.WANT_WRITE)).isEqualTo(Errno.EROFS);
        assertThat(container.read("/ext/tool")).isEqualTo("x");
        assertThat(container.write("/home/user/tool", "y")).isNull();
    }

    @Test
    void statOfAMountPointShowsWhatIsMounted() {
        Calls container = container();

        assertThat(container.stat("/home/user").ino())
                .isEqualTo(root.stat("projects/p1").ino());
        assertThat(container.stat("/home/user").dev()).isEqualTo(data.server().number());
        assertThat(container.stat("/ext/..").dev()).isEqualTo(image.server().number());
    }

    @Test
    void theRealPathNamesMountsAndResolvesLinks() throws IOException {
        Calls calls = container();
        calls.mkdir("/home/user/a");
        calls.write("/home/user/a/f", "x");
        calls.symlink("/home/user/a", "/link");
        FileSystem container = builder().build();

        assertThat(container.getPath("/link/../a/./f").toRealPath()).hasToString("/home/user/a/f");
        assertThat(container.getPath("home/user/inner").toRealPath()).hasToString("/home/user/inner");
        assertThat(container.getPath("/ext/../..").toRealPath()).hasToString("/");
    }

    @Test
    void missingMountPathsAreMadeByRootAndFilesAreRefused() {
        container();
        Calls onImage = Calls.on(image, Mount.asRoot());
        onImage.write("file", "x");

        assertThat(onImage.stat("home/user").permissions()).isEqualTo(0755);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerFiles.builder(image, PosixIdentity.ROOT)
                        .mount("/file/below", data, Mount.asRoot())
                        .build())
                .withMessage("mount path /file/below must lead to a directory or to nothing: Not a directory;"
                        + " look at what the image has there");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ContainerFiles.builder(image, PosixIdentity.ROOT).mount("home/user", data, Mount.asRoot()))
                .withMessage(
                        "mount path must be absolute, of plain names, but was \"home/user\"; write it as /home/user");
    }

    @Test
    void noPathOfAMountLeavesItsSubPath() {
        root.mkdir("projects");
        root.mkdir("projects/p1");
        root.write("secret", "s");
        root.symlink("/secret", "projects/p1/absolute");
        root.symlink("../../secret", "projects/p1/relative");
        Calls home = Calls.on(data, Mount.asRoot().subPath("projects/p1"));

        for (String path : new String[] {"../../secret", "/../secret", "absolute", "relative", "../p1/../../secret"}) {
            assertThat(home.access(path, 0)).as(path).isEqualTo(Errno.ENOENT);
        }
    }

    @Test
    void aDirectoryThatIsMovedOutOfItsMountHasNoWayUp() throws ErrnoException {
        root.mkdir("projects");
        root.mkdir("projects/p1");
        root.mkdir("projects/p1/d");
        root.write("secret", "s");
        Calls home = Calls.on(data, Mount.asRoot().subPath("projects/p1"));
        OpenFile held = home.open("d", OpenFlags.READ);

        root.rename("projects/p1/d", "d");

        assertThat(Calls.errno(() -> home.system().stat(held, Calls.bytes("../secret"), true)))
                .isEqualTo(Errno.ENOENT);
        assertThat(Calls.errno(() -> home.system().mkdir(held, Calls.bytes("still-works"), 0755)))
                .isNull();
    }

    @Test
    void aSubPathIsMadeAsTheKubeletDoesAndNeverThroughALink() {
        RwxVolume volume = RwxVolume.builder().rootMode(02770).build();
        Calls onVolume = Calls.on(volume, Mount.asRoot());
        onVolume.write("file", "x");
        onVolume.symlink("/", "link");
        Calls.on(volume, Mount.as(2001, 2001).subPath("a/b"));

        assertThat(volume.tree()).contains("2770 0:0 - a/\n2770 0:0 - a/b/\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calls.on(volume, Mount.asRoot().subPath("link/x")))
                .withMessage(
                        "subPath must lead through directories alone, but in \"link/x\", \"link\" is a symbolic link;"
                                + " a kubelet refuses to start the container");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calls.on(volume, Mount.asRoot().subPath("file")))
                .withMessageContaining("\"file\" is a file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mount.asRoot().subPath("../up"))
                .withMessage(
                        "subPath must be plain names joined by '/', but was \"../up\"; leave it out to mount the whole"
                                + " volume");
    }

    @Test
    void aContainerMayHaveTenThousandVolumes() {
        ContainerFiles.Builder builder = ContainerFiles.builder(image, PosixIdentity.ROOT);
        for (int i = 0; i < 10_000; i++) {
            builder.mount("/volumes/v" + i, RwxVolume.create(), Mount.asRoot());
        }
        Calls container = new Calls(builder.mount("/volumes/v77/inner", data, Mount.asRoot())
                .mount("/volumes/v9999", software, Mount.asRoot())
                .syscalls());

        container.write("/volumes/v0/file", "first");
        container.write("/volumes/v77/inner/file", "nested");
        container.write("/volumes/v9999/file", "the later one of two");

        assertThat(container.read("/volumes/v42/../v0/file")).isEqualTo("first");
        assertThat(container.access("/volumes/v1/file", 0)).isEqualTo(Errno.ENOENT);
        assertThat(root.read("file")).isEqualTo("nested");
        assertThat(Calls.on(software, Mount.asRoot()).read("file")).isEqualTo("the later one of two");
        assertThat(container.rmdir("/volumes/v77/inner")).isEqualTo(Errno.EBUSY);
    }

    @Test
    void aContainerMayHaveOneVolumeTenThousandTimes() {
        ContainerFiles.Builder builder = ContainerFiles.builder(image, PosixIdentity.ROOT);
        for (int i = 0; i < 10_000; i++) {
            builder.mount("/homes/h" + i, data, Mount.asRoot().subPath("projects/p" + i));
        }
        Calls container = new Calls(builder.syscalls());

        container.write("/homes/h5000/file", "x");

        assertThat(root.read("projects/p5000/file")).isEqualTo("x");
        assertThat(container.rename("/homes/h5000/file", "/homes/h5001/file")).isEqualTo(Errno.EXDEV);
    }

    @Test
    void aMountPathMayGoThroughALinkIntoAnotherMount() {
        Calls.on(image, Mount.asRoot()).symlink("/home/user", "link");

        Calls container = new Calls(ContainerFiles.builder(image, PosixIdentity.ROOT)
                .mount("/home/user", data, Mount.asRoot())
                .mount("/link/inner", software, Mount.asRoot())
                .syscalls());
        container.write("/home/user/inner/file", "x");

        assertThat(Calls.on(software, Mount.asRoot()).read("file")).isEqualTo("x");
        assertThat(data.tree()).isEqualTo("0755 0:0 - /\n0755 0:0 - inner/\n");
    }

    @Test
    void aHookIsToldOfItsOwnVolumeAmongMany() {
        ContainerFiles.Builder builder = ContainerFiles.builder(image, PosixIdentity.ROOT);
        for (int i = 0; i < 20; i++) {
            builder.mount("/volumes/v" + i, RwxVolume.create(), Mount.asRoot());
        }
        Calls container = new Calls(
                builder.mount("/volumes/v7/data", data, Mount.asRoot()).syscalls());
        try (Recording recording = data.record()) {
            container.mkdir("/volumes/v7/data/mine");
            container.mkdir("/volumes/v7/other");
            container.mkdir("/volumes/v8/other");

            assertThat(recording.operations())
                    .extracting(OperationEvent::path)
                    .containsExactly("/volumes/v7/data/mine");
        }
    }
}
