// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Parcel;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.job.QueueName;
import dev.millrace.okq.OkqName;
import dev.millrace.okq.OkqQueueStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What people see of the server: counts of all queues, and the next event of one. */
final class Looking {
    private final Site site;

    Looking(Site site) {
        this.site = site;
    }

    /** What was counted of one queue. */
    private record Count(long ready, long leased, long dead) {
        private static final Count NOTHING = new Count(0, 0, 0);

        Count and(Count other) {
            return new Count(ready + other.ready, leased + other.leased, dead + other.dead);
        }

        static Count of(OkqQueueStatus status) {
            return Terms.isDead(status.queue().text())
                    ? new Count(0, 0, status.total())
                    : new Count(status.total() - status.processing(), status.processing(), 0);
        }
    }

    List<QueueStatus> queues() {
        Map<String, Count> counts = new TreeMap<>();
        for (OkqQueueStatus status : site.client().status(List.of())) {
            counts.merge(Terms.origin(status.queue().text()), Count.of(status), Count::and);
        }
        return counts.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(Count.NOTHING) && isName(entry.getKey()))
                .map(entry -> status(new QueueName(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static QueueStatus status(QueueName queue, Count count) {
        return new QueueStatus(
                queue,
                OptionalLong.of(count.ready()),
                OptionalLong.of(0),
                OptionalLong.of(count.leased()),
                OptionalLong.of(count.dead()),
                Optional.empty(),
                Pause.NONE);
    }

    /** A queue of others may have a name that no queue of ours can have. */
    private static boolean isName(String name) {
        try {
            new QueueName(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** okq shows no more than the next one. */
    List<Glimpse> peek(QueueName queue) {
        return glimpse(Terms.name(queue), queue, JobState.READY);
    }

    List<Glimpse> dead(QueueName queue) {
        return glimpse(Terms.deadOf(queue), queue, JobState.DEAD);
    }

    private List<Glimpse> glimpse(OkqName where, QueueName queue, JobState state) {
        return site.client().peekNext(where).stream()
                .map(event -> {
                    Parcel parcel = Ids.told(event.id(), Parcel.open(event.contents()));
                    return new Glimpse(
                            Ids.of(event.id(), parcel),
                            queue,
                            state,
                            parcel.payload(),
                            parcel.headers(),
                            parcel.attempts(),
                            Optional.empty(),
                            Optional.empty());
                })
                .toList();
    }
}
