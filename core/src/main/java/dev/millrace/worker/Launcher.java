// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Delivery;
import dev.millrace.job.Guarantee;
import java.lang.System.Logger.Level;
import java.util.List;

/** Starts a virtual thread for each delivery, in a place of its own; what cannot start goes back. Used by the taker alone. */
final class Launcher {
    private final Lane lane;
    private final Announcer announcer;
    private final Renewer renewer;

    Launcher(Lane lane, Renewer renewer) {
        this.lane = lane;
        this.announcer = lane.announcer();
        this.renewer = renewer;
    }

    /** Starts what was received; when the worker stops meanwhile, only what the broker cannot take back. */
    void start(Session session, List<Delivery> deliveries, boolean stopping) {
        boolean wanted = !stopping || lane.guarantee() == Guarantee.AT_MOST_ONCE;
        int places = wanted ? lane.slots().available() : 0;
        long now = Nanos.now();
        long nowMillis = lane.clock().millis();
        long renewAt = now + Nanos.FOREVER;
        for (Delivery delivery : deliveries) {
            Attempt attempt = attempt(session, delivery, places-- > 0, now, nowMillis);
            renewAt = Math.min(renewAt, attempt.lease().renewAt());
            if (announcer.observed()) {
                announcer.announce(new Event.Received(announcer.worker(), attempt));
            }
            if (attempt.slot() == Attempt.NO_SLOT) {
                lane.judge().handBack(attempt);
            } else {
                launch(attempt);
            }
        }
        if (session.extending() != null) {
            renewer.expect(renewAt);
        }
    }

    private Attempt attempt(Session session, Delivery delivery, boolean start, long now, long nowMillis) {
        int slot = start ? lane.slots().claim() : Attempt.NO_SLOT;
        try {
            return session.received(delivery, slot, now, nowMillis);
        } catch (RuntimeException | Error e) {
            // Lack of memory, most likely. The broker gives the delivery to somebody else when this receiver ends.
            if (start) {
                lane.slots().release(slot);
            }
            session.spoil();
            throw e;
        }
    }

    private void launch(Attempt attempt) {
        lane.slots().put(attempt.slot(), attempt);
        try {
            lane.threads().handler(attempt).start();
        } catch (RuntimeException | Error e) {
            announcer.log(Level.WARNING, () -> "no thread could be started for " + attempt, e);
            lane.slots().release(attempt.slot());
            lane.judge().handBack(attempt);
        }
    }
}
