// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Parcel;
import dev.millrace.broker.Support;
import dev.millrace.job.BrokerOption;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.okq.OkqName;
import dev.millrace.okq.PushEvent;
import java.util.Set;
import java.util.UUID;

/** What okq can do, and how a job is told to it. */
final class Terms {
    static final Set<Class<? extends BrokerOption>> OPTIONS = Set.of(OkqOption.EventId.class, OkqOption.NoBlock.class);

    static final Capabilities CAPABILITIES = Capabilities.builder()
            .feature(
                    Feature.CHOSEN_ID,
                    Support.none("ids are unique in one queue, and until the first retry; see OkqOption.EventId"))
            .feature(Feature.FRONT, Support.nativeSupport())
            .feature(Feature.HEADERS, Support.emulated("an envelope around the payload"))
            .feature(
                    Feature.DEAD_LETTER,
                    Support.emulated("an event in QUEUE.dead, then the acknowledgement; may duplicate"))
            .leases(Capabilities.LeaseScope.RECEIVE)
            .settles(Capabilities.SettleScope.JOB)
            .attempts(Capabilities.AttemptCount.APPROXIMATE)
            .ordering(Capabilities.Ordering.FIFO)
            .peek(Capabilities.Peek.NEXT)
            .build();

    /** With events left as they are. */
    static final Capabilities AS_IT_IS = Capabilities.builder()
            .feature(Feature.FRONT, Support.nativeSupport())
            .leases(Capabilities.LeaseScope.RECEIVE)
            .settles(Capabilities.SettleScope.JOB)
            .attempts(Capabilities.AttemptCount.NONE)
            .ordering(Capabilities.Ordering.FIFO)
            .peek(Capabilities.Peek.NEXT)
            .build();

    private static final String DEAD = ".dead";

    private Terms() {}

    /** A job as okq is told of it. */
    static PushEvent event(Job job) {
        byte[] body = Parcel.of(job.headers(), job.payload()).seal();
        PushEvent event =
                PushEvent.to(name(job.queue()), body).withId(UUID.randomUUID().toString());
        for (BrokerOption option : job.options()) {
            event = switch ((OkqOption) option) {
                case OkqOption.EventId own -> event.withId(own.id());
                case OkqOption.NoBlock hasty -> event.noBlock();
            };
        }
        return job.front() ? event.highPriority() : event;
    }

    /** A job that comes again, with another id: its own is taken until it is acknowledged. */
    static PushEvent copy(OkqName queue, Parcel parcel) {
        return PushEvent.to(queue, parcel.seal()).withId(UUID.randomUUID().toString());
    }

    static OkqName name(QueueName queue) {
        return OkqName.of(queue.value());
    }

    static OkqName deadOf(QueueName queue) {
        return OkqName.of(queue.value() + DEAD);
    }

    static boolean isDead(String name) {
        return name.endsWith(DEAD) && name.length() > DEAD.length();
    }

    /** The queue whose dead letters lie in another. */
    static String origin(String name) {
        return isDead(name) ? name.substring(0, name.length() - DEAD.length()) : name;
    }
}
