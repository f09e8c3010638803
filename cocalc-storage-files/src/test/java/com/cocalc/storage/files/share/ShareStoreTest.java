package com.cocalc.storage.files.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.tree.TreePath;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShareStoreTest {

    private static final ProjectId PROJECT = ProjectId.of(new UUID(1, 2));

    private final ShareStore store =
            ShareStore.of(RwxVolume.create().mount(Mount.asRoot()).getPath("/"), PosixIdentity.PROJECT_USER);

    /** A path of the greatest length that Linux takes, each byte of which takes three in a record. */
    private static TreePath longPath(int number) {
        return TreePath.parse("a" + number + ("/" + "+".repeat(255)).repeat(15));
    }

    @Test
    void aRecordThatWouldBeTooLongToReadIsNotWritten() throws Exception {
        store.make();
        ShareLock lock = new ShareLocks(store.locks(), Duration.ofMinutes(5), Clock.systemUTC()).acquire(PROJECT);
        ShareRecord few = ShareRecord.empty().with(longPath(0));
        store.write(PROJECT, few, lock);
        ShareRecord more = few;
        for (int i = 1; i < 1500; i++) {
            more = more.with(longPath(i));
        }
        ShareRecord many = more;

        assertThatThrownBy(() -> store.write(PROJECT, many, lock))
                .hasMessageStartingWith("the public paths of project " + PROJECT
                        + " must take at most 16777216 bytes in its record, but take " + many.toBytes().length)
                .hasMessageEndingWith("; unpublish some of them");
        assertThat(store.read(PROJECT)).isEqualTo(few);
    }
}
