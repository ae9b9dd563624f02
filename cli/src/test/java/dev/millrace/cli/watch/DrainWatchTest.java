// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.producer.Producer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrainWatchTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void readyWaitingAndLeasedJobsAreSomethingLeftToDo() throws InterruptedException {
        try (Broker broker = Brokers.open("mem:")) {
            DrainWatch watch = DrainWatch.of(broker, Set.of(new QueueName("a")));
            assertThat(watch.isEmpty()).isTrue();

            Producer.to(broker).enqueue(Job.of("a", Payload.text("now")));
            assertThat(watch.isEmpty()).isFalse();
            try (Receiver receiver = broker.receiver(Subscription.to("a", 1, MINUTE))) {
                List<Delivery> leased = receiver.receive(1, MINUTE);
                assertThat(watch.isEmpty()).isFalse();
                receiver.settle(List.of(new Settlement.Ack(leased.getFirst())));
            }
            assertThat(watch.isEmpty()).isTrue();

            Producer.to(broker).enqueue(Job.of("a", Payload.text("later")).after(MINUTE));
            assertThat(watch.isEmpty()).isFalse();
        }
    }

    @Test
    void deadLettersAndOtherQueuesAreNot() throws InterruptedException {
        try (Broker broker = Brokers.open("mem:");
                Receiver receiver = broker.receiver(Subscription.to("a", 1, MINUTE))) {
            Producer.to(broker).enqueue(Job.of("a", Payload.text("x")));
            Producer.to(broker).enqueue(Job.of("b", Payload.text("x")));
            Delivery delivery = receiver.receive(1, MINUTE).getFirst();
            receiver.settle(List.of(new Settlement.DeadLetter(delivery, "a test")));
            assertThat(DrainWatch.of(broker, Set.of(new QueueName("a"))).isEmpty())
                    .isTrue();
        }
    }
}
