// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Capabilities.SettleScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Support;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/*
 * Settles any delivery that there ever was, also one that is no longer the worker's own. Where a late word would end the
 * job itself, only those that are in time are said.
 */
final class ModelSettling {
    private final Model model;
    private final Duration unit;
    private final Capabilities capabilities;
    private final List<Held> held = new ArrayList<>();

    private record Held(Receiver receiver, Delivery delivery, ReferenceJob job, int token) {}

    ModelSettling(Model model, Duration unit, Capabilities capabilities) {
        this.model = model;
        this.unit = unit;
        this.capabilities = capabilities;
    }

    void add(Receiver receiver, Delivery delivery, ReferenceJob job) {
        held.add(new Held(receiver, delivery, job, job.token));
    }

    void clear() {
        held.clear();
    }

    private boolean isOwn(Held one) {
        return one.job.isHeldBy(one.token)
                && one.job.equals(model.find(one.job.id).orElse(null));
    }

    private Optional<Held> choose(int number) {
        Optional<Held> one = held.isEmpty() ? Optional.empty() : Optional.of(held.get(number % held.size()));
        return one.filter(chosen -> capabilities.settles() == SettleScope.DELIVERY || isOwn(chosen));
    }

    /** Says a word; the job if it was still the worker's own. */
    private Optional<ReferenceJob> settle(int number, Function<Delivery, Settlement> word) {
        Optional<Held> chosen = choose(number);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Held one = chosen.get();
        boolean own = isOwn(one);
        Settled answer = Chapter.settle(one.receiver, word.apply(one.delivery));
        if (own && answer == Settled.LOST && one.job.isExpired(model.now())) {
            model.forget(one.job);
            return Optional.empty();
        }
        if (own) {
            assertThat(answer).isIn(Settled.CONFIRMED, Settled.SENT);
            return Optional.of(one.job);
        }
        assertThat(answer).isEqualTo(Settled.LOST);
        return Optional.empty();
    }

    void ack(int number) {
        settle(number, Settlement.Ack::new).ifPresent(model::forget);
    }

    /*
     * Where a later retry is a copy, a queue that takes no jobs takes no copy: the job comes again at once, as it was. So
     * nothing else is asked there.
     */
    private boolean takesCopies(int number) {
        boolean copies = capabilities.of(Feature.DELAYED_RETRY).level() == Support.Level.EMULATED;
        return !copies
                || choose(number)
                        .filter(one -> model.queueOf(one.job).isPausedIn())
                        .isEmpty();
    }

    void release(Step.Release step, String note) {
        boolean free = takesCopies(step.delivery());
        boolean later = free && capabilities.has(Feature.DELAYED_RETRY);
        Duration delay = later ? unit.multipliedBy(step.delay()) : Duration.ZERO;
        boolean noted = free && step.noted() && capabilities.has(Feature.HEADERS);
        Map<String, String> headers = noted ? Map.of("n", note) : Map.of();
        Cause cause = step.tried() ? Cause.FAILED : Cause.NOT_TRIED;
        settle(step.delivery(), delivery -> new Settlement.Release(delivery, delay, cause, headers))
                .ifPresent(job -> {
                    job.headers.putAll(headers);
                    job.attempts -= step.tried() ? 0 : 1;
                    model.again(job, model.now().plus(delay));
                    if (job.isExpired(job.due)) {
                        job.certainFrom = ReferenceJob.NEVER;
                    }
                });
    }

    boolean bury(int number) {
        if (!capabilities.has(Feature.DEAD_LETTER)) {
            return false;
        }
        Optional<ReferenceJob> job =
                settle(number, delivery -> new Settlement.DeadLetter(delivery, "reason of " + delivery.id()));
        job.ifPresent(dead -> model.queueOf(dead).bury(dead));
        return job.isPresent();
    }

    void extend(int number, Duration lease) {
        choose(number).ifPresent(one -> {
            if (one.receiver instanceof LeaseExtending extending) {
                boolean own = isOwn(one);
                Optional<Instant> end = extending.extend(one.delivery, lease);
                if (own && end.isEmpty() && one.job.isExpired(model.now())) {
                    model.forget(one.job);
                    return;
                }
                assertThat(end.isPresent()).as("renewed").isEqualTo(own);
                Duration length = capabilities.leases() == LeaseScope.JOB ? unit : lease;
                one.job.due = own ? model.now().plus(length) : one.job.due;
            }
        });
    }
}
