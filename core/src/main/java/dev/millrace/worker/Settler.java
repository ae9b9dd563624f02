// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the broker what became of deliveries, from one thread of its own.
 *
 * <p>How: handlers push their attempts onto a stack, linked through the attempts themselves, and wake this thread only if the
 * stack was empty. It takes the whole stack with one atomic step and settles it with one call; what comes meanwhile is the next
 * call. So a single job is settled at once, and many jobs share the cost.
 *
 * <p>When the broker fails, everything waits for it, until the leases are over. When one settlement is at fault, so that a call
 * with it fails and not for the broker's sake, each is tried alone, and those at fault no longer delay the others.
 */
final class Settler implements Runnable {
    private static final long A_MOMENT = 100_000_000;
    /** Longer than any call to settle should take. */
    private static final long LONGEST = Nanos.of(Duration.ofSeconds(30));

    private final Session session;
    private final Lane lane;
    private final PendingCall settling = new PendingCall(LONGEST);
    private final AtomicReference<@Nullable Attempt> top = new AtomicReference<>();
    private final Unsettled waiting;
    private final Unsettled atFault;
    private @Nullable Thread thread;
    private volatile boolean retired;
    private volatile long giveUpAt;

    Settler(Session session) {
        this.session = session;
        this.lane = session.lane();
        this.waiting = new Unsettled(lane.backoff());
        this.atFault = new Unsettled(lane.backoff());
    }

    /** Attempts of which the broker is to be told, and when it is next tried. */
    private static final class Unsettled {
        private final Backoff backoff;
        private List<Attempt> attempts = new ArrayList<>();
        private long nextTry;

        Unsettled(Backoff backoff) {
            this.backoff = backoff;
        }

        boolean isDue(long now) {
            return !attempts.isEmpty() && (backoff.failures() == 0 || now - nextTry >= 0);
        }

        long pause(long now) {
            return attempts.isEmpty() ? Nanos.FOREVER : nextTry - now;
        }
    }

    void start(Thread own) {
        thread = own;
        own.start();
    }

    /** Another attempt is over. Any thread. */
    void add(Attempt attempt) {
        Attempt below = top.get();
        attempt.below(below);
        while (!top.compareAndSet(below, attempt)) {
            below = top.get();
            attempt.below(below);
        }
        if (below == null) {
            LockSupport.unpark(thread);
        }
    }

    /** For how long the broker has had no answer, if that is too long; else 0. Any thread. */
    long silence(long now) {
        return settling.silence(now);
    }

    void retire(long until) {
        giveUpAt = until;
        retired = true;
        LockSupport.unpark(thread);
    }

    void wakeIfRetired() {
        if (retired) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        try {
            while (!isOver()) {
                try {
                    gather();
                    round(Nanos.now());
                } catch (Throwable e) {
                    lane.announcer()
                            .log(Level.ERROR, () -> "settling for queue " + lane.queue() + " broke, going on", e);
                    LockSupport.parkNanos(this, A_MOMENT);
                }
            }
            gather();
            giveUp(waiting, attempt -> true);
            giveUp(atFault, attempt -> true);
        } finally {
            session.close();
            lane.ended(session);
        }
    }

    private boolean isOver() {
        return retired && (session.inFlight() == 0 || Nanos.now() - giveUpAt >= 0);
    }

    /** Takes the stack, the oldest first. */
    private void gather() {
        Attempt next = top.get() == null ? null : top.getAndSet(null);
        Attempt oldest = null;
        while (next != null) {
            Attempt below = next.below();
            next.below(oldest);
            oldest = next;
            next = below;
        }
        while (oldest != null) {
            waiting.attempts.add(oldest);
            Attempt above = oldest.below();
            oldest.below(null);
            oldest = above;
        }
    }

