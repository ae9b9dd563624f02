// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps in memory what is needed of each frame, record by record. */
final class MemoryLog implements JobLog {
    private static final byte[] NOTHING = {};

    private final Map<Long, byte[]> records = new ConcurrentHashMap<>();
    private byte[] newest = NOTHING;
    private long start;
    private long end;

    /** The bytes are there until the next frame comes; what is retained by then is kept. */
    @Override
    public long write(byte[] frame, int length, boolean durable, boolean reserve) {
        newest = frame;
        start = end;
        end += length;
        return start;
    }

    @Override
    public void retain(long location, int length) {
        int from = Math.toIntExact(location - start);
        records.put(location, Arrays.copyOfRange(newest, from, from + length));
    }

    @Override
    public void release(long location, int length) {
        records.remove(location);
    }

    @Override
    public byte @Nullable [] read(long location, int length) {
        return records.get(location);
    }

    @Override
    public void reclaim() {
        newest = NOTHING;
    }

    @Override
    public void close() {
        records.clear();
    }
}
