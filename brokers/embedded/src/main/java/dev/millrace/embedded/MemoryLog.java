// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Keeps in memory what is needed of each frame, record by record, in a table of pages: a record lies at its place there
 * from the moment at which it is retained. One thread writes; any thread reads, without a lock. A reader who comes too
 * late may find another record in the same place: it says whose it is.
 */
final class MemoryLog implements JobLog {
    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(byte[][].class);
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final byte[] NOTHING = {};
    private static final int[] NO_PLACES = {};
    /** What an array takes beside its bytes, with the reference to it. */
    private static final int OVERHEAD = 24;

    private volatile byte[][][] pages = new byte[0][][];
    private int[] free = NO_PLACES;
    private int freeCount;
    private int used;
    private int live;
    private long bytes;
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
    public long retain(long location, int length) {
        int from = Math.toIntExact(location - start);
        byte[] record = Arrays.copyOfRange(newest, from, from + length);
        int place = freeCount > 0 ? free[freeCount - 1] : used;
        if (place >>> PAGE_BITS == pages.length) {
            byte[][][] more = Arrays.copyOf(pages, pages.length + 1);
            more[pages.length] = new byte[PAGE][];
            pages = more;
        }
        if (freeCount > 0) {
            freeCount--;
        } else {
            used++;
        }
        PLACES.setRelease(pages[place >>> PAGE_BITS], place & (PAGE - 1), record);
        live++;
        bytes += record.length + OVERHEAD;
        return place;
    }

    @Override
    public void release(long location, int length) {
        int place = (int) location;
        if (place >= used) {
            return;
        }
        PLACES.setRelease(pages[place >>> PAGE_BITS], place & (PAGE - 1), (byte[]) null);
        bytes -= length + OVERHEAD;
        if (--live == 0) {
            clear();
            return;
        }
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(1024, freeCount * 2));
        }
        free[freeCount++] = place;
    }

    private void clear() {
        if (pages.length > 1) {
            pages = Arrays.copyOf(pages, 1);
            free = NO_PLACES;
        }
        freeCount = 0;
        used = 0;
    }

    @Override
    public byte @Nullable [] read(long location, int length) {
        byte[][][] now = pages;
        int page = (int) (location >>> PAGE_BITS);
        return page < now.length ? (byte[]) PLACES.getAcquire(now[page], (int) location & (PAGE - 1)) : null;
    }

    @Override
    public long memoryBytes() {
        return bytes;
    }

    @Override
    public void reclaim() {
        newest = NOTHING;
    }

    @Override
    public void close() {
        live = 0;
        used = 0;
        pages = new byte[0][][];
    }
}
