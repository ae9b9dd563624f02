// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.AmqpOptions.Times;
import dev.millrace.amqp.Rabbit;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract does not ask of every broker. */
@Tag("slow")
class AmqpBrokerTest extends RawRabbit {
    private static Job job(String queue, String text) {
        return Job.of(queue, Payload.text(text));
    }

    private long ready(AmqpBroker broker, String queue) {
        return broker.queues().stream()
                .filter(status -> status.queue().value().equals(queue))
                .map(QueueStatus::ready)
                .mapToLong(OptionalLong::getAsLong)
                .sum();
    }

    /** Fetching one by one while others are pushed must not mix up what is acknowledged together. */
    @Test
    void somePollAndSomeWaitOnOneReceiver() throws Exception {
        String queue = queue();
        int jobs = 3_000;
        Set<String> done = ConcurrentHashMap.newKeySet();
        AtomicInteger failures = new AtomicInteger();
        try (AmqpBroker broker = open();
                Receiver receiver = broker.receiver(Subscription.to(queue, 50, Duration.ofSeconds(60)))) {
            broker.send(
                    IntStream.range(0, jobs).mapToObj(i -> job(queue, "" + i)).toList());
            List<Thread> threads = new ArrayList<>();
            for (Duration patience : List.of(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(50))) {
                threads.add(Thread.ofPlatform().start(() -> {
                    while (done.size() < jobs && failures.get() == 0) {
                        try {
                            for (Delivery delivery : receiver.receive(3, patience)) {
                                boolean sent = receiver.settle(List.of(new Ack(delivery)))
                                                .getFirst()
                                        == Settled.SENT;
                                failures.addAndGet(sent ? 0 : 1);
                                done.add(delivery.payload().text());
                            }
                        } catch (BrokerException e) {
                            failures.incrementAndGet();
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failures).hasValue(0);
        assertThat(done).hasSize(jobs);
    }

    @Test
    void receiverOfADeletedQueueKeepsNothingOfItsOtherQueue() throws Exception {
        String gone = queue();
        String other = queue();
        try (AmqpBroker broker = open();
                AmqpBroker sending = open();
                Receiver receiver = receiver(broker, gone, other)) {
            assertThat(receiver.receive(1, Duration.ofMillis(100))).isEmpty();
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    receiver.receive(5, Duration.ofSeconds(20));
                } catch (BrokerException | InterruptedException e) {
                    // It is told that the queue is gone.
                }
            });
            WaitFor.until("it consumes", () -> consumers(other) == 1);
            channel().queueDelete(gone);
            waiting.join();
            sending.send(List.of(job(other, "a"), job(other, "b"), job(other, "c")));
            Set<String> texts = ConcurrentHashMap.newKeySet();
            WaitFor.until("all come", Duration.ofSeconds(20), () -> {
                try {
                    receiver.receive(5, Duration.ofMillis(500))
                            .forEach(delivery -> texts.add(delivery.payload().text()));
                } catch (BrokerException e) {
                    return false;
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return texts.size() == 3;
            });
        }
    }

    private long consumers(String queue) {
        try {
            return channel().consumerCount(queue);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void deadLettersHaveAQueueEvenIfNoneIsDeclared() throws Exception {
        String queue = queue();
        try (AmqpBroker declaring = open();
                AmqpBroker broker =
                        AmqpBroker.builder().at(options()).existingQueuesOnly().open()) {
            declaring.send(List.of(job(queue, "dead")));
            try (Receiver receiver = receiver(broker, queue)) {
                receiver.settle(List.of(new DeadLetter(one(receiver), "no such address")));
            }
            assertThat(channel().messageCount(Terms.deadOf(queue))).isEqualTo(1);
        }
    }

    @Test
    void messageOfAnotherUserCanBeTriedAgainAndPutAside() throws Exception {
        String queue = queue();
        String user = "u" + queue;
        Rabbit.server().control("add_user", user, "p");
        Rabbit.server().control("set_permissions", user, ".*", ".*", ".*");
        AmqpOptions theirs = options().withLogin(new AmqpOptions.Login(user, "p"));
        try (AmqpBroker broker = AmqpBroker.builder().at(theirs).open();
                Receiver receiver = receiver(broker, queue)) {
            BasicProperties signed =
                    new BasicProperties.Builder().userId("guest").build();
            channel().basicPublish("", queue, signed, "x".getBytes(StandardCharsets.UTF_8));
            receiver.settle(List.of(new Release(one(receiver), Duration.ZERO, Cause.FAILED)));
            receiver.settle(List.of(new DeadLetter(one(receiver), "enough")));
            assertThat(channel().messageCount(Terms.deadOf(queue))).isEqualTo(1);
        } finally {
            Rabbit.server().control("delete_user", user);
        }
    }

    @Test
    void retryOfACarbonCopyGoesToNobodyElse() throws Exception {
        String queue = queue();
        String copied = queue();
        try (AmqpBroker broker = open();
                Receiver receiver = receiver(broker, queue)) {
            broker.send(List.of(job(copied, "own")));
            BasicProperties properties = new BasicProperties.Builder()
                    .headers(Map.of("CC", List.of(copied)))
                    .build();
            channel().basicPublish("", queue, properties, "x".getBytes(StandardCharsets.UTF_8));
            receiver.settle(List.of(new Release(one(receiver), Duration.ZERO, Cause.FAILED)));
            receiver.settle(List.of(new Ack(one(receiver))));
            assertThat(ready(broker, copied)).isEqualTo(2);
        }
    }

    @Test
    @Tag("slow")
    void hugeJobIsReadAgain() throws Exception {
        String queue = queue();
        Times patient = new Times(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));
        try (AmqpBroker broker =
                        AmqpBroker.builder().at(options().withTimes(patient)).open();
                Receiver receiver = receiver(broker, queue)) {
            assertThat(broker.send(List.of(Job.of(queue, Payload.wrap(new byte[70_000_000])))))
                    .hasOnlyElementsOfType(Stored.class);
            assertThat(one(receiver).payload().size()).isEqualTo(70_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://localhost:abc", "amqp://localhost:99999", "amqp://one:5672,two:"})
    void portThatIsNoneIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open(url))
                .withMessageContaining("no port from 1 to 65535");
    }
}
