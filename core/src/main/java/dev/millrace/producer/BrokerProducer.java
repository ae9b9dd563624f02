// SPDX-License-Identifier: Apache-2.0
package dev.millrace.producer;

import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueRefusedException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Feature;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one producer: passes on, tells its observer, and turns answers into what callers expect. */
final class BrokerProducer implements Producer {
    private static final Logger LOG = System.getLogger(BrokerProducer.class.getName());

    private final Broker broker;
    private final @Nullable EnqueueObserver observer;

    private BrokerProducer(Broker broker, @Nullable EnqueueObserver observer) {
        this.broker = broker;
        this.observer = observer;
    }

    static BrokerProducer to(Broker broker, Feature... needed) {
        for (Feature feature : needed) {
            if (!broker.capabilities().has(feature)) {
                throw new UnsupportedFeatureException(broker.name(), feature.name(), "a producer (Producer.to)");
            }
        }
        return new BrokerProducer(broker, null);
    }

    @Override
    public BrokerProducer observedBy(EnqueueObserver next) {
        return new BrokerProducer(broker, observer == null ? next : new BothObservers(observer, next));
    }

    @Override
    public JobId enqueue(Job job) {
        return id(job, offer(List.of(job)).getFirst());
    }

    /** What callers of enqueue expect of an answer. */
    JobId id(Job job, EnqueueResult answer) {
        return switch (answer) {
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
        if (jobs.isEmpty()) {
            return List.of();
        }
        return offer(jobs, () -> broker.send(jobs));
    }

    /** Sends, under the eyes of the observer. */
    List<EnqueueResult> offer(List<Job> jobs, Supplier<List<EnqueueResult>> sending) {
        EnqueueObserver told = observer;
        return told == null ? sending.get() : offer(jobs, sending, told);
    }

    private List<EnqueueResult> offer(List<Job> jobs, Supplier<List<EnqueueResult>> sending, EnqueueObserver told) {
        tell(() -> told.sending(jobs));
        List<EnqueueResult> answers;
        try {
            answers = sending.get();
        } catch (RuntimeException | Error e) {
            tell(() -> told.failed(jobs, e));
            throw e;
        }
        tell(() -> told.sent(jobs, answers));
        return answers;
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "an enqueue observer threw; the jobs are not touched by that", e);
        }
    }

    /** {@link Producer#observedBy} called twice. */
    private record BothObservers(EnqueueObserver first, EnqueueObserver second) implements EnqueueObserver {
        @Override
        public void sending(List<Job> jobs) {
            tell(() -> first.sending(jobs));
            second.sending(jobs);
        }

        @Override
        public void sent(List<Job> jobs, List<EnqueueResult> answers) {
            tell(() -> first.sent(jobs, answers));
            second.sent(jobs, answers);
        }

        @Override
        public void failed(List<Job> jobs, Throwable error) {
            tell(() -> first.failed(jobs, error));
            second.failed(jobs, error);
        }
    }
}
