package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A volume that can crash takes memory for what there is, not for all that happened. */
class CrashMemoryTest {
    private static final int PAIRS = 100_000;
    /** What a heap may differ by for no reason of ours; what happened would take about 1 KB for each pair. */
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
