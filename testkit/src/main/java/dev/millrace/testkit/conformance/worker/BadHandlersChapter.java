// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.worker.Event;
import dev.millrace.worker.Health;
import dev.millrace.worker.Worker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/* Whatever a handler does to its thread or throws is one failed attempt, and nobody else's business. */
abstract class BadHandlersChapter extends WorkerChapter {
    BadHandlersChapter(WorkerContract contract) {
        super(contract);
    }

    /** A worker whose handler is bad with the first job that it gets, and good with all others. */
    private Worker startWith(Bad bad) {
        AtomicInteger times = new AtomicInteger();
        return start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            if (times.getAndIncrement() == 0) {
                bad.run();
            }
        }));
    }

    private interface Bad {
        void run() throws Exception;
    }

    private void failsOnceAndGoesOn(Bad bad, String error) {
        Worker worker = startWith(bad);
        enqueue("bad once");
        enqueue("good");
        awaitAcks(2);
        assertThat(releases()).hasSize(1);
        assertThat(events.all(Event.Failed.class))
                .singleElement()
                .satisfies(failed ->
                        assertThat(failed.failure().error().toString()).contains(error));
        assertThat(worker.health().status()).isEqualTo(Health.Status.RUNNING);
    }

    @Test
    void errorsAreFailedAttempts() {
        failsOnceAndGoesOn(
                () -> {
                    throw new AssertionError("assertion");
                },
                "assertion");
    }

    @Test
    void stackOverflowIsAFailedAttempt() {
        failsOnceAndGoesOn(() -> deeper(1), "StackOverflowError");
    }

    private static int deeper(int level) {
        return level < 0 ? 0 : 1 + deeper(level % 1_000 + 1);
    }

    @Test
    void lackOfMemoryIsAFailedAttempt() {
        failsOnceAndGoesOn(
                () -> assertThat(new long[Integer.MAX_VALUE][100_000]).isEmpty(), "OutOfMemoryError");
    }

    @Test
    void deathOfAClassIsAFailedAttempt() {
        failsOnceAndGoesOn(
                () -> {
                    throw new NoClassDefFoundError("gone");
                },
                "gone");
    }

    @Test
    void checkedExceptionInDisguiseIsAFailedAttempt() {
        failsOnceAndGoesOn(
                () -> BadHandlersChapter.<RuntimeException>sneak(new Throwable("bare throwable")), "bare throwable");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is the disguise
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void errorWhoseMessageBreaksIsAFailedAttempt() {
        startWith(() -> {
            throw new Unreadable();
        });
        enqueue("bad once");
        awaitAcks(1);
        assertThat(releases()).hasSize(1);
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("unreadable");
        }
    }

    @Test
    void handlerThatInterruptsItselfHarmsNothing() {
        startWith(() -> {
            Thread.currentThread().interrupt();
            block();
        });
        enqueue("bad once");
        enqueue("good");
        awaitAcks(2);
        assertThat(releases()).hasSize(1);
    }

    @Test
    void handlerThatLeavesItselfInterruptedIsDone() {
        start(worker().queue(queueName, 4)
                .handle(queueName, (payload, job) -> Thread.currentThread().interrupt()));
        enqueue(200);
        awaitAcks(200);
        assertThat(releases()).isEmpty();
        assertThat(events.all(Event.SettleFailed.class)).isEmpty();
    }

    @Test
    void handlerThatKeepsInterruptingItsThreadLaterHarmsNothing() {
        start(worker().queue(queueName, 4).handle(queueName, (payload, job) -> {
            Thread own = Thread.currentThread();
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < 100; i++) {
                    own.interrupt();
                    LockSupport.parkNanos(1_000);
                }
            });
        }));
        enqueue(200);
        awaitAcks(200);
    }

    @Test
    void threadLocalsOfOneJobAreNotSeenByTheNext() {
        ThreadLocal<String> local = new ThreadLocal<>();
        AtomicInteger seen = new AtomicInteger();
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> {
            seen.addAndGet(local.get() == null ? 0 : 1);
            local.set("left behind");
        }));
        enqueue(20);
        awaitAcks(20);
        assertThat(seen).hasValue(0);
    }

    @Test
    void observerThatThrowsChangesNothing() {
        start(worker().observer(event -> {
                    throw new IllegalStateException("observer is broken");
                })
                .observer(event -> {
                    throw new AssertionError("and this one too");
                })
                .queue(queueName, 2)
                .handle(queueName, (payload, job) -> {}));
        enqueue(20);
        awaitAcks(20);
        assertThat(events.all(Event.Finished.class)).hasSize(20);
    }
}
