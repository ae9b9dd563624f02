// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.Peek;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/*
 * What all chapters stand on: a broker, a queue of the test's own, and the verbs of the tests. A verb asserts that it
 * worked. Tests of something that a broker may lack begin with refuses(...) or facet(...): if the broker says that it
 * cannot, the refusal is the test.
 *
 * Over 300 lines: it is the vocabulary of all chapters, one short verb after the other.
 */
abstract class Chapter {
    private final BrokerContract contract;
    private final List<Receiver> receivers = new ArrayList<>();
    BrokerHarness harness;
    Timing timing;
    Duration unit;
    Duration deadline;
    Broker broker;
    QueueName queue;
    /** Whether the last restart took longer than usual. */
    private boolean late;

    Chapter(BrokerContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void openBroker() {
        harness = contract.harness();
        timing = harness.timing();
        unit = timing.unit();
        deadline = harness.deadline();
        queue = harness.freshQueue();
        broker = open();
    }

    /** Chapters that watch threads wait open it on the system's time. */
    Broker open() {
        return harness.open();
    }

    @AfterEach
    void closeBroker() {
        receivers.forEach(Receiver::close);
        broker.close();
        harness.close();
    }

    Job job(String text) {
        return Job.of(queue, Payload.text(text));
    }

    List<Job> jobs(int count) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(job("job " + i));
        }
        return jobs;
    }

    EnqueueResult send(Job job) {
        List<EnqueueResult> answers = broker.send(List.of(job));
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    JobId stored(Job job) {
        return id(send(job));
    }

    List<JobId> stored(List<Job> jobs) {
        List<EnqueueResult> answers = broker.send(jobs);
        assertThat(answers).hasSameSizeAs(jobs);
        return answers.stream().map(Chapter::id).toList();
    }

    /** Whether a job expires before its delay is over: nobody will ever have it, and a broker may say so. */
    static boolean isStillborn(Job job) {
        return job.expiry().filter(expiry -> expiry.compareTo(job.delay()) <= 0).isPresent();
    }

    /** Sends a job that nobody will ever have. */
    void stillborn(Job job) {
        assertThat(isStillborn(job)).isTrue();
        if (send(job) instanceof EnqueueResult.Refused refused) {
            assertThat(refused.reason()).isEqualTo(EnqueueResult.Reason.INVALID);
        }
    }

    private static JobId id(EnqueueResult answer) {
        assertThat(answer).isInstanceOf(Stored.class);
        return ((Stored) answer).id();
    }

    Subscription subscription(int maxInFlight, Duration lease, Guarantee guarantee) {
        return new Subscription(List.of(queue), maxInFlight, lease, guarantee);
    }

    Receiver receiver() {
        return receiver(unit);
    }

    Receiver receiver(Duration lease) {
        return receiver(subscription(10_000, lease, Guarantee.AT_LEAST_ONCE));
    }

    Receiver receiver(Subscription wanted) {
        Receiver receiver = broker.receiver(wanted);
        receivers.add(receiver);
        return receiver;
    }

    static List<Delivery> ask(Receiver receiver, int max, Duration patience) {
        try {
            return receiver.receive(max, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Exactly so many deliveries. */
    List<Delivery> take(Receiver receiver, int count) {
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < count) {
            List<Delivery> more = ask(receiver, count - taken.size(), timing.patience());
            assertThat(more.size()).as("deliveries").isBetween(0, count - taken.size());
            if (more.isEmpty()) {
                break;
            }
            taken.addAll(more);
        }
        assertThat(taken).as("deliveries that should be there").hasSize(count);
        return taken;
    }

    Delivery take(Receiver receiver) {
        return take(receiver, 1).getFirst();
    }

    /** The same as {@link #nothing}, unless this time may be over: on the real clock a job was perhaps waited for meanwhile. */
    void nothingWithin(Duration time, Stopwatch since, Receiver receiver) {
        if (timing.patience().isZero()
                || since.elapsed().compareTo(time.minus(timing.tick().dividedBy(2))) < 0) {
            nothing(receiver);
        }
    }

    static void nothing(Receiver receiver) {
        assertThat(ask(receiver, 1, Duration.ZERO))
                .as("deliveries that should not be there")
                .isEmpty();
    }

    static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream().map(d -> d.payload().text()).toList();
    }

    static Settled settle(Receiver receiver, Settlement settlement) {
        List<Settled> answers = receiver.settle(List.of(settlement));
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    static void ack(Receiver receiver, Delivery delivery) {
        accepted(settle(receiver, new Settlement.Ack(delivery)));
    }

    static void ackAll(Receiver receiver, List<Delivery> deliveries) {
        List<Settlement> acks = new ArrayList<>();
        deliveries.forEach(delivery -> acks.add(new Settlement.Ack(delivery)));
        assertThat(receiver.settle(acks)).hasSameSizeAs(acks).allSatisfy(Chapter::accepted);
    }

    static void release(Receiver receiver, Delivery delivery, Cause cause) {
        accepted(settle(receiver, new Settlement.Release(delivery, Duration.ZERO, cause)));
    }

    static void bury(Receiver receiver, Delivery delivery, String reason) {
        accepted(settle(receiver, new Settlement.DeadLetter(delivery, reason)));
    }

    static void accepted(Settled answer) {
        assertThat(answer).isIn(Settled.CONFIRMED, Settled.SENT);
    }

    /** Lets a broker on the real clock come to what it must have done by now. */
    void eventually(Runnable assertion) {
        if (timing.patience().isZero()
                || !WaitFor.within(timing.patience(), () -> {
                    try {
                        assertion.run();
                        return true;
                    } catch (AssertionError e) {
                        return false;
                    }
                })) {
            assertion.run();
        }
    }

    void pass(Duration time) {
        harness.pass(time);
    }

    /** Lets all but a tick of it pass. */
    void passNearly(Duration time) {
        harness.pass(time.minus(timing.tick()));
    }

    /** Lets a job's life pass, and the time that the broker takes to notice. */
    void passUntilForgotten(Duration life) {
        harness.pass(life.plus(harness.lateExpiry()));
    }

    /** Lets pass what a restart adds to the delay of a job with this time limit, of which half was over. */
    void passWhatARestartAddsTo(Duration half) {
        if (!harness.keepsDelays()) {
            harness.pass(half.multipliedBy(2).plus(timing.tick()));
        }
    }

    void passTick() {
        harness.pass(timing.tick());
    }

    /** The same, after which as much time has passed as that takes as a rule. */
    boolean restartInFullTime(Restart how) {
        Stopwatch stopwatch = new Stopwatch();
        boolean kept = restart(how);
        Duration left = harness.outage().minus(stopwatch.elapsed());
        late = !harness.outage().isZero() && !left.isPositive();
        if (kept && left.isPositive()) {
            pass(left);
        }
        return kept;
    }

    /** The same as {@link #nothing}, unless the last restart took so long that the job may be due. */
    void nothingUnlessLate(Receiver receiver) {
        if (!late) {
            nothing(receiver);
        }
    }

    /** Takes the broker away and brings it back; false, after proof, if it keeps nothing over that. */
    boolean restart(Restart how) {
        boolean orderly = how == Restart.ORDERLY;
        if (orderly) {
            receivers.forEach(Receiver::close);
        }
        receivers.clear();
        QueueName canaries = harness.freshQueue();
        stored(Job.of(canaries, Payload.text("canary")));
        broker = orderly ? harness.reopen(broker) : harness.crash(broker);
        if (harness.durable()) {
            return true;
        }
        pass(unit.multipliedBy(2));
        nothing(receiver(new Subscription(List.of(canaries, queue), 1, unit, Guarantee.AT_LEAST_ONCE)));
        return false;
    }

    /** True, after proof that it is refused and nothing sent, if the broker says that it cannot. */
    boolean refuses(Feature feature, Job asking) {
        if (broker.capabilities().has(feature)) {
            return false;
        }
        QueueName bystanders = harness.freshQueue();
        Object before = harness.trace(broker);
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> broker.send(List.of(Job.of(bystanders, Payload.text("bystander")), asking)))
                .satisfies(e -> assertThat(e.feature()).isEqualTo(feature.name()));
        assertThat(harness.trace(broker)).as("what the broker has seen").isEqualTo(before);
        nothing(receiver(new Subscription(List.of(bystanders), 1, unit, Guarantee.AT_LEAST_ONCE)));
        return true;
    }

    /** True, after proof that it is refused and the delivery untouched, if the broker says that it cannot. */
    boolean refuses(Feature feature, Receiver receiver, Settlement asking) {
        if (broker.capabilities().has(feature)) {
            return false;
        }
        Object before = harness.trace(broker);
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> receiver.settle(List.of(asking)))
                .satisfies(e -> assertThat(e.feature()).isEqualTo(feature.name()));
        assertThat(harness.trace(broker)).as("what the broker has seen").isEqualTo(before);
        ack(receiver, asking.delivery());
        return true;
    }

    /** The broker in a role, or null, after proof that it has no other way to it. */
    <F> @Nullable F facet(Class<F> role) {
        F facet = broker.facet(role).orElse(null);
        if (facet == null) {
            assertThat(broker).isNotInstanceOf(role);
        }
        return facet;
    }

    /** The broker as one that shows jobs, or null, after proof that it shows counts only, or nothing. */
    @Nullable
    Inspectable showing() {
        Inspectable inspectable = facet(Inspectable.class);
        if (inspectable == null || broker.capabilities().peek() != Peek.COUNTS) {
            return inspectable;
        }
        assertThatExceptionOfType(UnsupportedFeatureException.class).isThrownBy(() -> inspectable.peek(queue, 1));
        assertThatExceptionOfType(UnsupportedFeatureException.class).isThrownBy(() -> inspectable.dead(queue, 1));
        return null;
    }

    /** As many of these as the broker shows. */
    <T> List<T> shown(List<T> all) {
        return broker.capabilities().peek() == Peek.NEXT ? all.subList(0, Math.min(1, all.size())) : all;
    }

    static Map<String, String> header(String name, String value) {
        return Map.of(name, value);
    }
}
