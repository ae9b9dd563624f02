// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.traffic;

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
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.conformance.BrokerHarness;
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

/**
 * For brokers that bring a job back by a copy: whoever dies between the copy and the acknowledgement of the job leaves two,
 * never none.
 *
 * @param <H> the harness of the broker
 */
public abstract class CopyCrashContract<H extends BrokerHarness> {
    /** A lease, and a delay, that the harness lets pass. */
    protected static final Duration UNIT = Duration.ofMinutes(1);

    /** How long to wait for a job that is there. */
    protected static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration MOMENT = Duration.ofMillis(50);

    private final H harness;
    private final Broker direct;
    private final QueueName queue = new QueueName("mail");

    /**
     * Made by the subclass.
     *
     * @param harness of the broker, which goes with the test
     */
    protected CopyCrashContract(H harness) {
        this.harness = harness;
        this.direct = harness.open();
    }

    /**
     * The harness.
     *
     * @return the one of the constructor
     */
    protected final H harness() {
        return harness;
    }

    /**
     * Where the server of the harness listens.
     *
     * @return a port of the loopback
     */
    protected abstract int port();

    /**
     * Another broker on the same jobs.
     *
     * @param address where it connects
     * @return the broker
     */
    protected abstract Broker connect(String address);

    /**
     * A release that is done by a copy.
     *
     * @param delivery what is released
     * @return the release
     */
    protected Settlement release(Delivery delivery) {
        return new Settlement.Release(delivery, UNIT, Cause.FAILED);
    }

    /**
     * The command that adds the copy of a release.
     *
     * @return its name on the wire
     */
    protected abstract String addsReleased();

    /**
     * The command that adds the copy of a dead letter, and of one that is redriven.
     *
     * @return its name on the wire
     */
    protected abstract String adds();

    /**
     * The broker that nothing happens to.
     *
     * @return the broker
     */
    protected final Broker direct() {
        return direct;
    }

    /**
     * The queue of the test.
     *
     * @return its name
     */
    protected final QueueName queue() {
        return queue;
    }

    @AfterEach
    void close() {
        direct.close();
        harness.close();
    }

    private Receiver receiver(Broker broker) {
        return broker.receiver(Subscription.to(queue.value(), 10, UNIT));
    }

    /**
     * Sends a job.
     *
     * @return its id
     */
    protected final JobId sent() {
        direct.send(List.of(Job.of(queue, Payload.text("hello")).withTimeLimit(UNIT)));
        return direct.facet(Inspectable.class)
                .orElseThrow()
                .peek(queue, 1)
                .getFirst()
                .id();
    }

    /**
     * Sends a job and makes it a dead letter.
     *
     * @return its id
     * @throws InterruptedException if the thread is interrupted
     */
    protected final JobId buried() throws InterruptedException {
        JobId id = sent();
        try (Receiver receiver = receiver(direct)) {
            receiver.settle(
                    List.of(new Settlement.DeadLetter(receiver.receive(1, SOON).getFirst(), "why")));
        }
        return id;
    }

    /** What a broker does that dies when it has added a copy. */
    private interface Deed {
        void by(Broker broker, FaultyProxy proxy) throws InterruptedException;
    }

    private void dying(Deed deed) throws InterruptedException {
        try (FaultyProxy proxy = new FaultyProxy(port());
                Broker broker = connect(proxy.address())) {
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

    /**
     * All that can be received when every lease and delay is over.
     *
     * @return the ids; these jobs are done then
     * @throws InterruptedException if the thread is interrupted
     */
    protected final List<JobId> received() throws InterruptedException {
        List<JobId> ids = new ArrayList<>();
        try (Receiver receiver = receiver(direct)) {
            harness.pass(UNIT.plusSeconds(1));
            for (List<Delivery> some = receiver.receive(10, MOMENT);
                    !some.isEmpty();
                    some = receiver.receive(10, MOMENT)) {
                some.forEach(delivery -> ids.add(delivery.id()));
                receiver.settle(
                        some.stream().<Settlement>map(Settlement.Ack::new).toList());
            }
        }
        return ids;
    }

    /**
     * The dead letters.
     *
     * @return their ids
     */
    protected final List<JobId> dead() {
        return direct.facet(Inspectable.class).orElseThrow().dead(queue, 10).stream()
                .map(Glimpse::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void releaseLosesNothing(Cut cut) throws InterruptedException {
        JobId id = sent();
        settling(addsReleased(), cut, this::release);
        assertThat(received()).containsExactly(id, id);
    }

    @ParameterizedTest
    @EnumSource
    void deadLetterLosesNothing(Cut cut) throws InterruptedException {
        JobId id = sent();
        settling(adds(), cut, delivery -> new Settlement.DeadLetter(delivery, "why"));
        assertThat(dead()).containsExactly(id);
        assertThat(received()).containsExactly(id);
    }

    @ParameterizedTest
    @EnumSource
    void redriveLosesNothing(Cut cut) throws InterruptedException {
        JobId id = buried();
        dying((broker, proxy) -> {
            proxy.dieAt(adds(), cut);
            assertThatThrownBy(() ->
                            broker.facet(Administrable.class).orElseThrow().redrive(queue, 10))
                    .isInstanceOf(BrokerException.class);
        });
        assertThat(Stream.concat(received().stream(), dead().stream())).containsExactly(id, id);
    }
}
