package com.cocalc.storage.rwx.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A regular file: the blocks and attributes that the disk has, and what happened since. Of the changes of attributes
 * (the size is one) a crash keeps the first, of the blocks written any. Cutting a file gives up blocks, and what is
 * written there later gets others: so it divides time into spans, and blocks of a span are on the disk only if the cut
 * before it is.
 */
final class DiskFile extends DiskNode {
    /** With more cuts than this, the oldest are one. */
    private static final int MOST_SPANS = 64;

    private final SortedMap<Long, byte[]> blocks = new TreeMap<>();
    private final List<Span> spans = new ArrayList<>();
    private SavedAttributes attributes;
    /** Where the last span's blocks can still be read; null when the file is gone. */
    private @Nullable FileNode live;

    /** From one cut to the next. The first step of each but the first is the cut. */
    private static final class Span {
        private final List<SavedAttributes> steps = new ArrayList<>();
        /** The size that the file was cut to before, and all that it was cut to in spans that became one with this. */
        private long cutTo = Long.MAX_VALUE;

        /** Numbers of blocks written; when the span is over, with what they held. Null: a hole. */
        private final SortedMap<Long, byte @Nullable []> written = new TreeMap<>();
    }

    DiskFile(FileNode file) {
        super(file.ino);
        this.live = file;
        this.attributes = SavedAttributes.of(file);
        this.spans.add(new Span());
        copyAll(file);
    }

    private void copyAll(FileNode file) {
        for (long number = file.nextPage(0); number >= 0; number = file.nextPage(number + 1)) {
            put(blocks, number, copy(number));
        }
    }

    private Span last() {
        return spans.get(spans.size() - 1);
    }

    @Override
    void changed(SavedAttributes now) {
        List<SavedAttributes> steps = last().steps;
        int end = steps.size() - 1;
        if (end >= 0 && steps.get(end).isSameButForTimes(now)) {
            steps.set(end, now);
        } else {
            steps.add(now);
        }
        if (steps.size() == 1 && spans.size() > 1) {
            last().cutTo = now.size();
        }
        if (steps.size() > 2 * DiskDirectory.SINGLE_STEPS) {
            steps.subList(1, DiskDirectory.SINGLE_STEPS).clear();
        }
    }

    void wrote(long position, int count, SavedAttributes now) {
        long lastNumber = (position + count - 1) >>> Pages.SHIFT;
        for (long number = position >>> Pages.SHIFT; number <= lastNumber; number++) {
            last().written.put(number, null);
        }
        changed(now);
    }

    /** The file is about to lose everything from this size on. */
    void cutting() {
        finishSpan();
        spans.add(new Span());
        if (spans.size() > MOST_SPANS) {
            mergeOldest();
        }
    }

    /** Makes one of the oldest two spans that a cut came before: a crash keeps both cuts or none. */
    private void mergeOldest() {
        Span older = spans.remove(1);
        Span younger = spans.get(1);
        SortedMap<Long, byte[]> left = new TreeMap<>();
        older.written.forEach((number, block) -> put(left, number, block));
        cut(left, younger.cutTo);
        for (long number : older.written.keySet()) {
            boolean isHole = older.written.get(number) == null;
            if (!younger.written.containsKey(number) && (isHole || left.containsKey(number))) {
                younger.written.put(number, left.get(number));
            }
        }
        younger.cutTo = Math.min(older.cutTo, younger.cutTo);
    }

    /** The file is about to go, but the disk may not know that yet. */
    void evicted() {
        finishSpan();
        live = null;
    }

    private void finishSpan() {
        if (live != null) {
            last().written.replaceAll((number, none) -> copy(number));
        }
    }

    private byte @Nullable [] copy(long number) {
        FileNode file = live;
        if (file == null) {
            return last().written.get(number);
        }
        return file.copyOfPage(number);
    }

    /** fsync(2) with attributes, fdatasync(2) without: then the size is forced alone. */
    void force(boolean isWithAttributes, SavedAttributes now) {
        for (Span span : spans) {
            if (span != spans.get(0)) {
                cut(blocks, span.cutTo);
            }
            for (long number : span.written.keySet()) {
                put(blocks, number, copy(number));
            }
        }
        cut(blocks, now.size());
        Span rest = new Span();
        if (isWithAttributes) {
            attributes = now;
        } else {
            attributes = attributes.withSize(now.size());
            spans.forEach(span -> span.steps.forEach(step -> rest.steps.add(step.withSize(now.size()))));
        }
        spans.clear();
        spans.add(rest);
    }

    FileNode survivor(Chances chances) {
        int kept =
                chances.upTo(spans.stream().mapToInt(span -> span.steps.size()).sum());
        Chances.Coin coin = chances.coin();
        SortedMap<Long, byte[]> left = new TreeMap<>(blocks);
        SavedAttributes then = attributes;
        for (Span span : spans) {
            if (span != spans.get(0)) {
                if (kept == 0) {
                    break;
                }
                cut(left, span.cutTo);
            }
            span.written.forEach((number, finished) -> {
                if (coin.isHeads()) {
                    put(left, number, span == last() ? copy(number) : finished);
                }
            });
            int of = Math.min(kept, span.steps.size());
            then = of == 0 ? then : span.steps.get(of - 1);
            kept -= of;
        }
        cut(left, then.size());
        return file(then, left);
    }

    private FileNode file(SavedAttributes then, Map<Long, byte[]> left) {
        FileNode file = new FileNode(ino, 0, 0, 0, 0);
        Space unlimited = new Space(Budget.UNLIMITED, Budget.UNLIMITED);
        left.forEach((number, block) -> {
            long start = number << Pages.SHIFT;
            file.write(ByteBuffer.wrap(block, 0, (int) Math.min(block.length, then.size() - start)), start, unlimited);
        });
        file.resize(then.size(), unlimited);
        then.giveTo(file);
        return file;
    }

    private static void put(Map<Long, byte[]> blocks, long number, byte @Nullable [] block) {
        if (block == null) {
            blocks.remove(number);
        } else {
            blocks.put(number, block);
        }
    }

    /** Drops what lies behind this size; the rest of the last block reads as zeros. */
    private static void cut(SortedMap<Long, byte[]> blocks, long size) {
        long whole = size >>> Pages.SHIFT;
        int tail = (int) size & Pages.SIZE - 1;
        byte[] block = tail == 0 ? null : blocks.get(whole);
        blocks.tailMap(whole).clear();
        if (block != null) {
            blocks.put(whole, Arrays.copyOf(block, Math.min(tail, block.length)));
        }
    }
}
