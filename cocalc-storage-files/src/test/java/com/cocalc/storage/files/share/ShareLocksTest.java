package com.cocalc.storage.files.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.SettableClock;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The publishers' clocks disagree by a century in every test here. */
class ShareLocksTest {

    private static final ProjectId PROJECT = ProjectId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");
    private static final ProjectId OTHER = ProjectId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b14");
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final SettableClock serverClock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final SettableClock early = new SettableClock(Instant.parse("1970-01-01T00:00:00Z"));
    private final SettableClock late = new SettableClock(Instant.parse("2070-01-01T00:00:00Z"));
    private RwxVolume volume;
    private Path directory;
    private ShareLocks earlyLocks;
    private ShareLocks lateLocks;

    @BeforeEach
    void mount() {
        volume = RwxVolume.builder().clock(serverClock).build();
        volume.populate("0700 2001:2001 - locks/\n");
        directory = volume.mount(Mount.as(PosixIdentity.PROJECT_USER).subPath("locks"))
                .getPath("/");
        earlyLocks = new ShareLocks(directory, LEASE, early);
        lateLocks = new ShareLocks(directory, LEASE, late);
    }

    @Test
    void aSecondPublisherIsRefusedWhateverItsClockSays() throws Exception {
        try (ShareLock held = earlyLocks.acquire(PROJECT)) {
            assertThatThrownBy(() -> lateLocks.acquire(PROJECT))
                    .isInstanceOf(ShareBusyException.class)
                    .hasMessage("another publisher is at work on it");
            held.keep();
        }
        try (ShareLock held = lateLocks.acquire(PROJECT)) {
            assertThatThrownBy(() -> earlyLocks.acquire(PROJECT)).isInstanceOf(ShareBusyException.class);
            held.keep();
        }
    }

    @Test
    void anotherShareHasALockOfItsOwn() throws Exception {
        try (ShareLock one = earlyLocks.acquire(PROJECT);
                ShareLock two = earlyLocks.acquire(OTHER)) {
            assertThat(one).isNotEqualTo(two);
        }
    }

    @Test
    void aReleasedLockLeavesNothing() throws Exception {
        earlyLocks.acquire(PROJECT).close();

        assertThat(names()).isEmpty();
    }

