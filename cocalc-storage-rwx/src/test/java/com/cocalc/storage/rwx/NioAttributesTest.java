package com.cocalc.storage.rwx;

import static com.cocalc.storage.rwx.NioTestBed.assertFails;
import static com.cocalc.storage.rwx.NioTestBed.chmod;
import static com.cocalc.storage.rwx.NioTestBed.mode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NioAttributesTest {
    private static final String LOOP =
            "Too many levels of symbolic links or unable to access attributes of symbolic link";

    private NioTestBed bed;
    private Path file;

    @BeforeEach
    void mount() throws IOException {
        bed = NioTestBed.create();
        file = bed.file("file");
    }

    @Test
    void timesThatNanosecondsDoNotReachAreTheNearestOnes() throws IOException {
        FileSystem files = RwxVolume.create().mount(Mount.asRoot());
        Path link = Files.createSymbolicLink(files.getPath("link"), files.getPath("to"));
        BasicFileAttributeView view =
                Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);

        view.setTimes(
                FileTime.from(Instant.parse("1500-01-01T00:00:00Z")),
                FileTime.from(Instant.parse("2500-01-01T00:00:00Z")),
                null);

        assertThat(view.readAttributes().lastModifiedTime()).hasToString("1677-09-21T00:12:44Z");
        assertThat(view.readAttributes().lastAccessTime()).hasToString("2262-04-11T23:47:16.854775807Z");
    }

    @Test
    void settingPermissionsClearsTheSpecialBits() throws IOException {
        chmod(file, 07755);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(mode(file)).isEqualTo(0100750);
        assertThat(mode(chmod(file, 06750))).isEqualTo(0106750);
    }

    @Test
    void permissionsOfALinkItselfCannotBeReached() throws IOException {
        Path link = bed.link("link", "file");
        var view = Files.getFileAttributeView(link, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);

        assertFails(
                () -> view.setPermissions(PosixFilePermissions.fromString("rwx------")),
                FileSystemException.class,
                link,
                null,
                LOOP);
    }

    @Test
    void settingTimesNeedsReadPermission() throws IOException {
        for (int mode : new int[] {0, 0222}) {
            chmod(file, mode);
            assertFails(
                    () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)),
                    AccessDeniedException.class,
                    file,
                    null,
                    null);
        }
        Path foreign = bed.user.getPath("/of-root/foreign");
        chmod(Files.writeString(bed.root.getPath("/of-root/foreign"), "x"), 0666);
        assertFails(
                () -> Files.setLastModifiedTime(foreign, FileTime.fromMillis(0)),
                FileSystemException.class,
                foreign,
                null,
                "Operation not permitted");
    }

    @Test
    void settingNoTimeDoesNotEvenLook() throws IOException {
        var view = Files.getFileAttributeView(bed.home("missing"), BasicFileAttributeView.class);

        view.setTimes(null, null, null);
        view.setTimes(null, null, FileTime.fromMillis(0));

        assertThat(bed.home("missing")).doesNotExist();
    }

    @Test
    void timesKeepNanosecondsAndOtherTimesStay() throws IOException {
        FileTime accessed = (FileTime) Files.getAttribute(file, "lastAccessTime");
        FileTime exact = FileTime.from(Instant.parse("2022-01-01T00:00:00.123456789Z"));

        Files.setLastModifiedTime(file, exact);

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(exact);
        assertThat(Files.getAttribute(file, "lastAccessTime")).isEqualTo(accessed);
    }

    @Test
    void fractionsBefore1970BecomeThatMoment() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1960-01-01T00:00:00.5Z")));

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
    }

    @Test
    void timesOfALinkItselfCountInMicroseconds() throws IOException {
        Path link = bed.link("link", "file");
        var view = Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);

        view.setTimes(FileTime.from(Instant.parse("2022-01-01T00:00:00.123456789Z")), null, null);

        assertThat(view.readAttributes().lastModifiedTime())
                .isEqualTo(FileTime.from(Instant.parse("2022-01-01T00:00:00.123456Z")));
    }

    @Test
    void viewsAnswerByName() throws IOException {
        assertThat(bed.user.supportedFileAttributeViews())
                .containsExactlyInAnyOrder("basic", "posix", "owner", "unix", "user");
        assertThat(Files.readAttributes(file, "unix:*"))
                .containsKeys("mode", "ino", "dev", "rdev", "nlink", "uid", "gid", "ctime", "permissions", "size");
        assertThat(Files.readAttributes(file, "unix:mode,nlink")).isEqualTo(Map.of("mode", 0100644, "nlink", 1));
        assertThat(Files.readAttributes(file, "owner:*")).containsOnlyKeys("owner");
        assertThat(Files.readAttributes(file, "size")).containsEntry("size", 5L);
        assertThat(Files.getFileAttributeView(file, AclFileAttributeView.class)).isNull();
        assertThat(Files.getFileAttributeView(file, FileOwnerAttributeView.class)
                        .name())
                .isEqualTo("owner");
    }

    @Test
    void unknownNamesAreRefusedInTheJdksWords() {
        assertThatThrownBy(() -> Files.readAttributes(file, "posix:colour")).hasMessage("'colour' not recognized");
        assertThatThrownBy(() -> Files.readAttributes(file, "owner:colour"))
                .hasMessage("'owner:colour' not recognized");
        assertThatThrownBy(() -> Files.setAttribute(file, "unix:ino", 1)).hasMessage("'unix:ino' not recognized");
        assertThatThrownBy(() -> Files.setAttribute(file, "owner:x", 1)).hasMessage("'owner:x' not recognized");
        assertThatThrownBy(() -> Files.readAttributes(file, ":size")).hasMessage(":size");
        assertThatThrownBy(() -> Files.readAttributes(file, "zfs:x"))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("View 'zfs' not available");
        assertThatThrownBy(() -> Files.readAttributes(file, DosFileAttributes.class))
                .isExactlyInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ownersComeFromTheLookUpService() throws IOException {
        var accounts = bed.user.getUserPrincipalLookupService();
        var group = accounts.lookupPrincipalByGroupName("2001");
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);

        view.setOwner(accounts.lookupPrincipalByName("2001"));
        view.setGroup(group);

        assertThat(view.getOwner())
                .isEqualTo(accounts.lookupPrincipalByName("02001"))
                .isNotEqualTo(group);
        assertThat(accounts.lookupPrincipalByName("root").getName()).isEqualTo("root");
        assertThatThrownBy(() -> accounts.lookupPrincipalByName("nobody-we-know"))
                .isInstanceOf(UserPrincipalNotFoundException.class);
        assertThatThrownBy(() -> view.setOwner(group)).hasMessage("'owner' parameter can't be a group");
        assertThatThrownBy(() -> view.setOwner(Files.getOwner(Path.of("/"))))
                .isInstanceOf(ProviderMismatchException.class);
        assertFails(
                () -> view.setOwner(accounts.lookupPrincipalByName("root")),
                FileSystemException.class,
                file,
                null,
                "Operation not permitted");
    }

    @Test
    void userAttributesAreKeptListedAndDeleted() throws IOException {
        var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);

        assertThat(view.write("colour", ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEqualTo(3);
        assertThat(view.list()).containsExactly("colour");
        assertThat(view.size("colour")).isEqualTo(3);
        ByteBuffer read = ByteBuffer.allocate(5);
        assertThat(view.read("colour", read)).isEqualTo(3);
        assertFails(
                () -> view.read("colour", ByteBuffer.allocate(2)),
                FileSystemException.class,
                file,
                null,
                "Error reading extended attribute 'colour': Insufficient space in buffer");
        view.delete("colour");
        assertFails(
                () -> view.delete("colour"),
                FileSystemException.class,
                file,
                null,
                "Unable to delete extended attribute 'colour': No data available");
        assertFails(
                () -> view.write("n".repeat(251), ByteBuffer.allocate(1)),
                FileSystemException.class,
                file,
                null,
                "'user." + "n".repeat(251) + "' is too big");
        assertFails(
                () -> view.write("", ByteBuffer.allocate(1)),
                FileSystemException.class,
                file,
                null,
                "Error writing extended attribute '': Invalid argument");
    }
}
