// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Frames in memory, each until nothing in it is needed. */
final class MemoryLog implements JobLog {
    private final ConcurrentSkipListMap<Long, Frame> frames = new ConcurrentSkipListMap<>();
    private long end;
    private @Nullable Frame newest;

    private static final class Frame {
        private final long start;
        private final byte[] bytes;
        private int needed;

        private Frame(long start, byte[] bytes) {
            this.start = start;
            this.bytes = bytes;
        }
    }

    /** The bytes are kept only if something in them is retained before the next frame comes. */
    @Override
    public long write(byte[] frame, int length, boolean durable, boolean reserve) {
        newest = new Frame(end, frame);
        end += length;
        return newest.start;
    }

    @Override
    public void retain(long location, int length) {
        Frame frame = newest;
        if (frame != null && frame.start <= location) {
            if (frame.needed == 0) {
                frame = new Frame(frame.start, Arrays.copyOf(frame.bytes, (int) (end - frame.start)));
                newest = frame;
                frames.put(frame.start, frame);
            }
        } else {
            frame = frames.floorEntry(location).getValue();
        }
        frame.needed++;
    }

    @Override
    public void release(long location, int length) {
        Frame frame = frames.floorEntry(location).getValue();
        if (--frame.needed == 0) {
            frames.remove(frame.start);
        }
    }

    @Override
    public byte @Nullable [] read(long location, int length) {
        Map.Entry<Long, Frame> entry = frames.floorEntry(location);
        if (entry == null) {
            return null;
        }
        int from = (int) (location - entry.getValue().start);
        byte[] bytes = entry.getValue().bytes;
        return from + length > bytes.length ? null : Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public void reclaim() {
        newest = null;
    }

    @Override
    public void close() {
        frames.clear();
    }
}
