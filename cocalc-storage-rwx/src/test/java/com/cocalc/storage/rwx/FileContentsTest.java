package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentsTest {
    private static final int OPERATIONS = 400;
    private static final int LARGEST = 400_000;

    private final RwxVolume volume = RwxVolume.create();
    private final FileSystem home = volume.mount(Mount.asRoot());

    @Test
    void aPageThatAnotherFileHadReadsAsZerosBeforeAndBehindWhatIsWritten() throws Exception {
        for (int i = 0; i < 4; i++) {
            Files.write(home.getPath("/secret-" + i), filled(4096));
            Files.delete(home.getPath("/secret-" + i));
        }

        Path file = home.getPath("/new");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 4095);
            channel.write(ByteBuffer.wrap(new byte[] {2}), 3 * 4096 + 7);
        }

        byte[] expected = new byte[3 * 4096 + 8];
        expected[4095] = 1;
        expected[3 * 4096 + 7] = 2;
        assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    }

    @Test
    void aCutInTheMiddleOfWhatWasWrittenAtOnceLeavesZerosBehindIt() throws Exception {
        OpenFile file = open("/file");
        file.write(ByteBuffer.wrap(filled(65536)), 0);

        file.truncate(3 * 4096 + 5);
        file.truncate(65536);

        byte[] expected = new byte[65536];
        Arrays.fill(expected, 0, 3 * 4096 + 5, (byte) 0x5a);
        assertThat(contents(file)).isEqualTo(expected);
        assertThat(usedPages()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void filesHoldWhatWasWrittenAndCostWhatTheyHold(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Model[] models = {new Model("/a"), new Model("/b"), new Model("/c")};

        for (int i = 0; i < OPERATIONS; i++) {
            Model model = models[random.nextInt(models.length)];
            model.change(random);
            assertThat(contents(model.file))
                    .as("seed %d, operation %d", seed, i)
                    .isEqualTo(model.expected());
            assertThat(usedPages())
                    .as("seed %d, operation %d", seed, i)
                    .isEqualTo(Arrays.stream(models)
                            .mapToLong(one -> one.pages.size())
                            .sum());
        }
    }

    /** A file, and what it ought to hold. */
    private final class Model {
        private final String path;
        private final byte[] bytes = new byte[2 * LARGEST];
        private final TreeSet<Long> pages = new TreeSet<>();
        private int size;
        private OpenFile file;

        Model(String path) throws ErrnoException {
            this.path = path;
            this.file = open(path);
        }

        void change(SplittableRandom random) throws ErrnoException {
            int kind = random.nextInt(10);
            if (kind == 0) {
                volume.syscalls(Mount.asRoot()).unlink(null, path.getBytes(StandardCharsets.US_ASCII));
                file.close();
                file = open(path);
                cut(0);
            } else if (kind <= 2) {
                int length = onTheEdge(random, LARGEST);
                file.truncate(length);
                cut(length);
            } else {
                boolean isAtEnd = kind <= 6;
                int position = isAtEnd ? size : onTheEdge(random, LARGEST);
                int count = 1 + onTheEdge(random, random.nextBoolean() ? 9000 : LARGEST - position);
                write(position, count, (byte) (1 + random.nextInt(100)));
            }
        }

        private void write(int position, int count, byte value) throws ErrnoException {
            byte[] written = new byte[count];
            Arrays.fill(written, value);
            assertThat(file.write(ByteBuffer.wrap(written), position)).isEqualTo(count);
            System.arraycopy(written, 0, bytes, position, count);
            size = Math.max(size, position + count);
            for (long page = position / 4096; page <= (position + count - 1) / 4096; page++) {
                pages.add(page);
            }
        }

        private void cut(int length) {
            Arrays.fill(bytes, length, bytes.length, (byte) 0);
            pages.tailSet((length + 4095L) / 4096).clear();
            size = length;
        }

        byte[] expected() {
            return Arrays.copyOf(bytes, size);
        }
    }

    /** A number from 0 on, often one around the borders of pages. */
    private static int onTheEdge(SplittableRandom random, int bound) {
        int any = random.nextInt(Math.max(1, bound));
        int page = any / 4096 * 4096;
        return switch (random.nextInt(4)) {
            case 0 -> page;
            case 1 -> Math.max(0, page - 1);
            case 2 -> any / 65536 * 65536;
            default -> any;
        };
    }

    private long usedPages() {
        return volume.server().tree().space().pages().used();
    }

    private OpenFile open(String path) throws ErrnoException {
        int flags = OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREAT;
        return volume.syscalls(Mount.asRoot()).open(null, path.getBytes(StandardCharsets.US_ASCII), flags, 0644);
    }

    private static byte[] contents(OpenFile file) throws ErrnoException {
        byte[] bytes = new byte[(int) file.size() + 1];
        int count = file.read(ByteBuffer.wrap(bytes), 0);
        return Arrays.copyOf(bytes, Math.max(0, count));
    }

    private static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }
}
