// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
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
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * Does each step of a history to a broker and to the model, and compares the answers. What the broker cannot do is left
 * out of the step; the model follows the broker where the contract leaves it a choice.
 */
final class ModelRun {
    private static final int QUEUES = 3;

    private record Held(Receiver receiver, Delivery delivery, ReferenceJob job, int token) {}

    private final BrokerHarness harness;
    private final Duration unit;
    private final Map<QueueName, ReferenceQueue> model = new LinkedHashMap<>();
    private final List<QueueName> names;
    private final Map<JobId, ReferenceJob> known = new HashMap<>();
    private final List<JobId> ids = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final ModelLook look;
    private Broker broker;
    private Duration now = Duration.ZERO;
    private int sent;

    ModelRun(BrokerHarness harness) {
        this.harness = harness;
        this.unit = harness.timing().unit();
        for (int i = 0; i < QUEUES; i++) {
            model.put(harness.freshQueue(), new ReferenceQueue());
        }
        this.names = List.copyOf(model.keySet());
        this.broker = harness.open();
        this.look = new ModelLook(model);
        subscribe();
    }

    /** Does the whole history. */
    static void compare(BrokerHarness harness, List<Step> history) {
        ModelRun run = new ModelRun(harness);
        try {
            history.forEach(run::does);
            run.look.everything(run.broker, run.now);
        } finally {
            run.receivers.forEach(Receiver::close);
            run.broker.close();
            harness.close();
        }
    }

    private void subscribe() {
        for (QueueName name : names) {
            receivers.add(broker.receiver(
                    new Subscription(List.of(name), 1_000, unit.multipliedBy(2), Guarantee.AT_LEAST_ONCE)));
        }
        receivers.add(broker.receiver(new Subscription(names, 1_000, unit, Guarantee.AT_LEAST_ONCE)));
    }

    private void does(Step step) {
        switch (step) {
            case Step.Send send -> send(send);
            case Step.Receive receive -> receive(receive.receiver(), receive.max());
            case Step.Ack ack -> settle(ack.delivery(), Settlement.Ack::new);
            case Step.Release release -> release(release);
            case Step.Bury bury -> bury(bury.delivery());
            case Step.Extend extend -> extend(extend.delivery(), unit.multipliedBy(extend.length()));
            case Step.Pass pass -> pass(unit.multipliedBy(pass.length()));
            case Step.Look watch -> look.at(broker, name(watch.queue()), watch.max(), now);
            case Step.Restarted restarted -> restart(restarted.killed());
            default -> administrate(step);
        }
    }

    private QueueName name(int number) {
        return names.get(number % QUEUES);
    }

    private boolean can(Feature feature) {
        return broker.capabilities().has(feature);
    }

