// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.AmqpOptions.Times;
import dev.millrace.amqp.Rabbit;
import dev.millrace.amqp.link.Link;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.checker.Verdict;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.FaultyProxy;
import dev.millrace.testkit.servers.FaultyProxy.Cut;
import dev.millrace.testkit.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to servers and networks happens here while jobs flow: nothing that was confirmed is lost, and work goes on. */
@Tag("slow")
class FaultsTest {
    private static final Times IMPATIENT =
            new Times(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1));
    private static final Duration AFTERWARDS = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final String queue = "q-" + UUID.randomUUID();

    private static AmqpOptions options(String address) {
        return AmqpOptions.servers(address).withTimes(IMPATIENT);
    }

    private static AmqpBroker open(String address) {
        return AmqpBroker.builder().at(options(address)).open();
    }

    @AfterEach
    void cleanUp() throws IOException {
        try (Link link = new Link("cleaning up", Rabbit.options(), TrafficListener.NO_OP)) {
            Channel channel = link.channel();
            channel.queueDelete(queue);
            channel.queueDelete(Terms.deadOf(queue));
        }
    }

    private Job job(String text) {
        return Job.of(queue, Payload.text(text));
    }

    /** Has jobs flow, makes trouble, and judges when all that was accepted is done. */
    private void survived(AmqpOptions options, Consumer<Traffic> trouble) {
        try (AmqpBroker broker = AmqpBroker.builder().at(options).open();
                Traffic traffic = new Traffic(broker, broker, folder)) {
            traffic.awaitMore(200);
            trouble.accept(traffic);
            traffic.awaitMore(200);
            Verdict verdict = traffic.verdict();
            assertThat(verdict.lost()).isEmpty();
            assertThat(verdict.unexpected()).isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsLostWhenTheServerIsKilledAndStarted() {
        survived(Rabbit.options(), traffic -> {
            Rabbit.server().kill();
            Rabbit.server().restart();
        });
    }

    @Test
    void nothingIsLostWhenTheServerIsStoppedAndStarted() {
        survived(Rabbit.options(), traffic -> {
            Rabbit.server().stop();
            Rabbit.server().restart();
        });
    }

    @Test
    void nothingIsLostWhenConnectionsAreCut() {
        try (FaultyProxy proxy = new FaultyProxy(Rabbit.server().port())) {
            survived(options(proxy.address()), traffic -> {
                for (int i = 0; i < 5; i++) {
                    proxy.cut();
                    traffic.awaitMore(50);
                }
            });
        }
    }

    @Test
    void nothingIsLostWhenNobodyAnswersForAWhile() {
        try (FaultyProxy proxy = new FaultyProxy(Rabbit.server().port())) {
            survived(options(proxy.address()), traffic -> {
                proxy.swallow();
                traffic.awaitFailures();
                proxy.heal();
            });
        }
    }

    @Test
    void nothingIsLostWhenTheQueueLosesItsConsumers() {
        survived(Rabbit.options(), traffic -> Rabbit.server().control("close_all_connections", "a test"));
    }

    @Test
    void whoPublishesWhileTheServerIsLowOnMemoryIsToldAndNothingIsDropped() {
        try (AmqpBroker broker = open(Rabbit.server().address())) {
            broker.send(List.of(job("before")));
            Rabbit.server().control("set_vm_memory_high_watermark", "0.000001");
            try {
                assertThatExceptionOfType(BrokerException.class)
                        .isThrownBy(() -> broker.send(List.of(job("unknown"))))
                        .withMessageContaining("did not confirm 1 of 1");
                assertThatExceptionOfType(BrokerException.class)
                        .isThrownBy(() -> broker.send(List.of(job("refused"))))
                        .withMessageContaining("takes nothing at present")
                        .withMessageContaining("nothing was sent")
                        .satisfies(e -> assertThat(e.isPassing()).isTrue());
                Receiver receiver = broker.receiver(Subscription.to(queue, 10, AFTERWARDS));
                assertThat(texts(receiver, 1)).containsExactly("before");
            } finally {
                Rabbit.server().control("set_vm_memory_high_watermark", "0.4");
            }
            Receiver receiver = broker.receiver(Subscription.to(queue, 10, AFTERWARDS));
            assertThat(texts(receiver, 1)).containsExactly("unknown");
            awaitStored(broker);
            assertThat(texts(receiver, 1)).containsExactly("after");
        }
    }

    @Test
    void alarmIsForgottenWithTheConnectionThatTold() {
        try (FaultyProxy proxy = new FaultyProxy(Rabbit.server().port());
                AmqpBroker broker = open(proxy.address())) {
            broker.send(List.of(job("before")));
            Rabbit.server().control("set_vm_memory_high_watermark", "0.000001");
            try {
                assertThatExceptionOfType(BrokerException.class).isThrownBy(() -> broker.send(List.of(job("unknown"))));
                proxy.cut();
            } finally {
                Rabbit.server().control("set_vm_memory_high_watermark", "0.4");
            }
            awaitStored(broker);
        }
    }

    private void awaitStored(AmqpBroker broker) {
        WaitFor.until("the server takes jobs again", AFTERWARDS, () -> {
            try {
                return broker.send(List.of(job("after"))).getFirst() instanceof Stored;
            } catch (BrokerException e) {
                return false;
            }
        });
    }

    @Test
    void largeJobDuringAnAlarmHoldsNobodyUpForEver() {
        AmqpBroker broker = open(Rabbit.server().address());
        broker.send(List.of(job("before")));
        Rabbit.server().control("set_vm_memory_high_watermark", "0.000001");
        try {
            Job large = Job.of(queue, Payload.wrap(new byte[20_000_000]));
            assertThatExceptionOfType(BrokerException.class).isThrownBy(() -> broker.send(List.of(large)));
            broker.close();
        } finally {
            Rabbit.server().control("set_vm_memory_high_watermark", "0.4");
        }
    }

    private static List<String> texts(Receiver receiver, int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            List<Delivery> some = receive(receiver);
            assertThat(some).as("deliveries").isNotEmpty();
            some.forEach(delivery -> texts.add(delivery.payload().text()));
        }
        return texts;
    }

    private static List<Delivery> receive(Receiver receiver) {
        try {
            return receiver.receive(10, Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void queueThatSomebodyDeletesIsMadeAgain() throws IOException {
        try (AmqpBroker broker = open(Rabbit.server().address());
                Link link = new Link("test", Rabbit.options(), TrafficListener.NO_OP)) {
            broker.send(List.of(job("gone")));
            Receiver receiver = broker.receiver(Subscription.to(queue, 10, AFTERWARDS));
            assertThat(texts(receiver, 1)).containsExactly("gone");
            link.channel().queueDelete(queue);
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> receive(receiver))
                    .withMessageContaining(queue);
            assertThat(broker.send(List.of(job("next"))).getFirst()).isInstanceOf(Stored.class);
            assertThat(texts(receiver, 1)).containsExactly("next");
        }
    }

    @Test
    void jobsForADeletedQueueAreStoredInANewOne() throws IOException {
        try (AmqpBroker broker = open(Rabbit.server().address());
                Link link = new Link("test", Rabbit.options(), TrafficListener.NO_OP)) {
            broker.send(List.of(job("gone")));
            link.channel().queueDelete(queue);
            assertThat(broker.send(List.of(job("a"), job("b")))).allMatch(Stored.class::isInstance);
            assertThat(texts(broker.receiver(Subscription.to(queue, 10, AFTERWARDS)), 2))
                    .containsExactly("a", "b");
        }
    }

    private void comesAgain(Cut cut, Function<Delivery, Settlement> word) {
        try (AmqpBroker direct = open(Rabbit.server().address());
                FaultyProxy proxy = new FaultyProxy(Rabbit.server().port())) {
            direct.send(List.of(job("precious")));
            try (AmqpBroker broker = open(proxy.address())) {
                Receiver receiver = broker.receiver(Subscription.to(queue, 10, AFTERWARDS));
                Delivery delivery = receive(receiver).getFirst();
                proxy.dieAt("what is copied", cut);
                try {
                    receiver.settle(List.of(word.apply(delivery)));
                } catch (BrokerException e) {
                    assertThat(e.isPassing()).isTrue();
                }
            }
            assertThat(texts(direct.receiver(Subscription.to(queue, 10, AFTERWARDS)), 1))
                    .containsOnly("precious");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoDiesBetweenTheDeadLetterAndItsAcknowledgementLosesNothing(Cut cut) {
        comesAgain(cut, delivery -> new Settlement.DeadLetter(delivery, "what is copied"));
    }

    @ParameterizedTest
    @EnumSource
    void whoDiesBetweenTheCopyAndItsAcknowledgementLosesNothing(Cut cut) {
        comesAgain(
                cut,
                delivery -> new Settlement.Release(
                        delivery, Duration.ofMillis(100), Cause.FAILED, Map.of("a", "what is copied")));
    }
}
