// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Terms;
import dev.millrace.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/*
 * The retry time of a job is its time limit in the words of brokers: those whose leases are told when a job is enqueued
 * take it from there. What only hosts promise is refused.
 */
/** Stores jobs, many with one call. */
final class Adding {
    private static final int MOST = 1000;
    private static final long NO_NUMBER = 0;

    private final Broker broker;

    Adding(Broker broker) {
        this.broker = broker;
    }

    /**
     * A job on its way.
     *
     * @param call what is asked
     * @param job as the broker gets it
     */
    private record Parcel(Call.Add call, Job job) {}

    void run(List<Step> steps) {
        for (int from = 0; from < steps.size(); from += MOST) {
            List<Parcel> parcels = new ArrayList<>();
            for (Step step : steps.subList(from, Math.min(steps.size(), from + MOST))) {
                Batch.guarded(step, () -> parcels.add(parcel((Call.Add) step.call())));
            }
            send(parcels);
        }
    }

    private Parcel parcel(Call.Add call) {
        Terms terms = call.terms();
        if (terms.once()) {
            throw Cannot.so(broker, "deliver a single job at most once (RETRY 0)");
        }
        if (terms.maxQueued() != Terms.NO_LIMIT) {
            throw Cannot.so(broker, "refuse a job because its queue is long (MAXLEN)");
        }
        if (terms.maxDeliveries() != Terms.NO_LIMIT) {
            throw Cannot.so(broker, "limit the deliveries of a job (DELIVERIES)");
        }
        broker.capabilities().check(broker.name(), call.job(), Set.of());
        return new Parcel(call, call.job().withTimeLimit(Duration.ofMillis(terms.retryMillis())));
    }

    private void send(List<Parcel> parcels) {
        if (parcels.isEmpty()) {
            return;
        }
        List<EnqueueResult> results;
        try {
            results = broker.send(parcels.stream().map(Parcel::job).toList());
        } catch (UnsupportedFeatureException | IllegalArgumentException e) {
            alone(parcels, e);
            return;
        } catch (RuntimeException e) {
            parcels.forEach(parcel -> parcel.call.answer().fail(e));
            return;
        }
        for (int i = 0; i < parcels.size(); i++) {
            parcels.get(i).call.answer().give(new Call.Added(NO_NUMBER, results.get(i)));
        }
    }

    /** One of them was refused, so none was sent: which one shows when they go alone. */
    private void alone(List<Parcel> parcels, RuntimeException why) {
        if (parcels.size() == 1) {
            parcels.getFirst().call.answer().fail(why);
        } else {
            parcels.forEach(parcel -> send(List.of(parcel)));
        }
    }
}
