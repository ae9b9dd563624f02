// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts a virtual thread for each attempt, in a place of its own. Thread-safe.
 *
 * <p>How: whoever ends an attempt starts the next of the backlog in its place. If there is none the place is free, and the taker's;
 * but if one was added just then, the taker may have seen no free place, so whoever freed it looks again and takes it back.
 */
final class Launcher {
    private final Lane lane;
    private final AtomicLong handedBack = new AtomicLong();

    Launcher(Lane lane) {
        this.lane = lane;
    }

    /** Starts an attempt in a claimed place. */
    void launch(Attempt attempt, int slot) {
        attempt.place(slot);
        lane.slots().put(slot, attempt);
        try {
            lane.threads().handler(attempt).start();
        } catch (RuntimeException | Error e) {
            lane.announcer().log(Level.WARNING, () -> "no thread could be started for " + attempt, e);
            lane.slots().release(slot);
            handBack(attempt);
        }
    }

    /** A place is free: for the next of the backlog, or whatever the taker has for it. */
    void freed(int slot) {
        do {
            Attempt next = lane.backlog().poll();
            if (next != null) {
                launch(next, slot);
                return;
            }
            lane.slots().release(slot);
        } while (!lane.backlog().isEmpty() && lane.slots().reclaim(slot));
    }

    /** An attempt goes back without having been tried. */
    void handBack(Attempt attempt) {
        handedBack.getAndIncrement();
        lane.judge().handBack(attempt);
    }

    /** How many went back. */
    long handedBack() {
        return handedBack.get();
    }

    /** Gives back what has waited too long for a place; returns when to look again. */
    long handBackStale(long now) {
        Attempt stale = lane.backlog().pollStale(now);
        while (stale != null) {
            handBack(stale);
            stale = lane.backlog().pollStale(now);
        }
        return lane.backlog().nextStale(now);
    }
}
