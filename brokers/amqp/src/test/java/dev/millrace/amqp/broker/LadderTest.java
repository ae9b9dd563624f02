// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of jobs that wait, when queues disappear. */
@Tag("slow")
class LadderTest extends RawRabbit {
    private static Job later(String queue, String text, Duration delay) {
        return Job.of(queue, Payload.text(text)).after(delay);
    }

    private static long lost(Channel channel) throws IOException {
        return channel.messageCount(Ladder.LOST);
    }

    @Test
    void jobsForADeletedQueueHoldUpNobodyAndAreKept() throws Exception {
        String gone = queue();
        String other = queue();
        try (AmqpBroker broker = open();
                Receiver receiver = receiver(broker, other)) {
            broker.send(IntStream.range(0, 100)
                    .mapToObj(i -> later(gone, "a" + i, Duration.ofSeconds(2)))
                    .toList());
            long before = lost(channel());
            channel().queueDelete(gone);
            WaitFor.until("they are put aside", () -> {
                try {
                    return lost(channel()) == before + 100;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            broker.send(List.of(later(other, "z", Duration.ofMillis(200))));
            assertThat(one(receiver).payload().text()).isEqualTo("z");
            channel().queuePurge(Ladder.LOST);
        }
    }

    @Test
    void waitingQueueThatSomebodyDeletesIsMadeAgain() throws Exception {
        String queue = queue();
        try (AmqpBroker broker = open();
                Receiver receiver = receiver(broker, queue)) {
            broker.send(List.of(later(queue, "first", Duration.ofMillis(50))));
            assertThat(one(receiver).payload().text()).isEqualTo("first");
            channel().queueDelete("millrace.wait.on");
            assertThat(broker.send(List.of(later(queue, "second", Duration.ofMillis(50))))
                            .getFirst())
                    .isInstanceOf(Stored.class);
            assertThat(one(receiver).payload().text()).isEqualTo("second");
        }
    }

    @Test
    void jobThatIsHandedBackExpiresWhenItWouldHave() throws Exception {
        String queue = queue();
        try (AmqpBroker broker = open();
                Receiver receiver = receiver(broker, queue)) {
            broker.send(List.of(
                    Job.of(queue, Payload.text("short")).expiringAfter(Duration.ofSeconds(2)),
                    Job.of(queue, Payload.text("long"))));
            receiver.settle(List.of(new Release(one(receiver), Duration.ofSeconds(3), Cause.FAILED)));
            receiver.settle(List.of(new Release(one(receiver), Duration.ofMillis(3_500), Cause.FAILED)));
            assertThat(one(receiver).payload().text()).isEqualTo("long");
        }
    }
}
