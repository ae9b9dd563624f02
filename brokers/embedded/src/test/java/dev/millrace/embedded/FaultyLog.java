// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The log of {@code mem:}, which fails or waits on command. */
final class FaultyLog implements JobLog {
    private final MemoryLog log = new MemoryLog();
    volatile @Nullable RuntimeException failure;
    volatile @Nullable RuntimeException noRoom;
    volatile @Nullable Error errorOfReclaim;
    volatile @Nullable Error errorOfRetain;
    volatile @Nullable CountDownLatch held;
    final CountDownLatch entered = new CountDownLatch(1);

    @Override
    public long write(byte[] frame, int length, boolean durable, boolean reserve) {
        CountDownLatch wait = held;
        if (wait != null) {
            entered.countDown();
            try {
                wait.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        RuntimeException full = noRoom;
        if (full != null && !reserve) {
            throw full;
        }
        RuntimeException fails = failure;
        if (fails != null) {
            throw fails;
        }
        return log.write(frame, length, durable, reserve);
    }

    @Override
    public byte @Nullable [] read(long location, int length) {
        return log.read(location, length);
    }

    @Override
    public long retain(long location, int length) {
        Error fails = errorOfRetain;
        if (fails != null) {
            throw fails;
        }
        return log.retain(location, length);
    }

    @Override
    public void release(long location, int length) {
        log.release(location, length);
    }

    @Override
    public void reclaim() {
        Error fails = errorOfReclaim;
        if (fails != null) {
            throw fails;
        }
        log.reclaim();
    }

    @Override
    public void close() {
        log.close();
    }
}
