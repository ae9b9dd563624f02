// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the frames of the oldest segment. It ends early when the log drops that segment meanwhile. For the writer
 * of the journal, who may write between two steps.
 */
public final class FrameCursor implements AutoCloseable {
    private static final int PIECE = 1 << 18;

    private final Storage folder;
    private final SegmentTable table;
    private final Segment segment;
    private @Nullable StorageFile file;
    private final @Nullable FrameReader frames;
    private long next = SegmentHeader.BYTES;

    private FrameCursor(Storage folder, SegmentTable table, Segment segment, @Nullable StorageFile file) {
        this.folder = folder;
        this.table = table;
        this.segment = segment;
        this.file = file;
        this.frames = file == null ? null : new FrameReader(file, segment, PIECE);
    }

    /** Begins at the oldest segment; with the newest, which is being written, it has no frames. */
    static FrameCursor oldest(Storage folder, SegmentTable table) {
        Segment oldest = table.oldest();
        try {
            StorageFile file = table.count() == 1 ? null : folder.openForReading(oldest.name());
            return new FrameCursor(folder, table, oldest, file);
        } catch (IOException failure) {
            throw new JournalException("cannot read " + folder.describe(oldest.name()) + ": " + failure, failure);
        }
    }

    /**
     * Goes to the next frame.
     *
     * @return false if there is none, or none any more; the cursor is closed then
     * @throws CorruptJournalException if the next frame is damaged
     */
    public boolean next() {
        try {
            while (file != null && table.first() == segment.base && read().at(next)) {
                next = read().next();
                if (read().kind() == Frame.DATA) {
                    return true;
                }
                if (read().kind() == Frame.END) {
                    close();
                    return false;
                }
            }
        } catch (IOException failure) {
            throw new JournalException("cannot read " + folder.describe(segment.name()) + ": " + failure, failure);
        }
        if (file != null && table.first() == segment.base && next + Frame.HEADER <= segment.size) {
            throw new CorruptJournalException(folder.describe(segment.name()), next, "a frame is broken");
        }
        close();
        return false;
    }

    /** The log position of the payload's first byte. */
    public long position() {
        return read().position();
    }

    /** Holds the payload, until the next step. */
    public byte[] buffer() {
        return read().buffer();
    }

    /** Where in the buffer the payload begins. */
    public int offset() {
        return read().payloadIndex();
    }

    /** How long the payload is. */
    public int length() {
        return read().length();
    }

    private FrameReader read() {
        if (frames == null) {
            throw new IllegalStateException("the cursor stands on no frame");
        }
        return frames;
    }

    /** Ends before its time. Can be called twice. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