    @Test
    void aLockWithoutRenewalIsBrokenAtTheEndOfItsLeaseByTheServersClock() throws Exception {
        earlyLocks.acquire(PROJECT);

        serverClock.advance(LEASE.minusSeconds(1));
        assertThatThrownBy(() -> lateLocks.acquire(PROJECT)).isInstanceOf(ShareBusyException.class);

        serverClock.advance(Duration.ofSeconds(1));
        try (ShareLock taken = lateLocks.acquire(PROJECT)) {
            taken.keep();
            assertThat(names()).containsExactly(PROJECT + ".2");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aRenewedLockIsNotBroken() throws Exception {
        try (ShareLock held = earlyLocks.acquire(PROJECT)) {
            for (int i = 0; i < 10; i++) {
                serverClock.advance(LEASE.dividedBy(2));
                early.advance(LEASE.dividedBy(2));
                held.keep();

                assertThatThrownBy(() -> lateLocks.acquire(PROJECT)).isInstanceOf(ShareBusyException.class);
            }
        }
    }

    @Test
    void aPublisherThatSleptThroughItsLeaseStops() throws Exception {
        ShareLock asleep = earlyLocks.acquire(PROJECT);
        serverClock.advance(LEASE);
        early.advance(LEASE);
        ShareLock taken = lateLocks.acquire(PROJECT);

        assertThatThrownBy(asleep::keep)
                .isInstanceOf(LeaseLostException.class)
                .hasMessage("its lease ended before it was renewed, and another publisher took over");

        asleep.close();
        taken.keep();
        assertThat(names()).containsExactly(PROJECT + ".2");
    }

    @Test
    void aPublisherThatSleptDoesNotTakeTheLockOfANewOneForItsOwn() throws Exception {
        ShareLock asleep = earlyLocks.acquire(PROJECT);
        serverClock.advance(LEASE);
        early.advance(LEASE);
        lateLocks.acquire(PROJECT).close();
        ShareLock fresh = lateLocks.acquire(PROJECT);

        assertThat(names()).containsExactly(PROJECT + ".1");
        assertThatThrownBy(asleep::keep).isInstanceOf(LeaseLostException.class);
        asleep.close();

        assertThat(names()).containsExactly(PROJECT + ".1");
        fresh.close();
    }

    @Test
    void aClockThatIsSetBackMakesAPublisherRenew() throws Exception {
        ShareLock held = lateLocks.acquire(PROJECT);
        serverClock.advance(LEASE.minusSeconds(1));
        late.advance(Duration.ofDays(-1));
        held.keep();
        serverClock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> earlyLocks.acquire(PROJECT)).isInstanceOf(ShareBusyException.class);
    }

    /** A rival that comes at each operation in turn, with and without a dead lock to be broken. */
    @Test
    void twoPublishersNeverHoldTheLockTogetherWhereverTheyMeet() throws Exception {
        int won = 0;
        int refused = 0;
        for (boolean left : new boolean[] {false, true}) {
            boolean met = true;
            for (int meeting = 0; met; meeting++) {
                mount();
                if (left) {
                    earlyLocks.acquire(PROJECT);
                    serverClock.advance(LEASE);
                }
                List<ShareLock> rivals = new ArrayList<>();
                AtomicInteger operations = new AtomicInteger(-meeting);
                volume.beforeEachOperation(event -> {
                    if (operations.getAndIncrement() == 0) {
                        find(lateLocks).ifPresent(rivals::add);
                    }
                });

                Optional<ShareLock> own = find(earlyLocks);

                met = operations.get() > 0;
                volume.beforeEachOperation(event -> {});
                assertThat(own.stream().count() + rivals.size())
                        .as("holders after a meeting at operation " + meeting)
                        .isLessThanOrEqualTo(1);
                won += own.isPresent() ? 1 : 0;
                refused += own.isPresent() ? 0 : 1;
                if (own.isPresent()) {
                    own.get().close();
                }
                for (ShareLock rival : rivals) {
                    rival.close();
                }
                find(earlyLocks)
                        .orElseThrow(() -> new AssertionError("nobody holds it any more"))
                        .close();
            }
        }
        assertThat(won).isPositive();
        assertThat(refused).isPositive();
    }

    /** The one wakes up at each operation of the other, who takes it for dead. */
    @Test
    void aPublisherThatWakesUpAndOneThatBreaksItsLockNeverHoldItTogether() throws Exception {
        int kept = 0;
        int broken = 0;
        boolean met = true;
        for (int meeting = 0; met; meeting++) {
            mount();
            ShareLock sleeper = lateLocks.acquire(PROJECT);
            serverClock.advance(LEASE);
            late.advance(LEASE);
            List<ShareLock> keepers = new ArrayList<>();
            AtomicInteger operations = new AtomicInteger(-meeting);
            volume.beforeEachOperation(event -> {
                if (operations.getAndIncrement() == 0) {
                    try {
                        sleeper.keep();
                        keepers.add(sleeper);
                    } catch (LeaseLostException e) {
                        assertThat(e).hasMessageContaining("lease");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });

            Optional<ShareLock> rival = find(earlyLocks);

            met = operations.get() > 0;
            volume.beforeEachOperation(event -> {});
            assertThat(rival.stream().count() + keepers.size())
                    .as("holders after a meeting at operation " + meeting)
                    .isLessThanOrEqualTo(1);
            kept += keepers.size();
            broken += rival.isPresent() ? 1 : 0;
            if (rival.isPresent()) {
                rival.get().close();
            }
            sleeper.close();
        }
        assertThat(kept).isPositive();
        assertThat(broken).isPositive();
    }

    private static Optional<ShareLock> find(ShareLocks locks) {
        try {
            return Optional.of(locks.acquire(PROJECT));
        } catch (ShareBusyException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> names() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
