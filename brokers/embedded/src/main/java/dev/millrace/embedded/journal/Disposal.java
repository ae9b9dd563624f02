// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Throws away the files of segments that the log has dropped, in the background and oldest first. What made a segment
 * worthless (the acknowledgement, the copy of a job in a newer segment) has to be on the disk before the file is gone.
 */
final class Disposal {
    private record Dropped(Segment segment, long madeWorthlessBefore) {}

    private final Storage folder;
    private final SegmentTable table;
    private final Durability durability;
    private final Spares spares;
    private final SegmentReader reader;
    private final Queue<Dropped> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    Disposal(Storage folder, SegmentTable table, Durability durability, Spares spares, SegmentReader reader) {
        this.folder = folder;
        this.table = table;
        this.durability = durability;
        this.spares = spares;
        this.reader = reader;
    }

    /** Writer: a segment is to go. */
    void add(Segment segment, long written) {
        bytes.addAndGet(segment.size);
        waiting.add(new Dropped(segment, written));
    }

    /** How much of the disk still waits to be given back. */
    long bytes() {
        return bytes.get();
    }

    /** Housekeeper: does what there is to do. A file that cannot be removed stays first in line. */
    void run() throws IOException {
        boolean deleted = false;
        for (Dropped next = waiting.peek(); next != null; next = waiting.peek()) {
            if (durability.durable() < next.madeWorthlessBefore()) {
                durability.syncAll();
            }
            reader.forget(next.segment());
            if (!spares.adopt(next.segment(), table.anythingLive())) {
                folder.delete(next.segment().name());
                deleted = true;
            }
            waiting.remove();
            bytes.addAndGet(-next.segment().size);
        }
        if (spares.trim(table.anythingLive()) || deleted) {
            folder.syncDirectory();
        }
    }
}
