package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownDirectoriesTest {
    private static final int OPERATIONS = 3_000;
    private static final String[] DIRECTORIES = {
        "", "/home", "/home/user", "/home/user/d", "/home/user/d/e", "/home/user/inner", "/ext", "/ext/d", "/way"
    };
    private static final String[] NAMES = {"a", "b", "d", "e", "user", "inner", ".", "..", "a/b"};
    private static final int[] FLAGS = {
        0, OpenFlags.CREAT, OpenFlags.EXCL, OpenFlags.TRUNC, OpenFlags.NOFOLLOW, OpenFlags.DIRECTORY, OpenFlags.PATH
    };
    private static final int[] MODES = {0777, 0755, 0711, 0700, 0000, 01777};

    /** A path that goes up is walked each time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRememberedDirectoryIsWhatAWalkComesTo(long seed) throws Exception {
        List<String> walked = new Pod("/home/..").outcomes(seed);

        assertThat(new Pod("").outcomes(seed)).containsExactlyElementsOf(walked);
        assertThat(walked)
                .anyMatch(outcome -> outcome.contains("opened"))
                .anyMatch(outcome -> outcome.contains("EACCES"));
    }

    /** The containers of some users, with the same mounts. */
    private static final class Pod {
        private final RwxVolume image = RwxVolume.create();
        private final RwxVolume data = RwxVolume.builder().rootMode(0777).build();
        private final RwxVolume software = RwxVolume.builder().rootMode(0777).build();
        private final String way;
        private final List<Syscalls> users;

        Pod(String way) {
            this.way = way;
            users = List.of(
                    container(Mount.asRoot()), container(Mount.as(2001, 2001)), container(Mount.as(2002, 2001)));
            Calls.on(data, Mount.asRoot()).chmod("home", 0777);
            Calls.on(software, Mount.asRoot()).symlink("/home/user/d", "a");
            Calls.on(image, Mount.asRoot()).symlink("home/user", "way");
        }

        private Syscalls container(Mount as) {
            return ContainerFiles.builder(image, PosixIdentity.ROOT)
                    .mount("/home/user", data, as.subPath("home"))
                    .mount("/home/user/inner", data, as.subPath("other"))
                    .mount("/ext", software, as)
                    .syscalls();
        }

        List<String> outcomes(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> outcomes = new ArrayList<>();
            for (int i = 0; i < OPERATIONS; i++) {
                String outcome;
                try {
                    outcome = operate(users.get(random.nextInt(users.size())), random);
                } catch (ErrnoException e) {
                    outcome = e.errno().name();
                }
                outcomes.add(i + ": " + outcome);
            }
            outcomes.add(data.tree() + software.tree() + image.tree());
            return outcomes;
        }

        private String operate(Syscalls calls, SplittableRandom random) throws ErrnoException {
            byte[] path = path(random);
            boolean isFollowing = random.nextBoolean();
            int mode = MODES[random.nextInt(MODES.length)];
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    return opened(calls.open(null, path, flags(random), mode));
                }
                case 3 -> {
                    return stat(calls.stat(null, path, isFollowing));
                }
                case 4 -> {
                    return stat(calls.findStat(path));
                }
                case 5 -> calls.access(null, path, random.nextInt(8));
                case 6 -> {
                    return new String(calls.readlink(null, path), StandardCharsets.UTF_8);
                }
                case 7 -> calls.mkdir(null, path, mode);
                case 8 -> calls.chmod(null, path, mode, true);
                case 9 -> calls.rename(null, path, null, path(random));
                case 10 -> {
                    if (isFollowing) {
                        calls.rmdir(null, path);
                    } else {
                        calls.unlink(null, path);
                    }
                }
                default -> calls.symlink(Calls.bytes(random.nextBoolean() ? "a" : "/home/user/d"), null, path);
            }
            return "done";
        }

        private static String opened(OpenFile file) throws ErrnoException {
            String stat = stat(file.stat());
            file.close();
            return "opened " + stat;
        }

        private static String stat(@Nullable Stat stat) {
            return stat == null
                    ? "nothing"
                    : Integer.toOctalString(stat.mode()) + " " + stat.ino() + " " + stat.atimeNs() + " "
                            + stat.ctimeNs();
        }

        private static int flags(SplittableRandom random) {
            return OpenFlags.READ
                    | (random.nextBoolean() ? OpenFlags.WRITE : 0)
                    | FLAGS[random.nextInt(FLAGS.length)]
                    | FLAGS[random.nextInt(FLAGS.length)];
        }

        private byte[] path(SplittableRandom random) {
            String directory = DIRECTORIES[random.nextInt(DIRECTORIES.length)];
            String slash = random.nextInt(16) == 0 ? "/" : "";
            return Calls.bytes(way + directory + "/" + NAMES[random.nextInt(NAMES.length)] + slash);
        }
    }
}
