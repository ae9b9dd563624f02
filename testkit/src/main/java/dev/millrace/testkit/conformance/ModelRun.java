// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Duplicate;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.broker.EnqueueResult.Refused;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Feature;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/*
 * Does each step of a history to a broker and to the model, and compares the answers. What the broker cannot do is left
 * out of the step; the model follows the broker where the contract leaves it a choice. A broker that lives by the real clock
 * goes through histories in which no time passes: there would be no telling which side of a moment a step is on.
 */
final class ModelRun {
    private static final int QUEUES = 3;

    private final BrokerHarness harness;
    private final Duration unit;
    private final Duration tick;
    private final boolean timed;
    private final Model model;
    private final ModelSettling settling;
    private final List<Receiver> receivers = new ArrayList<>();
    private Broker broker;
    private int sent;

    private ModelRun(BrokerHarness harness) {
        this.harness = harness;
        this.unit = harness.timing().unit();
        this.tick = harness.timing().tick();
        this.timed = harness.timing().patience().isZero();
        List<QueueName> names = new ArrayList<>();
        for (int i = 0; i < QUEUES; i++) {
            names.add(harness.freshQueue());
        }
        this.broker = harness.open();
        boolean byJob = broker.capabilities().leases() == LeaseScope.JOB;
        this.model = new Model(names, byJob ? unit : Duration.ZERO);
        this.settling = new ModelSettling(model, timed ? unit : Duration.ZERO, broker.capabilities());
        subscribe();
    }

    /** Does the whole history. */
    static void compare(BrokerHarness harness, List<Step> history) {
        ModelRun run = new ModelRun(harness);
        try {
            history.forEach(run::does);
            run.model.names().forEach(name -> new ModelLook(run.model, run.broker).at(name, 1_000));
        } finally {
            run.receivers.forEach(Receiver::close);
            run.broker.close();
            harness.close();
        }
    }

    /** A receiver of each queue, and one of all with a shorter lease. */
    private void subscribe() {
        for (QueueName name : model.names()) {
            receivers.add(broker.receiver(
                    new Subscription(List.of(name), 1_000, unit.multipliedBy(2), Guarantee.AT_LEAST_ONCE)));
        }
        receivers.add(broker.receiver(new Subscription(model.names(), 1_000, unit, Guarantee.AT_LEAST_ONCE)));
    }

    private void does(Step step) {
        switch (step) {
            case Step.Send send -> send(send);
            case Step.Receive receive -> receive(receive.receiver(), receive.max());
            case Step.Ack ack -> settling.ack(ack.delivery());
            case Step.Release release -> settling.release(release, "" + sent);
            case Step.Bury bury -> bury(bury.delivery());
            case Step.Extend extend -> settling.extend(extend.delivery(), unit.multipliedBy(extend.length()));
            case Step.Pass pass -> pass(unit.multipliedBy(pass.length()).plus(tick.multipliedBy(pass.ticks())));
            case Step.Look look -> new ModelLook(model, broker).at(model.name(look.queue()), look.max());
            case Step.Restarted restarted -> restart(restarted.killed());
            case Step.Administrative other -> new ModelAdministration(model, broker).does(other);
        }
    }

    private boolean can(Feature feature) {
        return broker.capabilities().has(feature);
    }

    /** Where jobs decide on their leases, one near its end may not be held as long as it says: the model foretells no such lease. */
    private boolean expires() {
        return timed && can(Feature.EXPIRY) && broker.capabilities().leases() != LeaseScope.JOB;
    }

    private Job job(Step.Send step) {
        Job job =
                Job.of(model.name(step.queue()), Payload.text("job " + sent++)).withTimeLimit(unit);
        job = timed && can(Feature.DELAY) ? job.after(unit.multipliedBy(step.delay())) : job;
        job = expires() && step.expiry() > 0 ? job.expiringAfter(unit.multipliedBy(step.expiry())) : job;
        job = can(Feature.FRONT) && step.flags().front() ? job.atFront() : job;
        job = can(Feature.PRIORITY) ? job.withPriority(step.flags().priority()) : job;
        job = can(Feature.HEADERS) && sent % 3 == 0 ? job.withHeader("a", "" + sent) : job;
        return can(Feature.CHOSEN_ID) && step.id() > 0 ? job.withId("id " + step.id() + " of " + model.name(0)) : job;
    }

