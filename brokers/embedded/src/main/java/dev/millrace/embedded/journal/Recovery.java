// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a log from its beginning to the first place where it cannot be read, and decides with a {@link Survey} what that
 * place is. A torn tail, bytes that no write had promised yet, is cut off: wiped on the disk, so that it cannot come
 * back behind frames written later. A damaged middle is refused, or in a salvage bridged by a frame that skips it.
 * What was read but is not known to be on the disk is forced there before anything builds on it.
 */
final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getPackageName());
    private static final int PIECE = 1 << 20;
    private static final String OWN = "journal-";
    private static final String HALF_MADE = ".tmp";
    private static final long SEALED = -1;

    private final Storage folder;
    private final boolean salvage;
    private final FrameVisitor visitor;
    private final Repair repair;
    private final List<Long> bases = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();

    private long end;
    private long durable;
    private boolean closed;

    Recovery(Storage folder, boolean salvage, FrameVisitor visitor) {
        this.folder = folder;
        this.salvage = salvage;
        this.visitor = visitor;
        this.repair = new Repair(folder);
    }

    Recovered run() throws IOException {
        for (String name : folder.list()) {
            Long base = Segment.base(name);
            if (base != null) {
                bases.add(base);
            } else if (name.startsWith(OWN) && name.endsWith(HALF_MADE)) {
                folder.delete(name);
            }
        }
        bases.sort(Comparator.naturalOrder());
        long resume = SegmentHeader.BYTES;
        for (int i = 0; i < bases.size(); ) {
            if (i > 0 && bases.get(i) != end) {
                if (!bridgeGap(i)) {
                    break;
                }
                continue;
            }
            resume = segment(i, resume);
            if (resume == SEALED) {
                resume = SegmentHeader.BYTES;
                i++;
            } else if (resume == 0) {
                break;
            }
        }
        settle();
        return new Recovered(segments, end, closed);
    }

    /**
     * Reads one segment.
     *
     * @return SEALED to go on with the next, an offset to go on from after a repair, 0 at the end of the log
     */
    private long segment(int index, long from) throws IOException {
        long base = bases.get(index);
        String name = Segment.name(base);
        try (StorageFile file = folder.openForReading(name)) {
            Segment segment = SegmentHeader.read(file, base, folder.describe(name));
            if (segment == null) {
                return brokenHeader(index);
            }
            long offset = replay(new FrameReader(file, segment, PIECE), segment, from);
            if (offset == SEALED) {
                end = segment.end();
                segments.add(segment);
                return SEALED;
            }
            return unreadable(index, segment, offset);
        }
    }

    private long replay(FrameReader frames, Segment segment, long from) throws IOException {
        long offset = from;
        while (frames.at(offset)) {
            durable = Math.max(durable, frames.durable());
            closed = frames.kind() == Frame.CLOSED;
            if (frames.kind() == Frame.DATA) {
                visitor.frame(frames.position(), frames.buffer(), frames.payloadIndex(), frames.length());
            } else if (frames.kind() == Frame.END) {
                return SEALED;
            }
            offset = frames.next();
        }
        return offset + Frame.HEADER > segment.size ? SEALED : offset;
    }

    private long unreadable(int index, Segment segment, long offset) throws IOException {
        long damage = segment.base + offset;
        Survey survey = Survey.of(folder, bases, index, offset, damage);
        if (survey.proven()) {
            bridge(segment.name(), offset, survey.resume() - damage, "a frame is broken that was safely stored");
            if (survey.resumeIndex() == index) {
                repair.skip(segment, offset, survey.resume() - segment.base);
            } else {
                repair.endAt(segment, offset);
            }
            return offset;
        }
        if (survey.resume() >= 0) {
            LOG.log(
                    Level.WARNING,
                    "{0}: dropped what a crash cut off at byte {1}; none of it had been promised",
                    folder.describe(segment.name()),
                    Long.toString(offset));
        }
        repair.dropSegments(bases, index + 1);
        repair.wipe(segment, offset, survey.claimed());
        end = damage;
        segments.add(segment);
        return 0;
    }

    private long brokenHeader(int index) throws IOException {
        Segment guessed = Survey.read(folder, bases, index);
        Survey survey = Survey.of(folder, bases, index, SegmentHeader.BYTES, guessed.base);
        if (!survey.proven()) {
            repair.dropSegments(bases, index);
            return 0;
        }
        bridge(guessed.name(), 0, SegmentHeader.BYTES, "the header is broken");
        repair.header(guessed, false);
        return SegmentHeader.BYTES;
    }

    /** A segment is missing before this one; false if the log ends there. */
    private boolean bridgeGap(int index) throws IOException {
        long found = bases.get(index);
        if (found < end) {
            throw new CorruptJournalException(
                    folder.describe(Segment.name(found)), 0, "it overlaps the segment before it");
        }
        if (!Survey.of(folder, bases, index, SegmentHeader.BYTES, end).proven()) {
            repair.dropSegments(bases, index);
            return false;
        }
        bridge(Segment.name(end), 0, found - end, "the file is missing");
        repair.header(new Segment(end, found - end), true);
        bases.add(index, end);
        return true;
    }

    private void bridge(String name, long offset, long bytes, String what) {
        String path = folder.describe(name);
        if (!salvage) {
            throw new CorruptJournalException(path, offset, what + " (" + bytes + " bytes cannot be read)");
        }
        LOG.log(
                Level.WARNING,
                "salvage of {0}: {1}; skipped {2} bytes at byte {3}",
                path,
                what,
                Long.toString(bytes),
                Long.toString(offset));
    }

    private void settle() throws IOException {
        for (Segment segment : segments) {
            if (segment.end() > durable) {
                boolean last = segment.base == segments.get(segments.size() - 1).base;
                long from = Math.max(SegmentHeader.BYTES, durable - segment.base);
                long to = last ? Math.min(segment.size, end - segment.base) : 0;
                repair.rewrite(segment, from, to);
            }
        }
    }
}
