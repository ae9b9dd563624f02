// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Everything a worker has for one queue, and what its parts share. */
final class Lane {
    /** Leases that cannot be renewed outlast the longest time limit by this part of it, and not by more than so much. */
    private static final int SPARE_PART = 20;

    private static final Duration MOST_SPARE = Duration.ofSeconds(10);

    /** Longer than any call to receive should take. */
    private static final long LONGEST_RECEIVE = 3 * Nanos.of(Taker.PATIENCE);

    /** Longer than it should take until a handler starts: there is no processor for it. */
    private static final long LONGEST_START = Nanos.of(Duration.ofSeconds(15));

    private final Terms terms;
    private final QueuePlan plan;
    private final Threads threads;
    private final Slots slots;
    private final Backlog backlog;
    private final Launcher launcher;
    private final Judge judge;
    private final Progress progress = new Progress();
    private final PendingCall receiving = new PendingCall(LONGEST_RECEIVE);
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Duration lease;
    /** Belongs to the watchman. */
    private boolean silent;

    Lane(Terms terms, QueuePlan plan, Threads threads) {
        this.terms = terms;
        this.plan = plan;
        this.threads = threads;
        this.slots = new Slots(plan.concurrency());
        this.backlog = new Backlog(slots.room());
        this.launcher = new Launcher(this);
        this.judge = new Judge(terms, plan.guarantee());
        this.lease = terms.lease();
    }

    /** Opens a receiver, and a session around it. */
    Session open() {
        Session session = new Session(this, receiver(), Nanos.of(lease));
        sessions.add(session);
        if (ended.get()) {
            session.retire(Nanos.now());
        }
        return session;
    }

    /** Where the lease can be chosen and not be renewed, it must outlast the longest handler. */
    private Receiver receiver() {
        Receiver receiver = terms.broker().receiver(subscription());
        Duration limit = tasks().longestLimit();
        Duration spare = limit.dividedBy(SPARE_PART);
        Duration needed = limit.plus(spare.compareTo(MOST_SPARE) < 0 ? spare : MOST_SPARE)
                .plus(readAhead() == 0 ? Duration.ZERO : Backlog.LONGEST);
        boolean enough = receiver instanceof LeaseExtending
                || plan.guarantee() == Guarantee.AT_MOST_ONCE
                || terms.broker().capabilities().leases() != LeaseScope.RECEIVE
                || lease.compareTo(needed) >= 0;
        if (enough) {
            return receiver;
        }
        receiver.close();
        lease = needed;
        announcer()
                .log(
                        Level.INFO,
                        () -> "broker " + terms.broker().name() + " cannot renew leases, so those of queue " + queue()
                                + " are " + Texts.of(needed)
                                + ", to outlast the longest time limit; the jobs of a process that"
                                + " dies come back only after that",
                        null);
        return terms.broker().receiver(subscription());
    }

    private Subscription subscription() {
        return new Subscription(List.of(plan.queue()), mayBeInFlight(readAhead()), lease, plan.guarantee());
    }

    /** A session has closed its receiver. */
    void ended(Session session) {
        sessions.remove(session);
        slots.end().ring();
    }

    /** Lets all sessions end, and each that is still opened. */
    void retire(long giveUpAt) {
        ended.set(true);
        sessions.forEach(session -> session.retire(giveUpAt));
    }

    /** Waits until all sessions have ended, and closes the receivers of those that do not. */
    void awaitEnd(Shutdown shutdown, long deadline) {
        shutdown.await(slots.end(), sessions::isEmpty, deadline);
        sessions.forEach(Session::close);
    }

    /** Whether no handler runs. */
    boolean isIdle() {
        return slots.occupied() == 0;
    }

    /** A handler does not heed its interrupt. */
    void stuck(Attempt attempt) {
        Duration since = Duration.ofNanos(Nanos.now() - attempt.cancelledAt());
        announcer()
                .log(
                        Level.WARNING,
                        () -> attempt + " has a handler that ignores its interrupt; its place is free again",
                        null);
        announcer().announce(new Event.HandlerStuck(announcer().worker(), attempt, since));
    }