    private void round(long now) {
        if (waiting.isDue(now)) {
            settleAll();
        } else if (atFault.isDue(now)) {
            settleEach(atFault);
        } else {
            long pause = Math.min(waiting.pause(now), atFault.pause(now));
            LockSupport.parkNanos(this, retired ? Math.min(pause, giveUpAt - now) : pause);
        }
    }

    private void settleAll() {
        List<Attempt> batch = waiting.attempts;
        try {
            settle(batch);
            batch.clear();
            waiting.backoff.reset();
        } catch (BrokerException e) {
            postpone(waiting, e);
        } catch (RuntimeException | Error e) {
            settleEach(waiting);
        }
    }

    /** One by one; what fails alone is at fault, unless the broker is. */
    private void settleEach(Unsettled which) {
        List<Attempt> batch = which.attempts;
        which.attempts = new ArrayList<>();
        List<Attempt> failed = new ArrayList<>();
        Throwable error = null;
        for (Attempt attempt : batch) {
            try {
                settle(List.of(attempt));
            } catch (BrokerException e) {
                which.attempts.add(attempt);
                error = e;
            } catch (RuntimeException | Error e) {
                failed.add(attempt);
                error = e;
            }
        }
        if (error == null) {
            which.backoff.reset();
            return;
        }
        if (!which.attempts.isEmpty()) {
            postpone(which, error);
        }
        if (!failed.isEmpty()) {
            atFault.attempts.addAll(failed);
            postpone(atFault, error);
        }
    }

    private void settle(List<Attempt> batch) {
        List<Settlement> words = new ArrayList<>(batch.size());
        for (Attempt attempt : batch) {
            Settlement word = attempt.settlement();
            if (word != null) {
                words.add(word);
            }
        }
        List<Settled> answers;
        settling.begin(Nanos.now());
        try {
            answers = session.receiver().settle(words);
        } finally {
            settling.end();
        }
        if (answers.size() != batch.size()) {
            throw new IllegalStateException(
                    "the broker answered " + batch.size() + " settlements with " + answers.size());
        }
        lane.progress().settled(lane.clock().millis());
        conclude(batch, answers);
        session.over(batch.size());
    }

    private void conclude(List<Attempt> batch, List<Settled> answers) {
        Announcer announcer = lane.announcer();
        for (int i = 0; i < batch.size(); i++) {
            Attempt attempt = batch.get(i);
            Settled answer = answers.get(i);
            if (answer == Settled.LOST) {
                announcer.log(Level.WARNING, () -> attempt + " was settled too late and may come again", null);
            }
            if (announcer.observed()) {
                announcer.announce(new Event.Concluded(announcer.worker(), attempt, answer));
            }
        }
    }

    private void postpone(Unsettled which, Throwable thrown) {
        RuntimeException error = lane.broken(thrown);
        long now = Nanos.now();
        which.nextTry = now + which.backoff.after(thrown);
        lane.progress().settleFailed(error);
        Level level = which.backoff.failures() == 1 ? Level.WARNING : Level.DEBUG;
        tell(level, which.attempts.size(), error, false);
        giveUp(which, attempt -> now - attempt.lease().overAt() >= 0);
    }

    /** Lets go of those whose lease is surely over, or of all. */
    private void giveUp(Unsettled which, Predicate<Attempt> hopeless) {
        int before = which.attempts.size();
        which.attempts.removeIf(hopeless);
        int lost = before - which.attempts.size();
        if (lost > 0) {
            tell(Level.WARNING, lost, new IllegalStateException("the leases are over, or the worker stops"), true);
            session.spoil();
            session.over(lost);
        }
    }

    private void tell(Level level, int jobs, RuntimeException error, boolean givenUp) {
        Announcer announcer = lane.announcer();
        String ending = givenUp ? " and may come again" : ", trying again";
        announcer.log(level, () -> jobs + " jobs of queue " + lane.queue() + " could not be settled" + ending, error);
        announcer.announce(new Event.SettleFailed(announcer.worker(), lane.queue(), jobs, error, givenUp));
    }
}
