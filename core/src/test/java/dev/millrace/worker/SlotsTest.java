// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final long SOON = 20_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 128, 1_000})
    void everyPlaceIsClaimedOnce(int size) {
        Slots slots = new Slots(size);
        Set<Integer> claimed = new HashSet<>();
        for (int left = size; left > 0; left--) {
            assertThat(slots.available()).isEqualTo(left);
            claimed.add(slots.claim());
        }
        assertThat(claimed).hasSize(size).allMatch(slot -> slot >= 0 && slot < size);
        assertThat(slots.available()).isZero();
        assertThatIllegalStateException().isThrownBy(slots::claim);
        claimed.forEach(slots::release);
        assertThat(slots.available()).isEqualTo(size);
    }

    @Test
    void waitingEndsWhenAPlaceIsFree() {
        Slots slots = new Slots(1);
        slots.available();
        int slot = slots.claim();
        Thread.startVirtualThread(() -> slots.release(slot));
        assertThat(slots.room().await(() -> slots.available() > 0, Nanos.now() + SOON))
                .isTrue();
    }

    @Test
    void waitingEndsAtTheDeadlineAndByAnInterruptWhichStays() {
        Slots slots = new Slots(1);
        assertThat(slots.room().await(() -> false, Nanos.now() + 1_000_000)).isFalse();
        Thread.currentThread().interrupt();
        assertThat(slots.room().await(() -> false, Nanos.now() + SOON)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void noWakeUpIsLostAndNoPlaceIsTakenTwice() throws Exception {
        int size = 70;
        Slots slots = new Slots(size);
        AtomicIntegerArray users = new AtomicIntegerArray(size);
        AtomicBoolean shared = new AtomicBoolean();
        BlockingQueue<Integer> used = new ArrayBlockingQueue<>(size);
        int turns = 200_000;
        Thread[] handlers = new Thread[2];
        for (int i = 0; i < handlers.length; i++) {
            handlers[i] = Thread.ofVirtual().start(() -> {
                for (int turn = 0; turn < turns / handlers.length; turn++) {
                    int slot = taken(used);
                    users.decrementAndGet(slot);
                    slots.release(slot);
                }
            });
        }
        for (int turn = 0; turn < turns; turn++) {
            assertThat(slots.room().await(() -> slots.available() > 0, Nanos.now() + SOON))
                    .isTrue();
            int slot = slots.claim();
            shared.compareAndSet(false, users.incrementAndGet(slot) != 1);
            used.add(slot);
        }
        for (Thread handler : handlers) {
            handler.join();
        }
        assertThat(shared).isFalse();
        assertThat(slots.available()).isEqualTo(size);
    }

    private static int taken(BlockingQueue<Integer> used) {
        try {
            return used.take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
