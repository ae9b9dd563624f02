// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Jobs.LEASE;
import static dev.millrace.embedded.Jobs.ack;
import static dev.millrace.embedded.Jobs.job;
import static dev.millrace.embedded.Jobs.receiver;
import static dev.millrace.embedded.Jobs.stored;
import static dev.millrace.embedded.Jobs.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.embedded.EmbeddedOption.LeaseClock;
import dev.millrace.job.BrokerOption;
import dev.millrace.job.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedOptionTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandClock clock = new HandClock();

    @TempDir
    private Path folder;

    private EmbeddedBroker broker = EmbeddedBroker.builder().clock(clock).open();

    @AfterEach
    void close() {
        broker.close();
    }

    private static Job leased(LeaseClock from) {
        return job("own lease").with(new EmbeddedOption.Lease(MINUTE, from));
    }

    private Instant leaseEnd() {
        List<Delivery> taken = take(receiver(broker));
        assertThat(taken).hasSize(1);
        return taken.getFirst().leaseUntil().orElseThrow();
    }

    @Test
    void leaseFromDeliveryIsWholeForEveryWorker() {
        stored(broker, leased(LeaseClock.FROM_DELIVERY));
        clock.jump(Duration.ofSeconds(150));
        assertThat(leaseEnd()).isEqualTo(clock.instant().plus(MINUTE));
    }

    @Test
    void leaseFromQueueingEndsInStepsFromWhenTheJobWasReady() {
        stored(broker, leased(LeaseClock.FROM_QUEUEING));
        Instant ready = clock.instant();
        clock.jump(Duration.ofSeconds(150));
        assertThat(leaseEnd()).isEqualTo(ready.plus(Duration.ofMinutes(3)));
    }

    @Test
    void jobsWithoutTheOptionHaveTheLeaseOfTheirReceiver() {
        stored(broker, job("plain"));
        assertThat(leaseEnd()).isEqualTo(clock.instant().plus(LEASE));
    }

    @Test
    void ownLeaseOutlivesARestart() {
        broker.close();
        broker = EmbeddedBroker.builder().directory(folder).clock(clock).open();
        stored(broker, leased(LeaseClock.FROM_DELIVERY));
        broker.close();
        broker = EmbeddedBroker.builder().directory(folder).clock(clock).open();
        assertThat(leaseEnd()).isEqualTo(clock.instant().plus(MINUTE));
    }

    @Test
    void fullQueueRefusesUntilAJobIsDone() {
        Job limited = job("limited").with(new EmbeddedOption.QueueLimit(2));
        stored(broker, limited);
        stored(broker, limited.after(MINUTE));
        assertThat(broker.send(List.of(limited)).getFirst())
                .isInstanceOfSatisfying(EnqueueResult.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(EnqueueResult.Reason.QUEUE_FULL);
                    assertThat(refused.detail()).contains("q").contains("2");
                });
        Receiver receiver = receiver(broker);
        ack(receiver, take(receiver));
        stored(broker, limited);
    }

    @Test
    void limitOfTheBrokerHoldsForEveryQueueByItself() {
        try (EmbeddedBroker limited = EmbeddedBroker.builder().queueLimit(1).open()) {
            stored(limited, job("first"));
            assertThat(limited.send(List.of(job("second"))).getFirst()).isInstanceOf(EnqueueResult.Refused.class);
            stored(limited, Job.of("other", job("x").payload()));
        }
    }

    @Test
    void optionOfAnotherBrokerIsRefusedBeforeAnythingIsSent() {
        record Foreign(String broker) implements BrokerOption {}
        assertThatThrownBy(() -> broker.send(List.of(job("a"), job("b").with(new Foreign("disque")))))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("disque");
        assertThat(broker.queues()).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddedOption.Lease(Duration.ZERO, LeaseClock.FROM_DELIVERY));
        assertThatIllegalArgumentException().isThrownBy(() -> new EmbeddedOption.QueueLimit(0));
    }
}
