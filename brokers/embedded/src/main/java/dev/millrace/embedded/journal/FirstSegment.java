// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Begins a log in a new folder, with a small segment, so that a folder for a handful of jobs is made in no time. */
final class FirstSegment {
    private static final int MOST = 1 << 20;
    private static final String HALF_MADE = "journal-first.tmp";

    private FirstSegment() {}

    static Segment make(Storage folder, int segmentBytes, AtomicLong bytesWritten) throws IOException {
        Segment first = new Segment(0, Math.min(MOST, segmentBytes));
        byte[] content = new byte[(int) first.size];
        System.arraycopy(SegmentHeader.encode(first.base, first.size), 0, content, 0, SegmentHeader.BYTES);
        try (StorageFile file = folder.create(HALF_MADE)) {
            file.write(0, content, 0, content.length);
            file.sync();
        }
        folder.rename(HALF_MADE, first.name());
        folder.syncDirectory();
        bytesWritten.addAndGet(content.length);
        return first;
    }
}
