// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptibleTest {
    @Test
    void stopInterruptsWhoeverIsInsideAndLetsNobodyInAgain() throws Exception {
        Interruptible calls = new Interruptible();
        CountDownLatch inside = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        Thread thread = Thread.startVirtualThread(() -> {
            calls.enter();
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
            } finally {
                calls.leave();
            }
        });
        inside.await();
        calls.stop();
        thread.join();
        calls.stop();
        assertThat(interrupts).hasValue(1);
        assertThat(calls.enter()).isFalse();
    }

    @Test
    void interruptNeverHitsWhatComesAfter() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            Interruptible calls = new Interruptible();
            AtomicInteger left = new AtomicInteger();
            Thread thread = Thread.startVirtualThread(() -> {
                while (calls.enter()) {
                    calls.leave();
                    left.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                }
            });
            Thread.startVirtualThread(calls::stop).join();
            thread.join();
            assertThat(left).hasValue(0);
        }
    }
}
