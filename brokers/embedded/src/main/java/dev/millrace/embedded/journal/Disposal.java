// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Throws away the files of segments that the log has dropped, in the background and oldest first. What made a segment
 * worthless (the acknowledgement, the copy of a job in a newer segment) has to be on the disk before the file is gone.
 * A file that comes back after a crash does no harm, it is read as the old part of the log that it is; so names are not
 * synced here.
 */
final class Disposal {
    private static final Logger LOG = System.getLogger(Disposal.class.getPackageName());

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
        for (Dropped next = waiting.peek(); next != null; next = waiting.peek()) {
            if (durability.durable() < next.madeWorthlessBefore()) {
                durability.syncAll();
            }
            try {
                remove(next.segment());
            } catch (IOException later) {
                LOG.log(
                        Level.WARNING,
                        "cannot remove " + folder.describe(next.segment().name()) + " now",
                        later);
                return;
            }
            waiting.remove();
            bytes.addAndGet(-next.segment().size);
        }
        spares.trim(table.anythingLive());
    }

    private void remove(Segment segment) throws IOException {
        reader.forget(segment);
        if (!spares.adopt(segment, table.anythingLive())) {
            folder.delete(segment.name());
        }
    }
}
