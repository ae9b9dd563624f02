// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what lies behind the first place where the log cannot be read. Frames are written one after the other, so
 * an undamaged frame behind that place that says "the log was on the disk up to here", with here behind the place too,
 * proves that something was promised and is gone. Without such a proof the rest is what a crash cut off.
 *
 * @param proven whether promised bytes are damaged
 * @param resumeIndex which segment holds the first undamaged frame behind the damage
 * @param resume the log position of that frame; -1 if there is none
 * @param claimed the offset in the damaged segment up to which some header, damaged or not, claims bytes for itself
 */
record Survey(boolean proven, int resumeIndex, long resume, long claimed) {
    private static final int PIECE = 1 << 20;

    /**
     * Surveys a log.
     *
     * @param folder where it is
     * @param bases its segments
     * @param index the segment to begin in
     * @param offset the offset in that segment to begin at
     * @param damage the log position of the damage
     */
    static Survey of(Storage folder, List<Long> bases, int index, long offset, long damage) throws IOException {
        int resumeIndex = -1;
        long resume = -1;
        long claimed = offset;
        for (int i = index; i < bases.size(); i++) {
            Segment segment = read(folder, bases, i);
            try (StorageFile file = folder.openForReading(segment.name())) {
                FrameReader frames = new FrameReader(file, segment, PIECE);
                long from = i == index ? offset : SegmentHeader.BYTES;
                while (frames.find(from)) {
                    if (resume < 0) {
                        resumeIndex = i;
                        resume = segment.base + frames.offset();
                    }
                    if (frames.durable() > damage) {
                        return new Survey(true, resumeIndex, resume, claimed);
                    }
                    from = frames.next();
                }
                claimed = i == index ? Math.max(claimed, frames.claimed()) : claimed;
            }
        }
        return new Survey(false, resumeIndex, resume, claimed);
    }

    /** A segment as its header tells; if that is damaged, as its name and its file tell. */
    static Segment read(Storage folder, List<Long> bases, int index) throws IOException {
        long base = bases.get(index);
        String name = Segment.name(base);
        try (StorageFile file = folder.openForReading(name)) {
            Segment told = SegmentHeader.read(file, base, folder.describe(name));
            return told != null ? told : new Segment(base, guess(file, bases, index));
        }
    }

    private static long guess(StorageFile file, List<Long> bases, int index) throws IOException {
        @Nullable Long next = index + 1 < bases.size() ? bases.get(index + 1) : null;
        return next != null ? next - bases.get(index) : Math.max(file.size(), SegmentHeader.BYTES);
    }
}
