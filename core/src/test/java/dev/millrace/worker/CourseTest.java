// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final class Plain extends Course {
        Plain() {
            super(7);
        }
    }

    private final Course course = new Plain();

    @Test
    void handlerBeginsAndEnds() {
        assertThat(course.isNew()).isTrue();
        assertThat(course.begun()).isEqualTo(7);
        assertThat(course.begin(8)).isTrue();
        assertThat(course.begun()).isEqualTo(8);
        assertThat(course.isRunning()).isTrue();
        assertThat(course.end()).isTrue();
        assertThat(course.cancellation()).isNull();
        assertThat(course.wasCancelled()).isFalse();
    }

    @Test
    void cancelledHandlerIsInterruptedAndEndsWithoutTheInterrupt() {
        course.begin(1);
        assertThat(course.cancel(Cancellation.TIME_LIMIT, 2)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(course.wasCancelled()).isTrue();
        assertThat(course.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(course.cancellation()).isEqualTo(Cancellation.TIME_LIMIT);
        assertThat(course.wasInterrupted()).isTrue();
    }

    @Test
    void interruptThatAHandlerLeavesIsCleared() {
        course.begin(1);
        Thread.currentThread().interrupt();
        assertThat(course.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(course.cancellation()).isNull();
    }

    @Test
    void onlyTheFirstCancellationCounts() {
        course.begin(1);
        assertThat(course.cancel(Cancellation.LEASE_LOST, 2)).isTrue();
        assertThat(course.cancel(Cancellation.STOPPING, 3)).isFalse();
        course.end();
        assertThat(course.cancellation()).isEqualTo(Cancellation.LEASE_LOST);
        assertThat(course.cancelledAt()).isEqualTo(2);
    }

    @Test
    void cancelledBeforeItBeganItNeverBegins() {
        assertThat(course.cancel(Cancellation.STOPPING, 2)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(course.begin(3)).isFalse();
        assertThat(course.end()).isTrue();
        assertThat(course.wasInterrupted()).isFalse();
    }

    @Test
    void endedHandlerCannotBeCancelled() {
        course.begin(1);
        course.end();
        assertThat(course.cancel(Cancellation.TIME_LIMIT, 2)).isFalse();
        assertThat(course.abandon()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void onlyACancelledHandlerIsAbandonedAndThenNobodyAsksIt() {
        course.begin(1);
        assertThat(course.abandon()).isFalse();
        course.cancel(Cancellation.TIME_LIMIT, 2);
        assertThat(course.abandon()).isTrue();
        assertThat(course.abandon()).isFalse();
        assertThat(course.end()).isFalse();
        assertThat(course.wasCancelled()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoeverRacesExactlyOneSpeaksForTheJobAndNoInterruptIsLeft() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            race();
        }
    }

    private static void race() throws Exception {
        Course raced = new Plain();
        CyclicBarrier line = new CyclicBarrier(3);
        AtomicInteger words = new AtomicInteger();
        AtomicInteger interrupts = new AtomicInteger();
        Thread handler = Thread.startVirtualThread(() -> {
            cross(line);
            raced.begin(1);
            if (raced.end()) {
                words.incrementAndGet();
                interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            }
        });
        Thread watchman = Thread.startVirtualThread(() -> {
            cross(line);
            raced.cancel(Cancellation.TIME_LIMIT, 2);
            words.addAndGet(raced.abandon() ? 1 : 0);
        });
        Thread drain = Thread.startVirtualThread(() -> {
            cross(line);
            raced.cancel(Cancellation.STOPPING, 3);
            words.addAndGet(raced.abandon() ? 1 : 0);
        });
        handler.join();
        watchman.join();
        drain.join();
        assertThat(words).hasValue(1);
        assertThat(interrupts).hasValue(0);
    }

    private static void cross(CyclicBarrier line) {
        try {
            line.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
