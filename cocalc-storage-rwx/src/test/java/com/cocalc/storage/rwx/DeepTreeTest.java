package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees deeper than the stack of a thread: on this stack the smallest recursive method ends after 750 levels. The time
 * of these tests grows with the square of the levels, as each level has a path.
 */
class DeepTreeTest {
    private static final int LEVELS = 1_000;
    private static final long SMALL_STACK = 128 << 10;

    @Test
    void aCrashLeavesAThousandLevelsThatWereForced() throws Exception {
        RwxVolume volume = deep(LEVELS, RwxVolume.builder().crashable().build());
        onASmallStack(() -> {
            volume.sync();
            assertThat(volume.afterCrash(3).snapshot()).isEqualTo(volume.snapshot());
            volume.quota("d", 1 << 20, 20_000);
            volume.crash(4);
        });
        assertThat(volume.server().tree().space().inodes().used()).isEqualTo(LEVELS + 1);
    }

    @Test
    void aTreeOfAThousandLevelsIsShown() throws Exception {
        RwxVolume volume = deep(LEVELS, RwxVolume.create());

        onASmallStack(() -> assertThat(volume.tree().lines()).hasSize(LEVELS + 1));
    }

    @Test
    void aThousandLevelsAreCopiedToAnotherVolume() throws Exception {
        RwxVolume volume = deep(LEVELS, RwxVolume.create());
        RwxVolume other = RwxVolume.create();

        onASmallStack(() -> volume.copyTo(other.mount(Mount.asRoot()).getPath("/")));

        assertThat(other.snapshot()).isEqualTo(volume.snapshot());
    }

    @Test
    void fiveHundredLevelsAreCopiedToTheDiskAndBack(@TempDir Path disk) throws Exception {
        int levels = 500; // a kernel walks each path anew: its time grows with the square
        RwxVolume volume = deep(levels, RwxVolume.create());

        onASmallStack(() -> volume.copyTo(disk));

        RwxVolume back = RwxVolume.create();
        back.populate(disk);
        assertThat(back.tree().lines()).hasSize(levels + 1);
    }

    private static RwxVolume deep(int levels, RwxVolume volume) throws ErrnoException {
        Calls calls = Calls.on(volume, Mount.asRoot());
        byte[] name = {'d'};
        OpenFile at = null;
        for (int i = 0; i < levels; i++) {
            calls.system().mkdir(at, name, 0755);
            OpenFile below = calls.system().open(at, name, OpenFlags.READ, 0);
            if (at != null) {
                at.close();
            }
            at = below;
        }
        if (at != null) {
            at.close();
        }
        return volume;
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void onASmallStack(Action action) throws Exception {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        action.run();
                    } catch (Throwable e) {
                        failure[0] = e;
                    }
                },
                "small stack",
                SMALL_STACK);
        thread.start();
        thread.join();
        assertThat(failure[0]).isNull();
    }
}
