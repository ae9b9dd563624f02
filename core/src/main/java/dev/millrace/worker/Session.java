// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.job.Guarantee;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One receiver with everything that came out of it and is not settled. When the receiver fails a lane opens another session;
 * this one is retired, and closes its receiver when the last of its deliveries is settled or given up.
 */
final class Session {
    private final Lane lane;
    private final Receiver receiver;
    private final @Nullable LeaseExtending extending;
    private final long lease;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Settler settler;
    private volatile boolean spoiled;

    Session(Lane lane, Receiver receiver, long lease) {
        this.lane = lane;
        this.receiver = receiver;
        this.extending =
                receiver instanceof LeaseExtending able && lane.guarantee() == Guarantee.AT_LEAST_ONCE ? able : null;
        this.lease = lease;
        this.settler = new Settler(this);
        this.settler.start(lane.threads().ofQueue("settle-" + lane.queue(), settler));
    }

    Lane lane() {
        return lane;
    }

    Receiver receiver() {
        return receiver;
    }

    /** Who renews leases; null if nobody can, or there are none. */
    @Nullable
    LeaseExtending extending() {
        return extending;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** A new delivery is in flight. */
    Attempt received(Delivery delivery, long now, long nowMillis) {
        Lease held = new Lease(lease, delivery.leaseUntil().orElse(null), now, nowMillis);
        Attempt attempt = new Attempt(this, delivery, held, now);
        inFlight.getAndIncrement();
        return attempt;
    }

    /** Passes on what is to become of a job. */
    void settle(Attempt attempt, Settlement settlement) {
        attempt.settlement(settlement);
        settler.add(attempt);
    }

    /** Something of ours broke, such as lack of memory, before anybody could say what becomes of a job: it comes again. */
    void lose(Attempt attempt, Throwable error) {
        lane.announcer().log(Level.ERROR, () -> attempt + " was lost sight of and comes again", error);
        spoil();
        forget(attempt);
    }

    /** For how long the broker has had no answer to what it is told, if that is too long; else 0. */
    long silence(long now) {
        return settler.silence(now);
    }

    /** An attempt needs no settlement. */
    void forget(Attempt attempt) {
        over(1);
    }

    /** Some deliveries are no longer in flight. */
    void over(int count) {
        inFlight.getAndAdd(-count);
        lane.slots().room().ring();
        settler.wakeIfRetired();
    }

    /** Deliveries were given up that the broker may still count as ours: only the end of the receiver frees them for sure. */
    void spoil() {
        spoiled = true;
        lane.slots().room().ring();
    }

    /** Whether another session should take its place. */
    boolean isSpoiled() {
        return spoiled;
    }

    /** Nothing more will be received; what is in flight is settled until it is, or the moment has come to give up. */
    void retire(long giveUpAt) {
        settler.retire(giveUpAt);
    }

    /** Closes the receiver, whatever it says to that. */
    void close() {
        try {
            receiver.close();
        } catch (RuntimeException | Error e) {
            lane.announcer().log(Level.DEBUG, () -> "closing the receiver of queue " + lane.queue() + " failed", e);
        }
    }
}
