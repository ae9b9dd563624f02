// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.servers.FaultyProxy;
import dev.millrace.testkit.servers.FaultyProxy.Cut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever dies between the copy of an event and its acknowledgement leaves two, never none. */
class CopyCrashTest {
    private static final Duration UNIT = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final OkqHarness harness = new OkqHarness();
    private final Broker direct = harness.open();
    private final QueueName queue = new QueueName("mail");

    @AfterEach
    void close() {
        direct.close();
        harness.close();
    }

    private Receiver receiver(Broker broker) {
        return broker.receiver(new Subscription(List.of(queue), 10, UNIT, Guarantee.AT_LEAST_ONCE));
    }

    private JobId sent() {
        direct.send(List.of(Job.of(queue, Payload.text("hello"))));
        return direct.facet(Inspectable.class)
                .orElseThrow()
                .peek(queue, 1)
                .getFirst()
                .id();
    }

    /** What a broker does that dies when it has pushed an event. */
    private interface Deed {
        void by(Broker broker, FaultyProxy proxy) throws InterruptedException;
    }

    private void dying(Deed deed) throws InterruptedException {
        try (FaultyProxy proxy = new FaultyProxy(harness.port());
                Broker broker = harness.connect(proxy.address())) {
            deed.by(broker, proxy);
        }
    }

    private void settling(String word, Cut cut, Function<Delivery, Settlement> settlement) throws InterruptedException {
        dying((broker, proxy) -> {
            Receiver receiver = receiver(broker);
            Delivery delivery = receiver.receive(1, SOON).getFirst();
            proxy.dieAt(word, cut);
            assertThatThrownBy(() -> receiver.settle(List.of(settlement.apply(delivery))))
                    .isInstanceOf(BrokerException.class);
        });
    }

    /** All that can be received, now and when every lease is over. */
    private List<JobId> received() throws InterruptedException {
        List<JobId> ids = new ArrayList<>();
        try (Receiver receiver = receiver(direct)) {
            harness.pass(UNIT.plusSeconds(1));
            for (List<Delivery> some = receiver.receive(10, Duration.ZERO);
                    !some.isEmpty();
                    some = receiver.receive(10, Duration.ZERO)) {
                some.forEach(delivery -> ids.add(delivery.id()));
                receiver.settle(
                        some.stream().<Settlement>map(Settlement.Ack::new).toList());
            }
        }
        return ids;
    }

    private List<JobId> dead() {
        return direct.facet(Inspectable.class).orElseThrow().dead(queue, 10).stream()
                .map(Glimpse::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void releaseThatCountsLosesNothing(Cut cut) throws InterruptedException {
        JobId id = sent();
        settling("QRPUSH", cut, delivery -> new Settlement.Release(delivery, Duration.ZERO, Cause.FAILED));
        assertThat(received()).containsExactly(id, id);
    }

    @ParameterizedTest
    @EnumSource
    void deadLetterLosesNothing(Cut cut) throws InterruptedException {
        JobId id = sent();
        settling("QLPUSH", cut, delivery -> new Settlement.DeadLetter(delivery, "why"));
        assertThat(dead()).containsExactly(id);
        assertThat(received()).containsExactly(id);
    }

    @ParameterizedTest
    @EnumSource
    void redriveLosesNothing(Cut cut) throws InterruptedException {
        JobId id = sent();
        try (Receiver receiver = receiver(direct)) {
            receiver.settle(
                    List.of(new Settlement.DeadLetter(receiver.receive(1, SOON).getFirst(), "why")));
        }
        dying((broker, proxy) -> {
            proxy.dieAt("QLPUSH", cut);
            assertThatThrownBy(() ->
                            broker.facet(Administrable.class).orElseThrow().redrive(queue, 10))
                    .isInstanceOf(BrokerException.class);
        });
        harness.pass(UNIT.plusSeconds(1));
        assertThat(Stream.concat(received().stream(), dead().stream()))
                .contains(id)
                .containsOnly(id);
    }
}
