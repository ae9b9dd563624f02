// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The parts of a journal, put together for a folder as its recovery left it. */
final class Parts {
    final Storage folder;
    final JournalOptions options;
    final Health health;
    final AtomicLong bytesWritten = new AtomicLong();
    final SegmentTable table;
    final Durability.Written current;
    final Durability durability;
    final Spares spares;
    final SegmentReader reader;
    final Disposal disposal;
    final TailCache cache;
    final Runnable wakeHousekeeper;

    Parts(Storage folder, JournalOptions options, Recovered found, Runnable wakeHousekeeper) throws IOException {
        this.folder = folder;
        this.options = options;
        this.wakeHousekeeper = wakeHousekeeper;
        health = new Health(folder.toString());
        boolean fresh = found.segments().isEmpty();
        table = new SegmentTable(
                fresh ? List.of(FirstSegment.make(folder, options.segmentBytes(), bytesWritten)) : found.segments());
        spares = new Spares(folder, options.segmentBytes(), bytesWritten, wakeHousekeeper);
        spares.find();
        Segment newest = table.newest();
        long position = fresh ? newest.base + SegmentHeader.BYTES : found.end();
        current = new Durability.Written(newest, folder.open(newest.name()));
        durability = new Durability(folder, current, position);
        reader = new SegmentReader(folder, table);
        disposal = new Disposal(folder, table, durability, spares, reader);
        cache = new TailCache(options.cacheBytes(), position);
    }
}