    private void send(Step.Send step) {
        Job job = job(step);
        EnqueueResult answer = broker.send(List.of(job)).getFirst();
        if (model.queue(job.queue()).isPausedIn()) {
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason())
                                    .isIn(Reason.PAUSED, Chapter.isStillborn(job) ? Reason.INVALID : Reason.PAUSED));
            return;
        }
        Optional<ReferenceJob> namesake = job.id().flatMap(model::find);
        if (namesake.isPresent() && (answer instanceof Duplicate || model.isCertain(namesake.get()))) {
            assertThat(answer).isEqualTo(new Duplicate(namesake.get().id));
            return;
        }
        namesake.ifPresent(model::forget);
        if (Chapter.isStillborn(job) && answer instanceof Refused refused) {
            assertThat(refused.reason()).isEqualTo(Reason.INVALID);
            return;
        }
        assertThat(answer).isInstanceOf(Stored.class);
        JobId id = ((Stored) answer).id();
        job.id().ifPresent(chosen -> assertThat(id).isEqualTo(chosen));
        model.add(new ReferenceJob(id, job, model.now()), job.front());
    }

    private void receive(int number, int max) {
        Receiver receiver = receivers.get(number % receivers.size());
        boolean all = number % receivers.size() == QUEUES;
        List<QueueName> from = all ? model.names() : List.of(model.name(number));
        List<Delivery> taken = ask(receiver, max, from);
        assertThat(taken.size()).isLessThanOrEqualTo(max);
        for (Delivery delivery : taken) {
            assertThat(from).contains(delivery.queue());
            take(receiver, delivery, all ? unit : unit.multipliedBy(2));
        }
        if (taken.size() < max) {
            assertThat(expected(from).map(job -> job.id))
                    .as("jobs that should have been delivered")
                    .isEmpty();
        }
    }

    private Stream<ReferenceJob> expected(List<QueueName> from) {
        return from.stream()
                .map(model::queue)
                .filter(queue -> !queue.isPausedOut())
                .flatMap(queue -> queue.in(JobState.READY).stream())
                .filter(model::isCertain);
    }

    /** On the real clock what is there may come in several parts, each of which may take its time. */
    private List<Delivery> ask(Receiver receiver, int max, List<QueueName> from) {
        long there = expected(from).count();
        if (timed || there == 0) {
            return Chapter.ask(receiver, max, Duration.ZERO);
        }
        List<Delivery> taken = new ArrayList<>();
        boolean more = true;
        while (more && taken.size() < Math.min(max, there)) {
            List<Delivery> some =
                    Chapter.ask(receiver, max - taken.size(), harness.timing().patience());
            taken.addAll(some);
            more = !some.isEmpty();
        }
        return taken;
    }

    private void take(Receiver receiver, Delivery delivery, Duration lease) {
        ReferenceQueue queue = model.queue(delivery.queue());
        ReferenceJob job = model.find(delivery.id()).orElseThrow(() -> new AssertionError("nobody sent " + delivery));
        assertThat(queue.isPausedOut()).as("delivered from a paused queue").isFalse();
        List<ReferenceJob> ready = queue.in(JobState.READY);
        assertThat(ReferenceQueue.mayBeNext(
                        job, ready, model.now(), broker.capabilities().ordering()))
                .as(
                        "%s may be next of %s",
                        delivery, ready.stream().map(r -> r.id).toList())
                .isTrue();
        job.leased(
                switch (broker.capabilities().leases()) {
                    case CONNECTION -> ReferenceJob.NEVER;
                    case JOB -> model.now().plus(unit);
                    case RECEIVE, QUEUE -> model.now().plus(lease);
                });
        assertThat(delivery.payload().text()).isEqualTo(job.text);
        assertThat(ModelLook.withoutReason(delivery.headers())).isEqualTo(job.headers);
        if (broker.capabilities().attempts() == AttemptCount.EXACT && job.attemptsKnown) {
            assertThat(delivery.attempt()).isEqualTo(job.attempts);
        }
        job.attempts = delivery.attempt();
        job.attemptsKnown = true;
        settling.add(receiver, delivery, job);
    }

    /** No two die at the same moment: which of them is the older one is not promised over a restart. */
    private void bury(int number) {
        if (settling.bury(number)) {
            pass(tick);
        }
    }

    private void pass(Duration time) {
        if (!timed) {
            return;
        }
        harness.pass(time);
        model.pass(time);
    }

    private void restart(boolean killed) {
        if (!harness.durable()) {
            return;
        }
        if (!killed) {
            receivers.forEach(Receiver::close);
        }
        receivers.clear();
        settling.clear();
        broker = killed ? harness.crash(broker) : harness.reopen(broker);
        model.restart();
        subscribe();
    }
}
