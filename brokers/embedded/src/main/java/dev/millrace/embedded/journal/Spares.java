// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one empty segment kept ready for the writer. It is filled with zeros, because space that was only reserved makes
 * every later sync write the file's map too; or it is a segment that the log has dropped, which costs nothing. The
 * housekeeper makes it when the writer wants it; the writer waits only if it needs it before it is there.
 */
final class Spares {
    static final String NAME = "spare";
    private static final String HALF_MADE = "spare.tmp";
    private static final int PIECE = 1 << 20;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private enum State {
        NONE,
        WANTED,
        READY,
        FAILED
    }

    private final Storage folder;
    private final int size;
    private final AtomicLong bytesWritten;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile State state = State.NONE;
    private volatile @Nullable IOException failure;
    private volatile long failedAt;
    private Runnable housekeeper = () -> {};

    Spares(Storage folder, int size, AtomicLong bytesWritten) {
        this.folder = folder;
        this.size = size;
        this.bytesWritten = bytesWritten;
    }

    /** Takes over what an earlier life left. */
    void start(Runnable wakeHousekeeper) throws IOException {
        housekeeper = wakeHousekeeper;
        if (folder.list().contains(NAME)) {
            long found;
            try (StorageFile file = folder.openForReading(NAME)) {
                found = file.size();
            }
            if (found == size) {
                become(State.READY, null);
            } else {
                folder.delete(NAME);
            }
        }
    }

    /** Asks for a spare, without waiting. */
    void want() {
        State now = state;
        if (now == State.NONE || (now == State.FAILED && System.nanoTime() - failedAt > RETRY_NANOS)) {
            become(State.WANTED, null);
            housekeeper.run();
        }
    }

    boolean ready() {
        return state == State.READY;
    }

    /** Waits until there is a spare, or until it is clear that none can be made now. */
    boolean await() {
        want();
        lock.lock();
        try {
            while (state == State.WANTED) {
                changed.awaitUninterruptibly();
            }
            return state == State.READY;
        } finally {
            lock.unlock();
        }
    }

    /** Why there is none. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Makes the spare a segment of the log, by name. Before anything is written into it, the directory is to be synced. */
    void become(Segment segment) throws IOException {
        try {
            folder.rename(NAME, segment.name());
            become(State.NONE, null);
        } catch (IOException failed) {
            fail(failed);
            throw failed;
        }
    }

    /** Housekeeper: makes a spare if one is wanted. */
    void make() {
        if (state != State.WANTED) {
            return;
        }
        try {
            fill();
            folder.rename(HALF_MADE, NAME);
            become(State.READY, null);
        } catch (IOException full) {
            try {
                folder.delete(HALF_MADE);
            } catch (IOException second) {
                full.addSuppressed(second);
            }
            fail(full);
        }
    }

    private void fail(IOException why) {
        failedAt = System.nanoTime();
        become(State.FAILED, why);
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

    /** Housekeeper: keeps a dropped segment as the spare, if there is need; says whether it did. */
    boolean adopt(Segment dropped) throws IOException {
        if (dropped.size != size || state == State.READY) {
            return false;
        }
        folder.rename(dropped.name(), NAME);
        become(State.READY, null);
        return true;
    }

    /** No spare comes any more; who waits gets that answer. */
    void stop() {
        if (state == State.WANTED) {
            become(State.FAILED, new IOException("the journal is closed"));
        }
    }

    long bytes() {
        return state == State.READY ? size : 0;
    }

    private void become(State next, @Nullable IOException why) {
        lock.lock();
        try {
            failure = why;
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