    private void send(Step.Send step) {
        QueueName name = name(step.queue());
        Job job = Job.of(name, Payload.text("job " + sent++));
        job = can(Feature.DELAY) ? job.after(unit.multipliedBy(step.delay())) : job;
        job = can(Feature.EXPIRY) && step.expiry() > 0 ? job.expiringAfter(unit.multipliedBy(step.expiry())) : job;
        job = can(Feature.FRONT) && step.flags().front() ? job.atFront() : job;
        job = can(Feature.PRIORITY) ? job.withPriority(step.flags().priority()) : job;
        job = can(Feature.HEADERS) && sent % 3 == 0 ? job.withHeader("a", "" + sent) : job;
        job = can(Feature.CHOSEN_ID) && step.id() > 0 ? job.withId("id " + step.id() + " of " + name(0)) : job;
        EnqueueResult answer = broker.send(List.of(job)).getFirst();
        ReferenceQueue queue = queue(name);
        if (queue.isPausedIn()) {
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.PAUSED));
            return;
        }
        Optional<ReferenceJob> namesake = job.id().map(known::get);
        if (namesake.isPresent()
                && (answer instanceof Duplicate || namesake.get().isCertain(now))) {
            assertThat(answer).isEqualTo(new Duplicate(namesake.get().id));
            return;
        }
        namesake.ifPresent(this::forget);
        assertThat(answer).isInstanceOf(Stored.class);
        JobId id = ((Stored) answer).id();
        job.id().ifPresent(chosen -> assertThat(id).isEqualTo(chosen));
        ReferenceJob stored = new ReferenceJob(id, job, now);
        assertThat(known.put(id, stored)).as("a job with the id that was given").isNull();
        ids.add(id);
        queue.place(stored, now, job.front());
    }

    private ReferenceQueue queue(QueueName name) {
        return java.util.Objects.requireNonNull(model.get(name));
    }

    private void forget(ReferenceJob job) {
        queue(job.queue).forget(job);
        known.remove(job.id);
    }

    private void receive(int number, int max) {
        Receiver receiver = receivers.get(number % receivers.size());
        boolean all = number % receivers.size() == QUEUES;
        List<QueueName> from = all ? names : List.of(name(number));
        List<Delivery> taken = Chapter.ask(receiver, max, harness.timing().patience());
        assertThat(taken.size()).isLessThanOrEqualTo(max);
        for (Delivery delivery : taken) {
            assertThat(from).contains(delivery.queue());
            take(receiver, delivery, all ? unit : unit.multipliedBy(2));
        }
        if (taken.size() < max) {
            assertThat(from.stream()
                            .map(this::queue)
                            .filter(queue -> !queue.isPausedOut())
                            .flatMap(queue -> queue.in(JobState.READY).stream())
                            .filter(job -> job.isCertain(now))
                            .map(job -> job.id))
                    .as("jobs that should have been delivered")
                    .isEmpty();
        }
    }

    private void take(Receiver receiver, Delivery delivery, Duration lease) {
        ReferenceQueue queue = queue(delivery.queue());
        ReferenceJob job = Optional.ofNullable(known.get(delivery.id()))
                .orElseThrow(() -> new AssertionError("nobody sent " + delivery));
        assertThat(queue.isPausedOut()).as("delivered from a paused queue").isFalse();
        List<ReferenceJob> ready = queue.in(JobState.READY);
        assertThat(ReferenceQueue.mayBeNext(job, ready, now))
                .as(
                        "%s may be next of %s",
                        delivery, ready.stream().map(r -> r.id).toList())
                .isTrue();
        job.state = JobState.LEASED;
        job.taken = true;
        job.certainFrom = Duration.ZERO;
        job.attempts++;
        job.token++;
        boolean endless = broker.capabilities().leases() == LeaseScope.CONNECTION;
        job.due = endless ? ReferenceJob.NEVER : now.plus(lease);
        assertThat(delivery.payload().text()).isEqualTo(job.text);
        assertThat(ModelLook.withoutReason(delivery.headers())).isEqualTo(job.headers);
        if (broker.capabilities().attempts() == AttemptCount.EXACT && job.attemptsKnown) {
            assertThat(delivery.attempt()).isEqualTo(job.attempts);
        }
        job.attempts = delivery.attempt();
        job.attemptsKnown = true;
        held.add(new Held(receiver, delivery, job, job.token));
    }

    /** Settles any delivery that there ever was; the job if it was still the worker's own. */
    private Optional<ReferenceJob> settle(int number, java.util.function.Function<Delivery, Settlement> word) {
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Held one = held.get(number % held.size());
        Settled answer = Chapter.settle(one.receiver, word.apply(one.delivery));
        boolean own = one.job.isHeldBy(one.token) && one.job.equals(known.get(one.job.id));
        assertThat(answer).isEqualTo(own ? Settled.CONFIRMED : Settled.LOST);
        if (own && word.apply(one.delivery) instanceof Settlement.Ack) {
            forget(one.job);
        }
        return own ? Optional.of(one.job) : Optional.empty();
    }

    private void release(Step.Release step) {
        Duration delay = can(Feature.DELAYED_RETRY) ? unit.multipliedBy(step.delay()) : Duration.ZERO;
        Map<String, String> headers = step.noted() && can(Feature.HEADERS) ? Map.of("n", "" + sent) : Map.of();
        Cause cause = step.tried() ? Cause.FAILED : Cause.NOT_TRIED;
        settle(step.delivery(), delivery -> new Settlement.Release(delivery, delay, cause, headers))
                .ifPresent(job -> {
                    job.headers.putAll(headers);
                    job.attempts -= step.tried() ? 0 : 1;
                    job.waited = true;
                    job.comesAgain(now.plus(delay));
                    queue(job.queue).place(job, now, false);
                });
    }

    private void bury(int number) {
        if (can(Feature.DEAD_LETTER)) {
            settle(number, delivery -> new Settlement.DeadLetter(delivery, "reason of " + delivery.id()))
                    .ifPresent(job -> queue(job.queue).bury(job));
        }
    }

    private void extend(int number, Duration lease) {
        if (held.isEmpty()) {
            return;
        }
        Held one = held.get(number % held.size());
        if (one.receiver instanceof LeaseExtending extending) {
            boolean own = one.job.isHeldBy(one.token) && one.job.equals(known.get(one.job.id));
            Optional<Instant> end = extending.extend(one.delivery, lease);
            assertThat(end.isPresent()).as("renewed").isEqualTo(own);
            one.job.due = own ? now.plus(lease) : one.job.due;
        }
    }

    private void pass(Duration time) {
        harness.pass(time);
        now = now.plus(time);
        settleTime();
    }

    private void settleTime() {
        model.values().forEach(queue -> queue.pass(now));
        known.values()
                .removeIf(job -> !queue(job.queue).jobs.contains(job)
                        && !queue(job.queue).dead.contains(job));
    }

    private void restart(boolean killed) {
        if (!harness.durable()) {
            return;
        }
        if (!killed) {
            receivers.forEach(Receiver::close);
        }
        receivers.clear();
        held.clear();
        broker = killed ? harness.crash(broker) : harness.reopen(broker);
        model.values().forEach(ReferenceQueue::restart);
        subscribe();
    }

    private void administrate(Step step) {
        Optional<Administrable> administrable = broker.facet(Administrable.class);
        Optional<Addressable> addressable = broker.facet(Addressable.class);
        switch (step) {
            case Step.SetPause pause ->
                administrable.ifPresent(facet -> {
                    facet.pause(name(pause.queue()), pause.pause());
                    queue(name(pause.queue())).pause = pause.pause();
                });
            case Step.Purge purge -> administrable.ifPresent(facet -> purge(facet, name(purge.queue())));
            case Step.PurgeDead purge ->
                administrable.ifPresent(facet -> {
                    List<ReferenceJob> gone = queue(name(purge.queue())).in(JobState.DEAD);
                    assertThat(facet.purgeDead(name(purge.queue()))).isEqualTo(gone.size());
                    gone.forEach(this::forget);
                });
            case Step.Redrive redrive -> administrable.ifPresent(facet -> redrive(facet, redrive));
            case Step.AckById ack ->
                addressable.ifPresent(facet -> byId(ack.job()).ifPresent(id -> {
                    ReferenceJob job = known.get(id);
                    accept(job, facet.ack(id));
                    Optional.ofNullable(job).ifPresent(this::forget);
                }));
            case Step.ReleaseById release ->
                addressable.ifPresent(facet -> byId(release.job()).ifPresent(id -> releaseById(facet, id)));
            default -> throw new AssertionError(step);
        }
    }

    private Optional<JobId> byId(int number) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(number % ids.size()));
    }

    private void accept(@org.jspecify.annotations.Nullable ReferenceJob job, Settled answer) {
        if (job == null || job.isCertain(now)) {
            assertThat(answer).isEqualTo(job == null ? Settled.LOST : Settled.CONFIRMED);
        }
    }

    private void releaseById(Addressable facet, JobId id) {
        ReferenceJob job = known.get(id);
        Settled answer = facet.release(id);
        accept(job, answer);
        if (job != null && answer == Settled.CONFIRMED) {
            job.attemptsKnown = false;
            job.waited = true;
            job.comesAgain(now);
            queue(job.queue).place(job, now, false);
        }
    }

    private void purge(Administrable facet, QueueName name) {
        List<ReferenceJob> gone = queue(name).in(JobState.READY);
        gone.addAll(queue(name).in(JobState.WAITING));
        long certain = gone.stream().filter(job -> job.isCertain(now)).count();
        assertThat(facet.purge(name)).isBetween(certain, (long) gone.size());
        for (ReferenceJob job : gone) {
            if (job.isCertain(now)) {
                forget(job);
            } else {
                job.certainFrom = ReferenceJob.NEVER;
            }
        }
    }

    private void redrive(Administrable facet, Step.Redrive step) {
        ReferenceQueue queue = queue(name(step.queue()));
        List<ReferenceJob> dead = queue.in(JobState.DEAD);
        List<ReferenceJob> back = dead.subList(0, Math.min(step.max(), dead.size()));
        assertThat(facet.redrive(name(step.queue()), step.max())).isEqualTo(back.size());
        for (ReferenceJob job : back) {
            job.attempts = 0;
            job.waited = true;
            job.comesAgain(now);
            queue.place(job, now, false);
        }
    }
}
