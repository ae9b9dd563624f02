// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows up to where the log is written, and up to where it is on the disk. The writer syncs the segment that it writes;
 * here the rest is done, in the background: handles of segments left behind are closed, and everything is synced once a
 * second or before old segments are thrown away. One thread at a time calls {@link #syncAll}, {@link #closeLeft} and
 * {@link #close}: the housekeeper, and at the end whoever closes the journal.
 */
final class Durability {
    /** A segment and the writer's handle on it. */
    record Written(Segment segment, StorageFile file) {}

    private final Storage folder;
    private final AtomicLong durable;
    private final Queue<Written> left = new ConcurrentLinkedQueue<>();
    private final Queue<Segment> closedUnsynced = new ArrayDeque<>();
    private volatile Written current;
    private volatile long written;

    Durability(Storage folder, Written current, long position) {
        this.folder = folder;
        this.current = current;
        this.written = position;
        this.durable = new AtomicLong(position);
    }

    /** Everything before this position can be read. */
    long written() {
        return written;
    }

    /** Everything before this position is on the disk. */
    long durable() {
        return durable.get();
    }

    /** Writer: everything before a position is written, and if it lies in another segment, the writer has moved there. */
    void wrote(long position) {
        written = position;
    }

    /** Everything before a position is on the disk. */
    void reached(long position) {
        durable.accumulateAndGet(position, Math::max);
    }

    /** Writer: goes on in another segment, and leaves the handle of the last one to others. */
    void moveTo(Written next) {
        left.add(current);
        current = next;
    }

    /** Closes the handles of segments left behind, so that they do not pile up. */
    void closeLeft() {
        for (Written one = left.poll(); one != null; one = left.poll()) {
            one.file().close();
            if (one.segment().end() > durable.get()) {
                closedUnsynced.add(one.segment());
            }
        }
    }

    /**
     * Brings everything that was written before this call to the disk. Segments that the log has dropped are no
     * exception: as long as their files are there, a restart reads them.
     */
    void syncAll() throws IOException {
        long end = written;
        Written newest = current;
        if (end <= durable.get()) {
            return;
        }
        for (Segment segment = closedUnsynced.poll(); segment != null; segment = closedUnsynced.poll()) {
            try (StorageFile file = folder.open(segment.name())) {
                file.sync();
            }
        }
        boolean newestWasLeft = false;
        for (Written one = left.poll(); one != null; one = left.poll()) {
            one.file().sync();
            one.file().close();
            newestWasLeft |= one.segment().base == newest.segment().base;
        }
        if (!newestWasLeft) {
            newest.file().sync();
        }
        reached(end);
    }

    void close() {
        closeLeft();
        current.file().close();
    }
}