    /** Tells once of a broker that does not answer; returns when to look again. The watchman's. */
    long hearBroker(long now) {
        long silence = silence(now);
        boolean tell = silence > 0 && !silent;
        silent = silence > 0;
        if (tell) {
            // What is done about it may take time, which others' time limits do not have.
            threads.steady("silence", () -> tellOfSilence(Duration.ofNanos(silence)))
                    .start();
        }
        return now + Nanos.of(Taker.PATIENCE);
    }

    private void tellOfSilence(Duration since) {
        announcer()
                .log(
                        Level.WARNING,
                        () -> "broker " + terms.broker().name() + " has not answered for " + Texts.of(since)
                                + " for queue " + queue(),
                        null);
        announcer().announce(new Event.BrokerSilent(announcer().worker(), queue(), since));
    }

    /** How the queue stands, unless the whole worker says something else. */
    Health.OfQueue health(Health.@Nullable Status overall) {
        Health.Status status = overall == null ? status(Nanos.now()) : overall;
        int running = slots.occupied();
        int waiting = backlog.size();
        return new Health.OfQueue(
                plan.queue(),
                status,
                running,
                waiting,
                Math.max(0, inFlight() - running - waiting),
                progress.lastReceive(),
                progress.lastSettle(),
                progress.lastError());
    }

    /** How many jobs were received and are not settled. */
    int inFlight() {
        int count = 0;
        for (Session session : sessions) {
            count += session.inFlight();
        }
        return count;
    }

    private Health.Status status(long now) {
        boolean[] starved = {false};
        slots.forEach(attempt -> starved[0] |= attempt.isNew() && now - attempt.begun() > LONGEST_START);
        return starved[0] ? Health.Status.STUCK : progress.status(silence(now) > 0);
    }

    /** For how long the broker has had no answer to the oldest call that takes too long; 0 if there is none. */
    private long silence(long now) {
        long longest = receiving.silence(now);
        for (Session session : sessions) {
            longest = Math.max(longest, session.silence(now));
        }
        return longest;
    }

    /** What a broker threw, as what a broker should throw. */
    RuntimeException broken(Throwable thrown) {
        return thrown instanceof RuntimeException error
                ? error
                : BrokerException.passing("broker " + terms.broker().name() + " threw " + thrown, thrown);
    }

    /** A new backoff, for whoever asks the broker for something. */
    Backoff backoff() {
        return new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    }

    /** What may be received and not settled: as much again as can run or wait, so that settling takes nobody's place. */
    int mayBeInFlight(int ahead) {
        return 2 * (plan.concurrency() + ahead);
    }

    /**
     * How many jobs may be received ahead of free places: none where they would be gone if this process died, and none where the
     * broker sends ahead by itself.
     */
    int readAhead() {
        boolean useful = plan.guarantee() == Guarantee.AT_LEAST_ONCE
                && terms.broker().capabilities().leases() != LeaseScope.CONNECTION;
        return useful ? terms.readAhead() : 0;
    }

    int concurrency() {
        return plan.concurrency();
    }

    QueueName queue() {
        return plan.queue();
    }

    Guarantee guarantee() {
        return plan.guarantee();
    }

    Tasks tasks() {
        return plan.tasks();
    }

    /** How long a lease is asked for. */
    Duration lease() {
        return lease;
    }

    Slots slots() {
        return slots;
    }

    Backlog backlog() {
        return backlog;
    }

    Launcher launcher() {
        return launcher;
    }

    Judge judge() {
        return judge;
    }

    /** The taker's call. */
    PendingCall receiving() {
        return receiving;
    }

    Progress progress() {
        return progress;
    }

    Threads threads() {
        return threads;
    }

    InstantSource clock() {
        return terms.clock();
    }

    Announcer announcer() {
        return terms.announcer();
    }
}
