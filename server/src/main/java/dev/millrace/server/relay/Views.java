// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.broker.QueueStatus;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.HostedView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/*
 * A broker does not say for how long a job lives, nor why it came again: it counts attempts. So a life is endless here, no
 * job was ever handed back, and all attempts after the first are other ones.
 */
/** What a broker says, in the words of hosts. */
final class Views {
    /** Of a job that nobody holds: calls are made with ids. */
    private static final long NO_NUMBER = 0;

    private Views() {}

    static HostedJob job(long number, Delivery delivery) {
        return new HostedJob(
                number,
                delivery.queue(),
                delivery.payload(),
                delivery.headers(),
                Long.MAX_VALUE,
                false,
                0,
                Math.max(0, delivery.attempt() - 1),
                Optional.of(delivery.id()));
    }

    static HostedJob job(Glimpse seen) {
        int again = seen.attempts() - (seen.state() == JobState.LEASED || seen.state() == JobState.DEAD ? 1 : 0);
        return new HostedJob(
                NO_NUMBER,
                seen.queue(),
                seen.payload(),
                seen.headers(),
                Long.MAX_VALUE,
                false,
                0,
                Math.max(0, again),
                Optional.of(seen.id()));
    }

    static HostedView view(Glimpse seen, Optional<Held> held, Instant now) {
        return new HostedView(
                job(seen),
                state(seen.state()),
                Optional.empty(),
                seen.enqueuedAt().orElse(Instant.EPOCH).toEpochMilli(),
                0,
                held.map(job -> job.lease().toMillis()).orElse(0L),
                seen.attempts(),
                requeue(seen, now),
                OptionalLong.empty());
    }

    private static OptionalLong requeue(Glimpse seen, Instant now) {
        return seen.due()
                .map(due ->
                        OptionalLong.of(Math.max(0, Duration.between(now, due).toMillis())))
                .orElse(OptionalLong.empty());
    }

    private static HostedView.State state(JobState state) {
        return switch (state) {
            case WAITING -> HostedView.State.WAITING;
            case READY -> HostedView.State.QUEUED;
            case LEASED -> HostedView.State.ACTIVE;
            case DEAD -> HostedView.State.DEAD;
        };
    }

    static HostedQueue queue(QueueStatus status, int takers) {
        return new HostedQueue(
                status.queue(),
                status.ready().orElse(0),
                status.waiting().orElse(0),
                status.leased().orElse(0),
                status.dead().orElse(0),
                0,
                0,
                takers,
                0,
                0,
                status.pause());
    }
}
