// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A durable log of frames of bytes in a folder. A frame is written whole or not at all; it has a position in the log,
 * and so has every byte of it. The caller keeps an account of which bytes are live; segments without any are thrown away
 * from the old end.
 *
 * <p>Threads: {@link #write}, {@link #readForward}, {@link #retain}, {@link #release}, {@link #reclaim}, {@link #oldestFrames} and the use of
 * its cursor are for one thread at a time, and the caller sees to it that each sees what the last one did. {@link #read},
 * the numbers and {@link #close} are for any thread. None of it minds interrupts.
 *
 * <p>How it works: {@link LogWriter} appends to the newest {@link Segment} and moves on to a spare one that {@link
 * Spares} keeps ready; {@link Durability} knows how far the log is on the disk; {@link Disposal} removes what is dropped;
 * {@link Housekeeper} is the thread that does the slow part of these. {@link TailCache} and {@link SegmentReader} read.
 * {@link Recovery} reads everything when a folder is opened. {@link Frame} and {@link SegmentHeader} draw the format.
 */
public final class Journal implements AutoCloseable {
    private static final long EVERY_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int LEAST_SEGMENTS = 4;

    private final Storage folder;
    private final Parts parts;
    private final LogWriter writer;
    private final ReadAhead ahead;
    private final Housekeeper housekeeper;
    private final long compactFrom;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable FrameCursor cursor;

    private Journal(Storage folder, JournalOptions options, Recovered found) throws IOException {
        this.folder = folder;
        this.housekeeper = new Housekeeper(this::chores, options.sync() == Sync.EVERYSEC ? EVERY_SECOND : 0);
        this.parts = new Parts(folder, options, found, housekeeper::wake);
        this.writer = new LogWriter(parts, found.closed());
        this.ahead = new ReadAhead(parts);
        this.compactFrom = (long) LEAST_SEGMENTS * options.segmentBytes();
    }

    /**
     * Opens the log in a folder and replays it. The folder belongs to the journal from now on, also when this fails.
     *
     * @param storage the folder
     * @param options how to keep it
     * @param replay sees every frame, oldest first
     * @return the journal
     * @throws CorruptJournalException if promised bytes are damaged
     * @throws JournalException if the folder cannot be read or written, or was written by a newer version
     */
    public static Journal open(Storage storage, JournalOptions options, FrameVisitor replay) {
        boolean opened = false;
        try {
            Recovered found = new Recovery(storage, options.salvage(), replay).run();
            Journal journal = new Journal(storage, options, found);
            journal.housekeeper.start();
            opened = true;
            return journal;
        } catch (IOException failure) {
            throw new JournalException("cannot open the journal in " + storage + ": " + failure, failure);
        } finally {
            if (!opened) {
                storage.close();
            }
        }
    }

    /**
     * Says what opens every new segment: state that must survive the loss of older segments. To be set once, before the
     * first write. The frame is written when a segment begins and replayed like any other.
     *
     * @param preamble gives the payload, in the thread that writes; an empty one is left out
     */
    public void startSegmentsWith(Supplier<byte[]> preamble) {
        writer.startSegmentsWith(preamble);
    }

    /**
     * Writes one frame.
     *
     * @param payload holds what to write
     * @param offset where that begins
     * @param length how long it is
     * @param durable whether to wait, with {@link Sync#ALWAYS}, until this frame and all before it are on the disk
     * @param reserve whether the space kept back for frames that make room may be used
     * @return the log position of the payload's first byte
     * @throws JournalFullException if there is no room; nothing was written
     * @throws JournalBrokenException if writing fails or has failed before
     */
    public long write(byte[] payload, int offset, int length, boolean durable, boolean reserve) {
        return writer.write(payload, offset, length, durable, reserve);
    }

    /**
     * Reads bytes that were written, or replayed, by their position.
     *
     * @return a copy, or null if that part of the log was dropped meanwhile
     */
    public byte @Nullable [] read(long position, int length) {
        parts.health.checkOpen();
        byte[] cached = parts.cache.get(position, length);
        return cached != null ? cached : parts.reader.read(position, length);
    }

    /** The same for the one thread, which reads mostly forwards. */
    public byte @Nullable [] readForward(long position, int length) {
        parts.health.checkOpen();
        byte[] cached = parts.cache.get(position, length);
        return cached != null ? cached : ahead.read(position, length);
    }

    /** Counts bytes as live: the segment that holds the position stays. */
    public void retain(long position, int length) {
        parts.table.count(position, length);
    }

    /** Counts bytes as no longer live. */
    public void release(long position, int length) {
        parts.table.count(position, -length);
    }

    /** Drops the oldest segments while they hold nothing live, never the newest. The files go in the background. */
    public void reclaim() {
        writer.reclaim();
    }

    /** Whether the log is much larger than what lives in it, so that the oldest segment should be copied forward. */
    public boolean wantsCompaction() {
        SegmentTable table = parts.table;
        return table.logBytes() > Math.max(compactFrom, 2 * table.liveBytes());
    }

    /** The frames of the oldest segment; none if that is the newest too. Ends the last cursor given. */
    public FrameCursor oldestFrames() {
        parts.health.checkOpen();
        closeCursor();
        FrameCursor next = FrameCursor.oldest(folder, parts.table);
        cursor = next;
        return next;
    }

    /** What all files of the journal take. */
    public long bytesOnDisk() {
        return parts.table.logBytes() + parts.spares.bytes() + parts.disposal.bytes();
    }

    /** How many bytes are counted as live. */
    public long liveBytes() {
        return parts.table.liveBytes();
    }

    /** How many bytes were written to files since the journal was opened, zeros for new segments included. */
    public long bytesWritten() {
        return parts.bytesWritten.get();
    }

    private void chores(boolean tick) {
        try {
            if (!parts.health.broken()) {
                if (tick) {
                    parts.durability.syncAll();
                } else {
                    parts.durability.closeLeft();
                }
                parts.disposal.run();
                parts.spares.make();
            }
        } catch (Throwable failure) {
            parts.health.breaks(failure);
        }
        if (parts.health.broken()) {
            parts.spares.stop();
        }
    }

    /** Brings everything to the disk and gives the folder up. Nobody may be writing. Can be called twice. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        housekeeper.close();
        parts.spares.stop();
        try {
            if (!parts.health.broken()) {
                writer.close();
                parts.disposal.run();
            }
        } catch (IOException failure) {
            throw new JournalException("closing the journal in " + folder + " failed: " + failure, failure);
        } finally {
            try {
                parts.health.close();
                parts.reader.close();
                closeCursor();
                parts.durability.close();
            } finally {
                folder.close();
            }
        }
    }

    private void closeCursor() {
        if (cursor != null) {
            cursor.close();
        }
    }
}
