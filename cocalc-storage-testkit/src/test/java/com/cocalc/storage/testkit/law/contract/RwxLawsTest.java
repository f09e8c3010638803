package com.cocalc.storage.testkit.law.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.rwx.Fault;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.PodLaws;
import com.cocalc.storage.testkit.law.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each law on a storage that breaks it. That it holds on good ones is told by RwxContractTest. */
class RwxLawsTest {

    private final RwxVolume volume = RwxVolume.builder().rootMode(0777).build();
    private final RwxVolume nfs = RwxVolume.builder().nfs().rootMode(0777).build();
    private final Path client = on(volume);

    private static Path on(RwxVolume volume) {
        return volume.mount(Mount.as(2001, 2001)).getPath("/");
    }

    /** Something that happens before each operation of a kind on a name. */
    private interface Mischief {
        void at(Path file) throws IOException;
    }

    private void before(Operation operation, String name, Mischief mischief) {
        Path culprit = volume.mount(Mount.asRoot()).getPath("/");
        volume.beforeEachOperation(event -> {
            if (event.operation() == operation && event.path().endsWith(name)) {
                try {
                    mischief.at(culprit.resolve(".cocalc-law-1"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    private static Law law(String id) {
        return RwxLaws.all().stream()
                .filter(law -> law.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String found(RwxClients storage, String id) {
        Judgement judgement = RwxLaws.judge(storage, law(id));
        assertThat(judgement.outcome()).as(judgement.toString()).isInstanceOf(Outcome.Failed.class);
        Violation violation = ((Outcome.Failed) judgement.outcome()).violation();
        assertThat(violation.law().id()).isEqualTo(id);
        return violation.where() + ": found " + violation.found() + ", expected " + violation.expected();
    }

    private String found(String id) {
        return found(RwxClients.of(client), id);
    }

    @Test
    void aFileThatIsCreatedTwiceIsCaught() {
        before(Operation.OPEN, "lock-0", sandbox -> Files.deleteIfExists(sandbox.resolve("lock-0")));

        assertThat(found("create-exclusive")).matches("4 who create lock-0: found [2-4], expected 1");
    }

    @Test
    void anAppendThatIsLostIsCaught() {
        AtomicInteger writes = new AtomicInteger();
        before(Operation.WRITE, "log", sandbox -> {
            if (writes.incrementAndGet() == 100) {
                try (FileChannel channel = FileChannel.open(sandbox.resolve("log"), StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
            }
        });

        assertThat(found("append-adds")).matches("records of 4 writers: found 1?\\d?\\d, expected 200");
    }

    @Test
    void anOpenFileThatGoesWithItsNameIsCaught() {
        volume.inject(Fault.every(Operation.READ, Errno.ESTALE));

        assertThat(found("unlinked-but-open")).isEqualTo("the open file: found Stale file handle, expected still here");
    }

    @Test
    void modesThatAreFixedByTheMountAreCaught() {
        before(
                Operation.STAT,
                "file",
                sandbox -> Files.setPosixFilePermissions(
                        sandbox.resolve("file"), PosixFilePermissions.fromString("rwxrwxrwx")));

        assertThat(found("modes-are-kept")).isEqualTo("the mode: found rwxrwxrwx, expected rwxr-x--x");
    }

    @Test
    void modesThatNobodyEnforcesAreCaught() {
        before(Operation.OPEN, "file", sandbox -> {
            if (Files.exists(sandbox.resolve("file"))) {
                Files.setPosixFilePermissions(sandbox.resolve("file"), PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        });

        assertThat(found("modes-are-enforced"))
                .isEqualTo("reading a file of mode 0000: found success, expected Permission denied");
    }

    @Test
    void timesThatAreLostAreCaught() {
        before(
                Operation.STAT,
                "file",
                sandbox -> Files.setLastModifiedTime(sandbox.resolve("file"), FileTime.fromMillis(0)));

        assertThat(found("times-are-kept"))
                .isEqualTo("the time: found 1970-01-01T00:00:00Z, expected 2001-09-09T01:46:40Z");
    }

    @Test
    void holesWithOldBytesAreCaught() {
        before(Operation.READ, "file", sandbox -> {
            try (FileChannel channel = FileChannel.open(sandbox.resolve("file"), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {7}), 5);
            }
        });

        assertThat(found("holes-are-zeros")).isEqualTo("byte 5: found 7, expected 0");
    }

    @Test
    void aStorageThatCannotForceIsCaught() {
        volume.inject(Fault.every(Operation.FORCE, Errno.EIO));

        assertThat(found("force-succeeds")).isEqualTo("force(true): found Input/output error, expected success");
    }

    @Test
    void aStorageWithoutLocksIsCaught() {
        volume.inject(Fault.every(Operation.LOCK, Errno.ENOLCK));

        assertThat(found("locks-exclude")).isEqualTo("the trial: found No locks available, expected success");
    }

    @Test
    void aNameThatIsMissingForAMomentIsCaught() {
        AtomicInteger opened = new AtomicInteger();
        before(Operation.OPEN, "target", sandbox -> {
            if (opened.incrementAndGet() > 1) {
                Files.deleteIfExists(sandbox.resolve("target"));
            }
        });

        assertThat(found("rename-is-atomic"))
                .isEqualTo(
                        "reading while another renames: found No such file or directory, expected the old file or the"
                                + " new one");
    }

    @Test
    void aFileThatIsReadInPartIsCaught() {
        AtomicInteger opened = new AtomicInteger();
        before(Operation.OPEN, "target", sandbox -> {
            if (opened.incrementAndGet() > 1) {
                try (FileChannel channel = FileChannel.open(sandbox.resolve("target"), StandardOpenOption.WRITE)) {
                    channel.truncate(100);
                }
            }
        });

        assertThat(found("rename-is-atomic"))
                .isEqualTo(
                        "reading while another renames: found 100 of 8192 bytes, or of both files, expected the old file"
                                + " or the new one");
    }

    @Test
    void aFullDirectoryThatIsRemovedIsCaught() {
        before(Operation.RMDIR, "full", sandbox -> Files.deleteIfExists(sandbox.resolve("full/entry")));

        assertThat(found("full-directories-stay"))
                .isEqualTo("removing it: found success, expected Directory not empty");
    }

    @Test
    void namesThatBecomeOneAreCaught() {
        before(Operation.OPEN, "/\u00fc", sandbox -> Files.deleteIfExists(sandbox.resolve("NAME")));

        assertThat(found("names-are-bytes")).startsWith("all names: found [").doesNotContain("found [ , -rf, NAME");
    }

    @Test
    void aStorageWithoutLinksIsCaught() {
        volume.inject(Fault.every(Operation.SYMLINK, Errno.EOPNOTSUPP));

        assertThat(found("links-are-kept")).isEqualTo("making a link: found Operation not supported, expected success");
    }

    @Test
    void aListingWithoutAnEntryIsCaught() {
        before(Operation.OPEN, "entry-299", sandbox -> Files.deleteIfExists(sandbox.resolve("entry-7")));

        assertThat(found("listing-is-complete")).isEqualTo("entries of 300: found 299, expected 300");
    }

    @Test
    void clientsOfDifferentStoragesAreCaughtByEveryLawForTwo() throws IOException {
        Path elsewhere = on(RwxVolume.builder().rootMode(0777).build());
        RwxClients apart = RwxClients.of(client).withSecond(elsewhere);

        assertThat(found(apart, "closed-files-are-seen"))
                .isEqualTo(
                        "the second client: found no directory /.cocalc-law-1, expected what the first client has made");

        Files.createDirectory(elsewhere.resolve(".cocalc-law-1"));
        assertThat(found(apart, "closed-files-are-seen"))
                .isEqualTo("the second client: found No such file or directory, expected first");
        assertThat(found(apart, "renames-are-seen"))
                .isEqualTo("the old name: found No such file or directory, expected text");
        assertThat(found(apart, "renames-are-atomic-for-others"))
                .isEqualTo(
                        "reading while another renames: found No such file or directory, expected the old file or the"
                                + " new one");
        assertThat(found(apart, "removals-are-seen"))
                .isEqualTo("the second client: found No such file or directory, expected text");
        assertThat(found(apart, "directories-are-shared"))
                .isEqualTo("the second client: found No such file or directory, expected success");
        assertThat(found(apart, "create-exclusive-for-all"))
                .isEqualTo("two clients that create lock-0: found 2, expected 1");
    }

    @Test
    void aPromiseOfLocksOrAppendsThatIsNotKeptIsCaught() throws IOException {
        Path elsewhere = on(RwxVolume.builder().rootMode(0777).build());
        Path sandbox = Files.createDirectory(elsewhere.resolve(".cocalc-law-1"));
        Files.createFile(sandbox.resolve("file"));
        Files.createFile(sandbox.resolve("log"));
        RwxClients apart = RwxClients.of(client)
                .withSecond(elsewhere)
                .promising(RwxTrait.LOCKS_ACROSS_CLIENTS, RwxTrait.APPENDS_ACROSS_CLIENTS);

        assertThat(found(apart, "locks-exclude-others"))
                .isEqualTo("the second client is excluded: found false, expected true");
        assertThat(found(apart, "append-adds-for-all")).isEqualTo("records of 2 writers: found 50, expected 100");
    }

    @Test
    void nfsThatPromisesTheBehaviourOfADiskIsCaught() {
        RwxClients boastful = RwxClients.of(on(nfs))
                .withSecond(on(nfs))
                .promising(RwxTrait.SHOWS_CHANGES_AT_ONCE, RwxTrait.KEEPS_FILES_REMOVED_ELSEWHERE);

        assertThat(found(boastful, "changes-show-at-once"))
                .isEqualTo("after it is created: found false, expected true");
        assertThat(found(boastful, "unlinked-elsewhere-but-open"))
                .isEqualTo("the open file: found Stale file handle, expected still here");
    }

    @Test
    void aSquashedRootGivesNothingAway() {
        Path squashed = volume.mount(Mount.asRoot().rootSquash()).getPath("/");

        assertThat(found(RwxClients.of(squashed).promising(RwxTrait.ROOT_GIVES_AWAY), "root-gives-away"))
                .isEqualTo("chown to uid 2001: found Operation not permitted, expected success");
    }

    @Test
    void whatCannotBeTriedIsNeverPassed() {
        RwxClients one = RwxClients.of(volume.mount(Mount.asRoot()).getPath("/"));

        assertThat(RwxLaws.judge(one, law("modes-are-enforced")))
                .hasToString("modes-are-enforced: not tried, root may do everything; run it as another user");
        assertThat(RwxLaws.judge(one, law("renames-are-seen")))
                .hasToString("renames-are-seen: not tried, it takes a second client");
        assertThat(RwxLaws.judge(one, law("append-adds-for-all")))
                .hasToString(
                        "append-adds-for-all: not tried, it is not promised that appending clients do not overwrite"
                                + " each other");
    }

    @Test
    void aDirectoryThatCannotBeWrittenFailsEveryLawThatIsTried() {
        Path readOnly = volume.mount(Mount.as(2001, 2001).readOnly()).getPath("/");

        List<Judgement> judgements = RwxLaws.judge(RwxClients.of(readOnly));

        assertThat(judgements).hasSameSizeAs(RwxLaws.all());
        assertThat(judgements.get(0))
                .hasToString(
                        "failed: create-exclusive at a new directory for the law in /: found Read-only file system,"
                                + " expected created and removed; of several who create the same new file exactly one succeeds; check"
                                + " the server's version: lock files and claims of work depend on it");
        assertThat(judgements).noneMatch(judgement -> judgement.outcome() instanceof Outcome.Passed);
    }

    @Test
    void nothingIsLeftBehindAndWhatWasThereStays() throws IOException {
        volume.populate("0755 2001:2001 - .cocalc-law-1/\n0644 2001:2001 \"mine\" .cocalc-law-1/file\n");
        String before = volume.tree();

        RwxLaws.judge(RwxClients.of(client).withSecond(on(volume)).promising(RwxTrait.values()));

        assertThat(volume.tree()).isEqualTo(before);
    }

    private static Outcome outcome(RwxClients storage, String id) {
        return RwxLaws.judge(storage, law(id)).outcome();
    }

    /** NFS removes the .nfs names of closed files a moment later. */
    @Test
    void aNameThatGoesOrIsBusyWhileALawCleansUpIsNoFailure() {
        before(Operation.UNLINK, "file", sandbox -> Files.deleteIfExists(sandbox.resolve("file")));
        assertThat(outcome(RwxClients.of(client), "force-succeeds")).isInstanceOf(Outcome.Passed.class);

        nfs.inject(Fault.nth(1, Operation.UNLINK, Errno.EBUSY));
        assertThat(outcome(RwxClients.of(on(nfs)), "force-succeeds")).isInstanceOf(Outcome.Passed.class);
        assertThat(nfs.tree()).doesNotContain(".cocalc-law");
    }

    @Test
    void aNameThatStaysBusyIsAFailure() {
        volume.inject(Fault.every(Operation.UNLINK, Errno.EBUSY));

        assertThat(found("force-succeeds"))
                .isEqualTo("a new directory for the law in /: found Device or resource busy, expected created and"
                        + " removed");
    }

    @Test
    void whatTheSecondClientHasMissedBeforeIsNoFailure() {
        Path second = on(nfs);
        assertThat(Files.exists(second.resolve(".cocalc-law-1"))).isFalse();

        assertThat(outcome(RwxClients.of(on(nfs)).withSecond(second), "closed-files-are-seen"))
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void anotherFileBehindTheOldNameIsCaught() {
        before(Operation.OPEN, "old", sandbox -> {
            if (Files.exists(sandbox.resolve("new"))) {
                Files.writeString(sandbox.resolve("old"), "risen");
            }
        });
        RwxClients two = RwxClients.of(client).withSecond(on(volume));

        assertThat(found(two, "renames-are-seen"))
                .isEqualTo("the old name afterwards: found risen, expected No such file or directory or Stale file"
                        + " handle or text");
    }

    @Test
    void aLawOfAnotherClassIsRefused() {
        assertThatThrownBy(() -> RwxLaws.judge(RwxClients.of(client), PodLaws.HOME_IS_MOUNTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("law must be one of RwxLaws.all(), but was home-is-mounted; judge it by its own class");
    }
}
