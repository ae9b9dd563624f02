// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Jobs.job;
import static dev.millrace.embedded.Jobs.receiver;
import static dev.millrace.embedded.Jobs.stored;
import static dev.millrace.embedded.Jobs.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Settlement;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that kills its worker each time does not do so for ever. */
class PoisonTest {
    private static final QueueName QUEUE = new QueueName("q");

    @TempDir
    private Path folder;

    private EmbeddedBroker open() {
        return EmbeddedBroker.builder().directory(folder).open();
    }

    @Test
    void jobThatUsedItsAttemptsUpWithoutAWordIsADeadLetter() {
        enqueue("poison");
        dieWithTheJob();
        assertThat(handled(1)).isEqualTo(1);
        enqueue("poison too");
        dieWithTheJob();
        dieWithTheJob();
        assertThat(handled(0)).isZero();
        try (EmbeddedBroker broker = open()) {
            assertThat(broker.dead(QUEUE, 10))
                    .singleElement()
                    .satisfies(glimpse -> assertThat(glimpse.headers().get(Settlement.REASON_HEADER))
                            .contains("attempt 3 of at most 2"));
        }
    }

    private void enqueue(String text) {
        try (EmbeddedBroker broker = open()) {
            stored(broker, job(text));
        }
    }

    /** A worker takes the job, and is never heard of again. */
    private void dieWithTheJob() {
        try (EmbeddedBroker broker = open()) {
            assertThat(take(receiver(broker))).hasSize(1);
        }
    }

    /** How many jobs a worker with two attempts handles until the queue is empty. */
    private int handled(int expected) {
        AtomicInteger count = new AtomicInteger();
        try (EmbeddedBroker broker = open();
                Worker worker = Worker.on(broker)
                        .queue("q", 1)
                        .handle("q", (payload, context) -> count.incrementAndGet())
                        .retry(RetryPolicy.fixed(Duration.ZERO).upTo(2))
                        .start()) {
            WaitFor.until(
                    "the queue is empty",
                    () -> broker.queues().stream()
                            .allMatch(status -> status.ready().orElse(1) == 0
                                    && status.leased().orElse(1) == 0));
            WaitFor.until("all were handled", () -> count.get() >= expected);
            worker.drain(Duration.ofSeconds(5));
        }
        return count.get();
    }
}
