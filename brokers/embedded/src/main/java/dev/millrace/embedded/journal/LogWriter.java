// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import dev.millrace.embedded.journal.Durability.Written;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the log; for one thread at a time. A frame that does not fit goes into the next segment, which the spare
 * becomes; every segment keeps room for its end mark. The order at a change of segments: the spare gets its name, and
 * the name is on the disk before anything is written into the file, so that no content of this log can hide in a file
 * that a restart takes for empty; then the old segment gets its end mark and is synced; then the new one opens with its
 * preamble. What can fail for want of space comes before the first change, and fails with {@link JournalFullException}.
 * What fails later breaks the journal.
 *
 * <p>The last quarter of a segment is kept for frames that may use the reserve, unless the next segment is there.
 */
final class LogWriter {
    private static final String HALF_MADE = "journal-large.tmp";
    private static final byte[] NOTHING = {};
    private static final int RESERVE = 4;

    private final Parts parts;
    private final Durability durability;
    private final Spares spares;
    private final FrameWriter frames;
    private final boolean always;
    private final int segmentBytes;

    private Supplier<byte[]> preamble = () -> NOTHING;
    private Segment segment;
    private long offset;
    private boolean closedInOrder;

    LogWriter(Parts parts, boolean closedInOrder) {
        this.parts = parts;
        this.durability = parts.durability;
        this.spares = parts.spares;
        this.frames = new FrameWriter(parts.current, parts.bytesWritten);
        this.segment = parts.current.segment();
        this.offset = durability.written() - segment.base;
        this.always = parts.options.sync() == Sync.ALWAYS;
        this.segmentBytes = parts.options.segmentBytes();
        this.closedInOrder = closedInOrder;
    }

    void startSegmentsWith(Supplier<byte[]> bytes) {
        preamble = bytes;
    }

    long write(byte[] payload, int from, int length, boolean durable, boolean reserve) {
        Objects.checkFromIndexSize(from, length, payload.length);
        if (length > Frame.LONGEST) {
            throw new IllegalArgumentException("a frame holds up to " + Frame.LONGEST + " bytes, not " + length);
        }
        parts.health.checkWritable();
        try {
            closedInOrder = false;
            byte[] opening = offset == SegmentHeader.BYTES ? preamble.get() : NOTHING;
            if (!fits(opening, length)) {
                opening = preamble.get();
                long alone = SegmentHeader.BYTES + framed(opening) + Frame.size(length) + Frame.HEADER;
                if (alone > segmentBytes) {
                    return large(opening, payload, from, length);
                }
                roll();
            } else {
                keepReserve(framed(opening) + Frame.size(length), reserve);
            }
            open(opening);
            long position = append(payload, from, length);
            if (durable && always) {
                sync();
            }
            return position;
        } catch (IOException failure) {
            throw parts.health.breaks(failure);
        }
    }

    private boolean fits(byte[] opening, int length) {
        return offset + framed(opening) + Frame.size(length) + Frame.HEADER <= segment.size;
    }

    private static long framed(byte[] opening) {
        return opening.length == 0 ? 0 : Frame.size(opening.length);
    }

    private void keepReserve(long needed, boolean reserve) {
        long used = offset + needed;
        if (used * 2 >= segment.size) {
            spares.want();
            if (!reserve && (segment.size - used) * RESERVE < segment.size) {
                requireSpare();
            }
        }
    }

    private void requireSpare() {
        if (!spares.await()) {
            throw full(spares.failure());
        }
    }

    private JournalFullException full(@Nullable Throwable cause) {
        return new JournalFullException(
                "no room for more in " + parts.folder + " (" + cause
                        + "): nothing was written; free space on the disk, or let workers finish jobs",
                cause);
    }

    private void open(byte[] opening) throws IOException {
        if (opening.length > 0) {
            append(opening, 0, opening.length);
        }
    }

    private long append(byte[] payload, int from, int length) throws IOException {
        long position = segment.base + offset + Frame.HEADER;
        offset = frames.data(offset, durability.durable(), payload, from, length);
        parts.cache.put(position, payload, from, length);
        durability.wrote(segment.base + offset);
        return position;
    }

