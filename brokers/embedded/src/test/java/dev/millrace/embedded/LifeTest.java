// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Jobs.job;
import static dev.millrace.embedded.Jobs.receiver;
import static dev.millrace.embedded.Jobs.stored;
import static dev.millrace.embedded.Jobs.take;
import static dev.millrace.embedded.Jobs.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.job.QueueName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded broker promises of a job's life beyond the contract of all brokers. */
class LifeTest {
    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandClock clock = new HandClock();

    @TempDir
    private Path folder;

    private EmbeddedBroker open() {
        return EmbeddedBroker.builder().directory(folder).clock(clock).open();
    }

    @Test
    void deadLetterDoesNotExpireAndCanBeRedrivenLongAfter() {
        try (EmbeddedBroker broker = open()) {
            stored(broker, job("dead").expiringAfter(MINUTE));
            Receiver receiver = receiver(broker);
            receiver.settle(List.of(new Settlement.DeadLetter(take(receiver).getFirst(), "poison")));
        }
        clock.jump(Duration.ofHours(1));
        try (EmbeddedBroker broker = open()) {
            assertThat(broker.redrive(QUEUE, 10)).isEqualTo(1);
            clock.jump(MINUTE);
            assertThat(texts(take(receiver(broker)))).containsExactly("dead");
        }
    }

    @Test
    void jobForTheFrontGoesThereWhenItsDelayIsOver() {
        try (EmbeddedBroker broker = open()) {
            stored(broker, job("urgent").after(MINUTE).atFront());
            stored(broker, job("usual"));
            clock.jump(MINUTE);
            assertThat(texts(take(receiver(broker)))).containsExactly("urgent", "usual");
        }
    }

    @Test
    void renewedLeaseOfAJobsOwnHasItsOwnLength() {
        try (EmbeddedBroker broker = open()) {
            Duration hour = Duration.ofHours(1);
            stored(broker, job("own").with(new EmbeddedOption.Lease(hour, EmbeddedOption.LeaseClock.FROM_DELIVERY)));
            Receiver receiver = receiver(broker);
            Delivery delivery = take(receiver).getFirst();
            clock.jump(MINUTE);
            assertThat(((LeaseExtending) receiver).extend(delivery, MINUTE))
                    .contains(clock.instant().plus(hour));
        }
    }
}
