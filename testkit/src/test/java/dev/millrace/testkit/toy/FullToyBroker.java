// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.toy;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.Support;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** A toy that has every feature and every facet. Thread-safe. */
public final class FullToyBroker extends ToyBroker implements Addressable, Inspectable, Administrable {
    /** Everything, native. */
    public static final Capabilities EVERYTHING = everything();

    /** A broker on a store. */
    public FullToyBroker(ToyStore store) {
        super(store, EVERYTHING);
    }

    private static Capabilities everything() {
        Capabilities.Builder all = Capabilities.builder();
        for (Feature feature : Feature.values()) {
            all.feature(feature, Support.nativeSupport());
        }
        return all.build();
    }

    @Override
    Receiver made(Subscription wanted) {
        return new ToyReceiver.Extending(this, wanted);
    }

    @Override
    public <F> Optional<F> facet(Class<F> role) {
        return role.isInstance(this) ? Optional.of(role.cast(this)) : Optional.empty();
    }

    @Override
    public Settled ack(JobId id) {
        return locked(() -> known(id)
                .map(job -> {
                    store.forget(job);
                    return Settled.CONFIRMED;
                })
                .orElse(Settled.LOST));
    }

    @Override
    public Settled release(JobId id) {
        return locked(() -> known(id)
                .map(job -> {
                    job.token++;
                    job.due = store.now();
                    store.place(job, true);
                    return Settled.CONFIRMED;
                })
                .orElse(Settled.LOST));
    }

    @Override
    public Optional<Glimpse> show(JobId id) {
        return locked(() -> known(id).map(ToyJob::glimpse));
    }

    private Optional<ToyJob> known(JobId id) {
        store.tidyAll();
        return Optional.ofNullable(store.byId.get(id));
    }

    @Override
    public List<QueueStatus> queues() {
        return locked(() -> {
            store.tidyAll();
            TreeSet<QueueName> names = new TreeSet<>(Comparator.comparing(QueueName::value));
            names.addAll(store.queues.keySet());
            names.addAll(store.pauses.keySet());
            return names.stream()
                    .filter(name -> !store.queue(name).isEmpty() || store.pause(name) != Pause.NONE)
                    .map(this::status)
                    .toList();
        });
    }

    private QueueStatus status(QueueName name) {
        return new QueueStatus(
                name,
                count(name, JobState.READY),
                count(name, JobState.WAITING),
                count(name, JobState.LEASED),
                count(name, JobState.DEAD),
                in(name, JobState.READY).stream().findFirst().map(job -> Duration.between(job.enqueuedAt, store.now())),
                store.pause(name));
    }

    private OptionalLong count(QueueName name, JobState state) {
        return OptionalLong.of(in(name, state).size());
    }

    private List<ToyJob> in(QueueName name, JobState state) {
        store.tidy(name);
        List<ToyJob> found = new ArrayList<>(store.queue(name));
        found.removeIf(job -> job.state != state);
        if (state == JobState.READY) {
            found.sort(Comparator.comparingInt((ToyJob job) -> -job.priority));
        }
        return found;
    }

    private List<Glimpse> glimpses(QueueName queue, int max, JobState state) {
        if (max < 1) {
            throw new IllegalArgumentException("cannot look at " + max + " jobs; give 1 or more");
        }
        return locked(() -> {
            List<ToyJob> found = in(queue, state);
            List<Glimpse> seen = found.stream().limit(max).map(ToyJob::glimpse).toList();
            if (store.has(Fault.PEEK_TAKES)) {
                found.stream().limit(max).forEach(job -> job.attempts++);
            }
            return seen;
        });
    }

    @Override
    public List<Glimpse> peek(QueueName queue, int max) {
        return glimpses(queue, max, JobState.READY);
    }

    @Override
    public List<Glimpse> dead(QueueName queue, int max) {
        return glimpses(queue, max, JobState.DEAD);
    }

    @Override
    public void pause(QueueName queue, Pause pause) {
        locked(() -> {
            store.changed();
            return store.pauses.put(queue, pause);
        });
    }

    @Override
    public long purge(QueueName queue) {
        return locked(() -> {
            List<ToyJob> gone = in(queue, JobState.READY);
            gone.addAll(in(queue, JobState.WAITING));
            if (store.has(Fault.PURGE_TAKES_THE_LEASED)) {
                gone.addAll(in(queue, JobState.LEASED));
            }
            gone.forEach(store::forget);
            return (long) gone.size();
        });
    }

    @Override
    public long purgeDead(QueueName queue) {
        return locked(() -> {
            List<ToyJob> gone = in(queue, JobState.DEAD);
            gone.forEach(store::forget);
            return (long) gone.size();
        });
    }

    @Override
    public long redrive(QueueName queue, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("cannot redrive " + max + " jobs; give 1 or more");
        }
        return locked(() -> {
            List<ToyJob> dead = in(queue, JobState.DEAD);
            if (store.has(Fault.REDRIVES_THE_YOUNGEST)) {
                Collections.reverse(dead);
            }
            List<ToyJob> chosen = dead.subList(0, Math.min(max, dead.size()));
            for (ToyJob job : chosen) {
                job.attempts = store.has(Fault.REDRIVE_KEEPS_ATTEMPTS) ? job.attempts : 0;
                job.due = store.now();
                job.expires = null;
                store.place(job, false);
            }
            return (long) chosen.size();
        });
    }
}
