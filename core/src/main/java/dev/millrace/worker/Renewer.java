// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.LeaseExtending;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Renews the leases of running handlers, each after a third of it, from one thread for the whole worker.
 *
 * <p>How: it walks over the places of all queues, renews what is due, and sleeps until the next is. A job that starts meanwhile
 * is due after that, as all leases have the same length; the few that are shorter, because the broker decided so, wake it through
 * {@link #expect}.
 */
final class Renewer implements Runnable {
    private final List<Lane> lanes;
    private final Watchman watchman;
    private final Thread thread;
    private volatile long nextRound;
    private volatile boolean stopping;

    Renewer(List<Lane> lanes, Threads threads, Watchman watchman) {
        this.lanes = lanes;
        this.watchman = watchman;
        this.thread = threads.steady("renew", this);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** A job was received whose lease is to be renewed at that moment; any thread. */
    void expect(long renewAt) {
        if (renewAt - nextRound < 0) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!stopping) {
            long now = Nanos.now();
            nextRound = now + Nanos.FOREVER;
            long next = nextRound;
            for (Lane lane : lanes) {
                next = Math.min(next, Math.min(now + Nanos.of(lane.lease()) / 3, round(lane)));
            }
            nextRound = next;
            LockSupport.parkNanos(this, next - Nanos.now());
        }
    }

    private long round(Lane lane) {
        long[] next = {Nanos.now() + Nanos.FOREVER};
        lane.slots().forEach(attempt -> next[0] = Math.min(next[0], renewIfDue(attempt)));
        return next[0];
    }

    /** Returns when this attempt is next due. */
    private long renewIfDue(Attempt attempt) {
        LeaseExtending extending = attempt.session().extending();
        long now = Nanos.now();
        if (extending == null) {
            return now + Nanos.FOREVER;
        }
        Lease lease = attempt.lease();
        if (lease.renewAt() - now > 0) {
            return lease.renewAt();
        }
        try {
            renew(attempt, extending);
        } catch (RuntimeException | Error e) {
            lease.notRenewed(Nanos.now());
            attempt.session()
                    .lane()
                    .announcer()
                    .log(Level.DEBUG, () -> "the lease of " + attempt + " could not be renewed", e);
        }
        return lease.renewAt();
    }

    private void renew(Attempt attempt, LeaseExtending extending) {
        Lane lane = attempt.session().lane();
        Announcer announcer = lane.announcer();
        Optional<Instant> until = extending.extend(attempt.delivery(), lane.lease());
        long now = Nanos.now();
        if (until.isPresent()) {
            attempt.lease().renewed(until.get(), now, lane.clock().millis());
            if (announcer.observed()) {
                announcer.announce(new Event.LeaseRenewed(announcer.worker(), attempt, until.get()));
            }
        } else {
            attempt.lease().renewed(null, now + Nanos.FOREVER / 4, 0);
            if (attempt.cancel(Cancellation.LEASE_LOST, now)) {
                watchman.look();
                announcer.log(Level.WARNING, () -> "the lease of " + attempt + " is lost; it may run elsewhere", null);
                announcer.announce(new Event.LeaseLost(announcer.worker(), attempt));
            }
        }
    }
}
