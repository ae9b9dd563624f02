// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.toy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Duplicate;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.broker.EnqueueResult.Refused;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Feature;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Pause;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The simplest thing that keeps the contract, or breaks it in one chosen way: lists under a lock. It proves that the
 * contract can be kept and that it bites. Thread-safe.
 */
public class ToyBroker implements Broker {
    /** The largest body it takes. */
    public static final int LARGEST = 1 << 20;

    final ToyStore store;
    private final Capabilities capabilities;
    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    private boolean closed;

    /** A broker on a store, that says so much of itself. */
    public ToyBroker(ToyStore store, Capabilities capabilities) {
        this.store = store;
        this.capabilities = capabilities;
    }

    @Override
    public String name() {
        return "toy:";
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    <T> T locked(Supplier<T> work) {
        store.lock.lock();
        try {
            return work.get();
        } finally {
            store.lock.unlock();
        }
    }

    private void check() {
        if (closed && !store.has(Fault.CLOSED_BROKER_ACCEPTS)) {
            throw BrokerException.lasting("broker toy: is closed", null);
        }
    }

    void demand(Feature feature, boolean asked, String asker) {
        if (asked && !capabilities.has(feature) && !store.has(Fault.UNSUPPORTED_SILENTLY_ACCEPTED)) {
            throw new UnsupportedFeatureException(name(), feature.name(), asker);
        }
    }

    private void demandAll(Job job) {
        String asker = "job for queue " + job.queue();
        demand(Feature.DELAY, !job.delay().isZero(), asker);
        demand(Feature.EXPIRY, job.expiry().isPresent(), asker);
        demand(Feature.CHOSEN_ID, job.id().isPresent(), asker);
        demand(Feature.FRONT, job.front(), asker);
        demand(Feature.PRIORITY, job.priority() != Job.DEFAULT_PRIORITY, asker);
        demand(Feature.HEADERS, !job.headers().isEmpty(), asker);
        if (!job.options().isEmpty() && !store.has(Fault.UNKNOWN_OPTIONS_IGNORED)) {
            throw new UnsupportedFeatureException(
                    name(), job.options().getFirst().toString(), asker);
        }
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        jobs.forEach(this::demandAll);
        boolean tooLarge = jobs.stream().anyMatch(job -> job.payload().size() > LARGEST);
        return locked(() -> {
            check();
            jobs.stream().map(Job::queue).distinct().forEach(store::tidy);
            List<EnqueueResult> answers = new ArrayList<>();
            for (Job job : jobs) {
                boolean all = tooLarge && store.has(Fault.ONE_TOO_LARGE_REFUSES_ALL);
                answers.add(all ? new Refused(Reason.TOO_LARGE, "all") : store(job));
            }
            return answers;
        });
    }

    private EnqueueResult store(Job job) {
        Pause pause = store.pause(job.queue());
        if ((pause == Pause.IN || pause == Pause.BOTH) && !store.has(Fault.PAUSE_REFUSES_NOTHING)) {
            return new Refused(Reason.PAUSED, "queue " + job.queue() + " is paused for producers");
        }
        if (job.payload().size() > LARGEST) {
            return new Refused(Reason.TOO_LARGE, "body of " + job.payload().size() + " bytes; at most " + LARGEST);
        }
        if (job.id().isPresent()) {
            store.tidyAll();
            ToyJob known = store.byId.get(job.id().orElseThrow());
            boolean blind =
                    known != null && known.state == JobState.LEASED && store.has(Fault.DUPLICATE_STORED_WHILE_LEASED);
            if (known != null && store.has(Fault.DUPLICATE_REPLACES_THE_FIRST)) {
                store.forget(known);
            } else if (known != null && !blind) {
                return new Duplicate(known.id);
            }
        }
        long number = store.has(Fault.REPEATS_IDS) ? store.given++ % 700 : store.given++;
        JobId id = job.id().orElseGet(() -> new JobId("toy-" + number));
        ToyJob stored = new ToyJob(id, job, body(job), store.now());
        store.place(stored, job.front() && !store.has(Fault.FRONT_IGNORED));
        return new Stored(id);
    }

    private Payload body(Job job) {
        byte[] bytes = job.payload().bytes();
        return store.has(Fault.TRUNCATES_BODIES)
                ? Payload.of(Arrays.copyOf(bytes, Math.min(bytes.length, 65_536)))
                : job.payload();
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        return locked(() -> {
            check();
            Receiver receiver = made(wanted);
            receivers.add(receiver);
            return receiver;
        });
    }

    Receiver made(Subscription wanted) {
        return new ToyReceiver(this, wanted);
    }

    @Override
    public <F> Optional<F> facet(Class<F> role) {
        return Optional.empty();
    }

    @Override
    public void close() {
        end(false);
        receivers.forEach(Receiver::close);
    }

    /** Ends it as a kill does. */
    public void kill() {
        end(true);
    }

    private void end(boolean killed) {
        store.lock.lock();
        try {
            closed = true;
            if (killed) {
                store.crash();
            }
        } finally {
            store.lock.unlock();
        }
    }
}
