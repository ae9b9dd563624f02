// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Support;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.Optional;

/** What people do to queues and to jobs, where the broker lets them. */
final class ModelAdministration {
    private final Model model;
    private final Broker broker;

    ModelAdministration(Model model, Broker broker) {
        this.model = model;
        this.broker = broker;
    }

    void does(Step.Administrative step) {
        Optional<Administrable> queues = broker.facet(Administrable.class);
        Optional<Addressable> jobs = broker.facet(Addressable.class);
        switch (step) {
            case Step.SetPause pause -> queues.ifPresent(facet -> pause(facet, pause));
            case Step.Purge purge -> queues.ifPresent(facet -> purge(facet, model.name(purge.queue())));
            case Step.PurgeDead purge -> queues.ifPresent(facet -> purgeDead(facet, model.name(purge.queue())));
            case Step.Redrive redrive -> queues.ifPresent(facet -> redrive(facet, redrive));
            case Step.AckById ack ->
                jobs.ifPresent(facet -> model.given(ack.job()).ifPresent(id -> ack(facet, id)));
            case Step.ReleaseById release ->
                jobs.ifPresent(facet -> model.given(release.job()).ifPresent(id -> release(facet, id)));
        }
    }

    private void pause(Administrable facet, Step.SetPause step) {
        QueueName name = model.name(step.queue());
        try {
            facet.pause(name, step.pause());
        } catch (UnsupportedFeatureException e) {
            return;
        }
        model.queue(name).pause = step.pause();
    }

    private void purge(Administrable facet, QueueName name) {
        List<ReferenceJob> gone = model.queue(name).in(JobState.READY);
        if (reachesTheWaiting(name)) {
            gone.addAll(model.queue(name).in(JobState.WAITING));
        }
        long certain = gone.stream().filter(model::isCertain).count();
        assertThat(facet.purge(name)).isBetween(certain, (long) gone.size());
        for (ReferenceJob job : gone) {
            if (model.isCertain(job)) {
                model.forget(job);
            } else {
                job.certainFrom = ReferenceJob.NEVER;
            }
        }
    }

    /** A broker that does not know how many jobs wait in a queue cannot throw them away either. */
    private boolean reachesTheWaiting(QueueName name) {
        return broker.facet(Inspectable.class).stream()
                .flatMap(facet -> facet.queues().stream())
                .filter(status -> status.queue().equals(name))
                .allMatch(status -> status.waiting().isPresent());
    }

    private void purgeDead(Administrable facet, QueueName name) {
        List<ReferenceJob> gone = model.queue(name).in(JobState.DEAD);
        assertThat(facet.purgeDead(name)).isEqualTo(gone.size());
        gone.forEach(model::forget);
    }

    /** Where a dead letter comes back as a copy, a queue that takes no jobs takes no copy: nothing is asked there. */
    private boolean refusesCopies(QueueName name) {
        boolean copies = broker.capabilities().of(Feature.DEAD_LETTER).level() == Support.Level.EMULATED;
        return copies && model.queue(name).isPausedIn();
    }

    private void redrive(Administrable facet, Step.Redrive step) {
        QueueName name = model.name(step.queue());
        if (refusesCopies(name)) {
            return;
        }
        List<ReferenceJob> dead = model.queue(name).in(JobState.DEAD);
        List<ReferenceJob> back = dead.subList(0, Math.min(step.max(), dead.size()));
        assertThat(facet.redrive(name, step.max())).isEqualTo(back.size());
        for (ReferenceJob job : back) {
            job.attempts = 0;
            job.expires = ReferenceJob.NEVER;
            model.again(job, model.now());
        }
    }

    private void ack(Addressable facet, JobId id) {
        accepted(id, facet.ack(id));
        model.find(id).ifPresent(model::forget);
    }

    private void release(Addressable facet, JobId id) {
        boolean dead = model.find(id)
                .filter(job -> job.state == JobState.DEAD && refusesCopies(job.queue))
                .isPresent();
        if (dead) {
            return;
        }
        Settled answer = facet.release(id);
        accepted(id, answer);
        if (answer != Settled.LOST) {
            model.find(id).ifPresent(job -> {
                job.attemptsKnown = false;
                model.again(job, model.now());
            });
        }
    }

    private void accepted(JobId id, Settled answer) {
        Optional<ReferenceJob> job = model.find(id);
        if (job.isEmpty()) {
            assertThat(answer).isEqualTo(Settled.LOST);
        } else if (model.isCertain(job.get())) {
            assertThat(answer).isIn(Settled.CONFIRMED, Settled.SENT);
        }
    }
}
