package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A volume that can crash takes memory for what there is, not for all that happened. */
class CrashMemoryTest {
    private static final int PAIRS = Boolean.getBoolean("cocalc.deep") ? 100_000 : 20_000;
    /** The noise of a heap. A history would take about 1 KB for each pair, more than twice as much in all. */
    private static final long SLACK = 8 << 20;

    private final RwxVolume volume = RwxVolume.builder().crashable().build();
    private final Path root = volume.mount(Mount.asRoot()).getPath("/");

    @Test
    void filesThatComeAndGoLeaveNothing() throws IOException {
        assertConstant(i -> {
            Path file = Files.writeString(root.resolve("f" + i), "x");
            Files.delete(file);
        });
        assertThat(leftovers()).contains("").allMatch(tree -> tree.isEmpty() || tree.startsWith("f"));
    }

    @Test
    void directoriesThatComeAndGoWithFilesInThemLeaveNothing() throws IOException {
        assertConstant(i -> {
            Path directory = Files.createDirectory(root.resolve("d" + i));
            Files.delete(Files.createFile(directory.resolve("f")));
            Files.delete(directory);
        });
    }

    @Test
    void aFileThatIsReplacedCutAndChangedOverAndOverLeavesNothing() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "x");
        assertConstant(i -> {
            Files.writeString(file, "content of " + i);
            Files.setAttribute(file, "unix:mode", 0600 + (i & 077));
            Files.move(
                    Files.writeString(root.resolve("new"), "x"), root.resolve("other"), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    @Test
    void aFileThatMovesBetweenTwoDirectoriesLeavesNothing() throws IOException {
        Path here = Files.createDirectory(root.resolve("here"));
        Path there = Files.createDirectory(root.resolve("there"));
        Files.createFile(here.resolve("f0"));
        assertConstant(i -> {
            Path moved = Files.move(here.resolve("f0"), there.resolve("g" + i));
            Files.move(moved, here.resolve("f0"));
        });
    }

    @Test
    void linksThatComeAndGoLeaveNothing() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        assertConstant(i -> {
            Files.delete(Files.createLink(root.resolve("hard" + i), file));
            Files.delete(Files.createSymbolicLink(root.resolve("soft" + i), file));
        });
    }

    @Test
    void attributesOfADirectoryThatChangeOverAndOverLeaveNothing() throws IOException {
        Path directory = Files.createDirectory(root.resolve("directory"));
        assertConstant(i -> {
            Files.setAttribute(directory, "unix:mode", 0700 + (i & 077));
            Files.setAttribute(directory, "user:key", new byte[] {(byte) i});
        });
    }

    @Test
    void aFileThatIsForcedAndReplacedOverAndOverLeavesNothing() throws IOException {
        assertConstant(i -> {
            Path temporary = root.resolve("temporary");
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                channel.write(ByteBuffer.wrap(new byte[100]));
                channel.force(true);
            }
            Files.move(temporary, root.resolve("file"), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    @Test
    void afterManyOperationsACrashStillLeavesAnythingFromNothingToAll() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            Files.createFile(root.resolve("f" + i));
        }
        Set<Integer> counts = new TreeSet<>();
        for (int seed = 0; seed < 64; seed++) {
            counts.add((int) volume.afterCrash(seed).tree().lines().count() - 1);
        }

        assertThat(counts).contains(0, 5_000).hasSizeGreaterThan(2);
        for (int seed = 0; seed < 8; seed++) {
            Set<String> left = volume.afterCrash(seed).tree().lines().skip(1).collect(Collectors.toSet());
            assertThat(left).allMatch(line -> number(line) < left.size());
        }
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf('f') + 1));
    }

    private Set<String> leftovers() {
        Set<String> trees = new TreeSet<>();
        for (int seed = 0; seed < 32; seed++) {
            trees.add(volume.afterCrash(seed)
                    .tree()
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .collect(Collectors.joining(",")));
        }
        return trees;
    }

    private interface Operation {
        void perform(int i) throws IOException;
    }

    private static void assertConstant(Operation operation) throws IOException {
        for (int i = 0; i < 5_000; i++) {
            operation.perform(i);
        }
        long before = used();
        for (int i = 0; i < PAIRS; i++) {
            operation.perform(i);
        }
        assertThat(used()).isLessThan(before + SLACK);
    }

    /** What is in use after a collection of garbage. */
    private static long used() {
        WeakReference<Object> witness = new WeakReference<>(new Object());
        while (witness.get() != null) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
