// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Broker;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.hosting.Renewal;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lets workers have jobs for longer. Thread-safe. */
final class Renewing {
    private static final Renewal UNKNOWN = new Renewal(Renewal.Outcome.UNKNOWN, 0);
    private static final long SECOND = 1000;

    private final Broker broker;
    private final Looking looking;
    private final Holdings holdings;
    private final InstantSource clock;

    Renewing(Broker broker, Looking looking, Holdings holdings, InstantSource clock) {
        this.broker = broker;
        this.looking = looking;
        this.holdings = holdings;
        this.clock = clock;
    }

    Renewal renew(List<JobId> ids) {
        if (ids.isEmpty()) {
            return UNKNOWN;
        }
        JobId id = ids.getFirst();
        Optional<Held> held = holdings.find(id);
        if (held.isPresent() && held.get().receiver() instanceof LeaseExtending extending) {
            return renew(held.get(), extending);
        }
        if (looking.glimpse(id).isEmpty()) {
            return UNKNOWN;
        }
        throw Cannot.so(
                broker,
                held.isPresent()
                        ? "let a worker have a job for longer (WORKING)"
                        : "let a worker have a job for longer that this server did not hand out (WORKING)");
    }

    private Renewal renew(Held held, LeaseExtending extending) {
        Optional<Instant> end = extending.extend(held.delivery(), held.lease());
        if (end.isPresent()) {
            holdings.extend(held, end.get());
            long millis =
                    Math.max(0, Duration.between(clock.instant(), end.get()).toMillis());
            return new Renewal(Renewal.Outcome.RENEWED, Math.ceilDiv(millis, SECOND) * SECOND);
        }
        holdings.forget(held);
        return looking.glimpse(held.delivery().id()).isEmpty() ? UNKNOWN : new Renewal(Renewal.Outcome.TOO_LATE, 0);
    }
}
