// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Delivery;
import dev.millrace.job.Guarantee;
import java.util.List;

/** Puts what was received into free places, the rest into the backlog; when the worker stops, back. Used by the taker alone. */
final class Intake {
    private final Lane lane;
    private final Announcer announcer;
    private final Renewer renewer;
    private final Watchman watchman;
    private long received;

    Intake(Lane lane, Renewer renewer, Watchman watchman) {
        this.lane = lane;
        this.announcer = lane.announcer();
        this.renewer = renewer;
        this.watchman = watchman;
    }

    /** How many jobs were settled after they had a place. */
    long settled() {
        return received - lane.inFlight() - lane.launcher().handedBack();
    }

    /** How many places are free, and nothing is there for them. */
    int places() {
        int free = lane.slots().available();
        Attempt next = free == 0 ? null : lane.backlog().poll();
        while (next != null) {
            lane.launcher().launch(next, lane.slots().claim());
            free--;
            next = free == 0 ? null : lane.backlog().poll();
        }
        return free;
    }

    /** Takes what was received; when the worker stops meanwhile, starts only what the broker cannot take back. */
    void take(Session session, List<Delivery> deliveries, boolean stopping) {
        boolean wanted = !stopping || lane.guarantee() == Guarantee.AT_MOST_ONCE;
        int places = wanted ? lane.slots().available() : 0;
        received += deliveries.size();
        long now = Nanos.now();
        long nowMillis = lane.clock().millis();
        long renewAt = now + Nanos.FOREVER;
        for (Delivery delivery : deliveries) {
            Attempt attempt = attempt(session, delivery, now, nowMillis);
            renewAt = Math.min(renewAt, attempt.lease().renewAt());
            if (announcer.observed()) {
                announcer.announce(new Event.Received(announcer.worker(), attempt));
            }
            if (!wanted) {
                lane.launcher().handBack(attempt);
            } else if (places-- > 0) {
                lane.launcher().launch(attempt, lane.slots().claim());
            } else {
                lane.backlog().add(attempt);
            }
        }
        if (session.extending() != null) {
            renewer.expect(renewAt);
        }
        watchBacklog(now);
    }

    private Attempt attempt(Session session, Delivery delivery, long now, long nowMillis) {
        try {
            return session.received(delivery, now, nowMillis);
        } catch (RuntimeException | Error e) {
            // Lack of memory, most likely. The broker gives the delivery to somebody else when this receiver ends.
            session.spoil();
            throw e;
        }
    }

    private void watchBacklog(long now) {
        if (lane.backlog().isClosed()) {
            lane.launcher().handBackStale(now);
        } else {
            watchman.expect(lane.backlog().nextStale(now));
        }
    }
}