    private void sync() throws IOException {
        frames.sync();
        durability.reached(segment.base + offset);
    }

    /** Goes on in the spare. */
    private void roll() throws IOException {
        requireSpare();
        Segment next = new Segment(segment.end(), segmentBytes);
        try {
            spares.become(next);
        } catch (IOException failure) {
            throw full(failure);
        }
        parts.folder.syncDirectory();
        endSegment();
        Written target = new Written(next, parts.folder.open(next.name()));
        frames.into(target);
        frames.header(next.size);
        moveTo(target, SegmentHeader.BYTES);
        if (always) {
            sync();
        }
    }

    private void endSegment() throws IOException {
        if (offset + Frame.HEADER <= segment.size) {
            frames.mark(Frame.END, offset, durability.durable());
        }
        offset = segment.size;
        if (always) {
            sync();
        }
    }

    private void moveTo(Written target, long at) {
        segment = target.segment();
        offset = at;
        parts.table.append(segment);
        durability.moveTo(target);
        durability.wrote(segment.base + at);
        parts.wakeHousekeeper.run();
    }

    /** Writes a frame that is larger than a segment into one of its own, which gets its name when it is whole. */
    private long large(byte[] opening, byte[] payload, int from, int length) throws IOException {
        spares.want();
        requireSpare();
        long size = SegmentHeader.BYTES + framed(opening) + Frame.size(length) + Frame.HEADER;
        Segment next = new Segment(segment.end(), size);
        long start = SegmentHeader.BYTES + framed(opening);
        try (StorageFile file = parts.folder.create(HALF_MADE)) {
            FrameWriter own = new FrameWriter(new Written(next, file), parts.bytesWritten);
            long durable = durability.durable();
            own.header(size);
            if (opening.length > 0) {
                own.data(SegmentHeader.BYTES, durable, opening, 0, opening.length);
            }
            own.mark(Frame.END, own.data(start, durable, payload, from, length), durable);
            own.sync();
        } catch (IOException failure) {
            deleteHalfMade(failure);
            throw full(failure);
        }
        endSegment();
        parts.folder.rename(HALF_MADE, next.name());
        parts.folder.syncDirectory();
        Written target = new Written(next, parts.folder.open(next.name()));
        frames.into(target);
        moveTo(target, size);
        if (always) {
            durability.reached(next.end());
        }
        long position = next.base + start + Frame.HEADER;
        parts.cache.put(position, payload, from, length);
        return position;
    }

    private void deleteHalfMade(IOException failure) {
        try {
            parts.folder.delete(HALF_MADE);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    /** Drops the oldest segments while they hold nothing live; never the newest. */
    void reclaim() {
        SegmentTable table = parts.table;
        if (table.oldest().live != 0 || parts.health.broken()) {
            return;
        }
        leaveLargeSegment();
        boolean dropped = false;
        while (offset > SegmentHeader.BYTES && table.count() > 1 && table.oldest().live == 0) {
            parts.disposal.add(table.oldest(), durability.written());
            table.removeOldest();
            dropped = true;
        }
        if (dropped || spares.tooMany(table.anythingLive())) {
            parts.wakeHousekeeper.run();
        }
    }

    /** A segment of a single large frame has no room for more; if that frame is over, nothing should hold it. */
    private void leaveLargeSegment() {
        if (segment.live == 0 && segment.size > segmentBytes && offset == segment.size && spares.ready()) {
            parts.health.checkWritable();
            try {
                byte[] opening = preamble.get();
                if (SegmentHeader.BYTES + framed(opening) + Frame.HEADER <= segmentBytes) {
                    roll();
                    open(opening);
                }
            } catch (IOException failure) {
                throw parts.health.breaks(failure);
            }
        }
    }

    /** Brings everything to the disk and says so in the log. */
    void close() throws IOException {
        durability.syncAll();
        if (!closedInOrder && offset + Frame.HEADER <= segment.size) {
            offset = frames.mark(Frame.CLOSED, offset, segment.base + offset);
            durability.wrote(segment.base + offset);
            sync();
        }
    }
}
