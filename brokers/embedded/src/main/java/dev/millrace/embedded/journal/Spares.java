// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The empty segments kept ready for the writer: one, or two while anything in the log is live. A spare is filled with
 * zeros, because space that was only reserved makes every later sync write the file's map too; or it is a segment that
 * the log has dropped, which costs nothing: that is what the second is for, so that a steady flow through the log needs
 * no new ones, however much of it waits. The housekeeper makes a spare when the writer wants it; the writer waits only if it
 * needs it before it is there.
 */
final class Spares {
    private static final List<String> NAMES = List.of("journal-spare", "journal-spare2");
    private static final String HALF_MADE = "journal-spare.tmp";
    /** Larger pieces make larger folios in the page cache, and every later small write pays for those. */
    private static final int PIECE = 1 << 16;

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Storage folder;
    private final int size;
    private final AtomicLong bytesWritten;
    private final Runnable wakeHousekeeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> ready = new ArrayDeque<>();
    private volatile int readyCount;
    private volatile boolean wanted;
    private volatile boolean stopped;
    private volatile @Nullable IOException failure;
    private volatile long failedAt;

    Spares(Storage folder, int size, AtomicLong bytesWritten, Runnable wakeHousekeeper) {
        this.folder = folder;
        this.size = size;
        this.bytesWritten = bytesWritten;
        this.wakeHousekeeper = wakeHousekeeper;
    }

    static boolean isName(String file) {
        return NAMES.contains(file);
    }

    /** Takes over what an earlier life left. */
    void find() throws IOException {
        for (String name : folder.list()) {
            if (isName(name)) {
                long found;
                try (StorageFile file = folder.openForReading(name)) {
                    found = file.size();
                }
                if (found == size) {
                    add(name);
                } else {
                    folder.delete(name);
                }
            }
        }
    }

    boolean ready() {
        return readyCount > 0;
    }

    long bytes() {
        return (long) readyCount * size;
    }

    /** Why there is none. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Asks for a spare, without waiting. */
    void want() {
        boolean tooSoon = failure != null && System.nanoTime() - failedAt < RETRY_NANOS;
        if (readyCount == 0 && !wanted && !tooSoon && !stopped) {
            wanted = true;
            wakeHousekeeper.run();
        }
    }

    /** Waits until there is a spare, or until it is clear that none can be made now. */
    boolean await() {
        want();
        lock.lock();
        try {
            while (ready.isEmpty() && wanted) {
                changed.awaitUninterruptibly();
            }
            return !ready.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a spare a segment of the log, by name. Before anything is written into it, the directory is to be synced. */
    void become(Segment segment) throws IOException {
        lock.lock();
        try {
            String name = take(1);
            if (name == null) {
                throw new IOException("the spare is gone");
            }
            folder.rename(name, segment.name());
        } catch (IOException failed) {
            fail(failed);
            throw failed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes one if there are so many. */
    private @Nullable String take(int atLeast) {
        lock.lock();
        try {
            String name = ready.size() >= atLeast ? ready.poll() : null;
            readyCount = ready.size();
            return name;
        } finally {
            lock.unlock();
        }
    }

    /** Housekeeper: makes a spare if one is wanted. */
    void make() {
        if (!stillWanted()) {
            return;
        }
        try {
            fill();
            addRenamed(HALF_MADE);
        } catch (IOException full) {
            try {
                folder.delete(HALF_MADE);
            } catch (IOException second) {
                full.addSuppressed(second);
            }
            fail(full);
        }
    }

    private boolean stillWanted() {
        lock.lock();
        try {
            wanted &= ready.isEmpty();
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private void fill() throws IOException {
        byte[] zeros = new byte[Math.min(PIECE, size)];
        try (StorageFile file = folder.create(HALF_MADE)) {
            for (long at = 0; at < size; at += zeros.length) {
                file.write(at, zeros, 0, (int) Math.min(zeros.length, size - at));
            }
            file.sync();
        }
        bytesWritten.addAndGet(size);
    }

    /** Housekeeper: keeps a dropped segment as a spare, if there is use for it; says whether it did. */
    boolean adopt(Segment dropped, boolean anythingLive) throws IOException {
        if (dropped.size != size || readyCount >= most(anythingLive)) {
            return false;
        }
        addRenamed(dropped.name());
        return true;
    }

    /* A name is free until the file is there, so nobody else may choose or take one in between. */
    private void addRenamed(String from) throws IOException {
        lock.lock();
        try {
            String name = freeName();
            folder.rename(from, name);
            add(name);
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is one more than there should be. */
    boolean tooMany(boolean anythingLive) {
        return readyCount > most(anythingLive);
    }

    /** Housekeeper: removes the one that is too many, if there is one. */
    void trim(boolean anythingLive) throws IOException {
        String excess = take(most(anythingLive) + 1);
        if (excess != null) {
            folder.delete(excess);
        }
    }

    private static int most(boolean anythingLive) {
        return anythingLive ? NAMES.size() : 1;
    }

    /** No spare comes any more; who waits gets that answer. */
    void stop() {
        stopped = true;
        fail(new IOException("the journal has stopped"));
    }

    private String freeName() {
        lock.lock();
        try {
            return ready.contains(NAMES.get(0)) ? NAMES.get(1) : NAMES.get(0);
        } finally {
            lock.unlock();
        }
    }

    private void add(String name) {
        lock.lock();
        try {
            ready.add(name);
            readyCount = ready.size();
            failure = null;
            wanted = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException why) {
        lock.lock();
        try {
            failedAt = System.nanoTime();
            failure = why;
            wanted = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
