package com.cocalc.storage.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.law.contract.RwxClients;
import com.cocalc.storage.testkit.law.contract.RwxTrait;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * The same laws on the fake, on this machine's disk, and on whatever is mounted at {@code -Dcocalc.storage.mount=PATH},
 * with the same export mounted once more at {@code -Dcocalc.storage.second=PATH}.
 */
class RwxContractTest {

    private static Path user(RwxVolume volume) {
        FileSystem files = volume.mount(Mount.as(2001, 2001));
        return files.getPath("/");
    }

    @Nested
    class OnTheFake implements RwxContract {

        @Override
        public RwxClients storage() {
            RwxVolume volume = RwxVolume.builder().rootMode(0777).build();
            return RwxClients.of(user(volume))
                    .withSecond(user(volume))
                    .promising(
                            RwxTrait.SHOWS_CHANGES_AT_ONCE,
                            RwxTrait.APPENDS_ACROSS_CLIENTS,
                            RwxTrait.KEEPS_FILES_REMOVED_ELSEWHERE,
                            RwxTrait.LOCKS_ACROSS_CLIENTS);
        }
    }

    @Nested
    class OnTheFakeNfs implements RwxContract {

        @Override
        public RwxClients storage() {
            RwxVolume volume = RwxVolume.builder().nfs().rootMode(0777).build();
            return RwxClients.of(user(volume)).withSecond(user(volume)).promising(RwxTrait.LOCKS_ACROSS_CLIENTS);
        }
    }

    @Nested
    class OnTheFakeAsRoot implements RwxContract {

        @Override
        public RwxClients storage() {
            Path root = RwxVolume.create().mount(Mount.asRoot()).getPath("/");
            return RwxClients.of(root).promising(RwxTrait.ROOT_GIVES_AWAY);
        }
    }

    @Nested
    class OnThisDisk implements RwxContract {

        @TempDir
        private Path directory = Path.of("");

        @Override
        public RwxClients storage() {
            return RwxClients.of(directory)
                    .withSecond(directory)
                    .promising(
                            RwxTrait.SHOWS_CHANGES_AT_ONCE,
                            RwxTrait.APPENDS_ACROSS_CLIENTS,
                            RwxTrait.KEEPS_FILES_REMOVED_ELSEWHERE);
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "cocalc.storage.mount", matches = ".+")
    class OnAMount implements RwxContract {

        @Override
        public RwxClients storage() {
            RwxClients first = RwxClients.of(Path.of(System.getProperty("cocalc.storage.mount")));
            String second = System.getProperty("cocalc.storage.second");
            return second == null ? first : first.withSecond(Path.of(second));
        }
    }

    /** A storage that refuses to be written to. */
    static class OnAReadOnlyMount implements RwxContract {

        @Override
        public RwxClients storage() {
            Path readOnly =
                    RwxVolume.create().mount(Mount.as(2001, 2001).readOnly()).getPath("/");
            return RwxClients.of(readOnly);
        }
    }

    @Test
    void aBrokenLawIsAFailedTestAndOneThatCannotBeTriedAnAbortedOne() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OnAReadOnlyMount.class))
                .execute()
                .testEvents();

        assertThat(tests.succeeded().count()).isZero();
        assertThat(tests.failed().stream().map(RwxContractTest::message))
                .hasSize(14)
                .contains("times-are-kept: times-are-kept at a new directory for the law in /: found Read-only file"
                        + " system, expected created and removed; a modification time that is set is the time that is read, to"
                        + " the second; check the server; rsync and make depend on it");
        assertThat(tests.aborted().stream().map(RwxContractTest::message))
                .hasSize(11)
                .contains("renames-are-seen: not tried: it takes a second client");
    }

    private static String message(Event event) {
        return event.getTestDescriptor().getDisplayName() + ": "
                + event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::getMessage)
                        .orElse("")
                        .replace("Assumption failed: ", "");
    }
}
