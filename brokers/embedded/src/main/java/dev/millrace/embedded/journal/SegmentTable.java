// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The segments of the log, oldest first, without a gap, never none. One thread changes it; any thread reads a snapshot.
 */
final class SegmentTable {
    private volatile Segment[] segments;
    private final AtomicLong logBytes = new AtomicLong();
    private final AtomicLong liveBytes = new AtomicLong();

    SegmentTable(List<Segment> segments) {
        this.segments = segments.toArray(Segment[]::new);
        for (Segment segment : segments) {
            logBytes.addAndGet(segment.size);
        }
    }

    Segment oldest() {
        return segments[0];
    }

    Segment newest() {
        Segment[] now = segments;
        return now[now.length - 1];
    }

    /** Where the log begins now. */
    long first() {
        return segments[0].base;
    }

    int count() {
        return segments.length;
    }

    long logBytes() {
        return logBytes.get();
    }

    long liveBytes() {
        return liveBytes.get();
    }

    boolean anythingLive() {
        return liveBytes.get() > 0;
    }

    /** The segment that holds a position, or null if the log does not. */
    @Nullable
    Segment find(long position) {
        Segment[] now = segments;
        Segment newest = now[now.length - 1];
        if (position >= newest.base) {
            return position < newest.end() ? newest : null;
        }
        int low = 0;
        int high = now.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (position < now[middle].end()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return position >= now[low].base ? now[low] : null;
    }

    /** Counts bytes as live, or no longer, in the segment that holds them. */
    void count(long position, int bytes) {
        Segment segment = find(position);
        if (segment == null || segment.live + bytes < 0) {
            throw new IllegalArgumentException("position " + position + " has no " + Math.abs(bytes) + " bytes to "
                    + (bytes < 0 ? "release" : "retain") + " in a log that begins at " + first());
        }
        segment.live += bytes;
        liveBytes.lazySet(liveBytes.getPlain() + bytes);
    }

    void append(Segment segment) {
        Segment[] now = segments;
        Segment[] next = new Segment[now.length + 1];
        System.arraycopy(now, 0, next, 0, now.length);
        next[now.length] = segment;
        logBytes.addAndGet(segment.size);
        segments = next;
    }

    void removeOldest() {
        Segment[] now = segments;
        Segment[] next = new Segment[now.length - 1];
        System.arraycopy(now, 1, next, 0, next.length);
        logBytes.addAndGet(-now[0].size);
        segments = next;
    }
}
