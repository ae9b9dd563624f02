// SPDX-License-Identifier: Apache-2.0
package dev.millrace.producer;

import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueRefusedException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Feature;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import java.util.List;

/** The one producer: passes on, and turns answers into what callers expect. */
final class BrokerProducer implements Producer {
    private final Broker broker;

    private BrokerProducer(Broker broker) {
        this.broker = broker;
    }

    static Producer to(Broker broker, Feature... needed) {
        for (Feature feature : needed) {
            if (!broker.capabilities().has(feature)) {
                throw new UnsupportedFeatureException(broker.name(), feature.name(), "Producer.to");
            }
        }
        return new BrokerProducer(broker);
    }

    @Override
    public JobId enqueue(Job job) {
        return switch (offer(List.of(job)).getFirst()) {
            case EnqueueResult.Stored stored -> stored.id();
            case EnqueueResult.Duplicate duplicate -> duplicate.id();
            case EnqueueResult.Refused refused ->
                throw new EnqueueRefusedException(
                        refused.reason(),
                        "broker " + broker.name() + " refused " + job + ": " + refused.reason() + ", "
                                + refused.detail());
        };
    }

    @Override
    public List<EnqueueResult> offer(List<Job> jobs) {
        return jobs.isEmpty() ? List.of() : broker.send(jobs);
    }

    @Override
    public Producer observedBy(EnqueueObserver observer) {
        throw new UnsupportedOperationException(observer.toString());
    }
}
