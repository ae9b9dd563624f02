// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Settlement;
import dev.millrace.job.JobId;
import dev.millrace.job.JobType;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One delivery on its way through the worker, and what its virtual thread runs. */
final class Attempt extends Course implements JobContext, Runnable {
    private static final int NO_SLOT = -1;

    private static final long SHORTEST_GRACE = 100_000_000L;
    private static final long LONGEST_GRACE = 5_000_000_000L;

    private final Session session;
    private final Delivery delivery;
    private final Lease lease;
    private final @Nullable Task<?> task;
    private final int number;

    private volatile @Nullable Instant deadline;
    private @Nullable Duration waited;

    /** Its place: written before its thread starts. */
    private int slot = NO_SLOT;

    /** Whether a transaction that was committed has told the broker that the job is done. */
    private boolean committed;

    /** What is to become of the job, and the next in the settler's stack: written by whoever settles. */
    private @Nullable Settlement settlement;

    private @Nullable Attempt below;

    Attempt(Session session, Delivery delivery, Lease lease, long received) {
        super(received);
        this.session = session;
        this.delivery = delivery;
        this.lease = lease;
        this.task = session.lane().tasks().find(delivery);
        this.number = session.lane().judge().attemptOf(delivery);
    }

    @Override
    public void run() {
        Outcome outcome = null;
        Throwable error = null;
        try {
            if (begin(Nanos.now())) {
                outcome = perform();
            }
        } catch (Throwable e) {
            error = e;
        }
        if (end()) {
            conclude(outcome, error);
        }
    }

    private @Nullable Outcome perform() throws Exception {
        Task<?> known = task;
        if (known == null) {
            return Outcome.deadLetter(session.lane().tasks().unknown(delivery));
        }
        String usedUp = session.lane().judge().usedUp(this);
        if (usedUp != null) {
            return Outcome.deadLetter(usedUp);
        }
        Announcer announcer = session.lane().announcer();
        if (announcer.observed()) {
            waited = waitedUntilNow();
            announcer.announce(new Event.Started(announcer.worker(), this, Optional.ofNullable(waited)));
        }
        return known.run(delivery.payload(), this);
    }

    private @Nullable Duration waitedUntilNow() {
        Instant now = session.lane().clock().instant();
        return delivery.enqueuedAt()
                .map(enqueued -> enqueued.isAfter(now) ? Duration.ZERO : Duration.between(enqueued, now))
                .orElse(null);
    }

    /** Stops waiting for a handler that does not heed its interrupt. */
    void giveUp() {
        if (abandon()) {
            conclude(null, null);
            if (wasInterrupted()) {
                session.lane().stuck(this);
            }
        }
    }

    private void conclude(@Nullable Outcome outcome, @Nullable Throwable error) {
        try {
            session.lane().judge().conclude(this, outcome, error);
        } catch (Throwable e) {
            session.lose(this, e);
        } finally {
            if (slot != NO_SLOT) {
                session.lane().launcher().freed(slot);
            }
        }
    }

    Session session() {
        return session;
    }

    Delivery delivery() {
        return delivery;
    }

    Lease lease() {
        return lease;
    }

    /** The job is done and the broker knows it: written by the handler's thread before its attempt ends. */
    void committed() {
        committed = true;
    }

    boolean isCommitted() {
        return committed;
    }

    /** It gets a place. */
    void place(int given) {
        slot = given;
    }

    /** How long the handler may take. */
    Duration limit() {
        return task == null ? JobType.DEFAULT_TIME_LIMIT : task.limit();
    }

    /** How long an interrupted handler has to end: as long again as its limit, within reason. */
    long grace() {
        return Math.clamp(Nanos.of(limit()), SHORTEST_GRACE, LONGEST_GRACE);
    }

    /** How long the job waited from being enqueued to its start, if somebody wants to know. */
    Optional<Duration> waited() {
        return Optional.ofNullable(waited);
    }

    @Nullable
    Settlement settlement() {
        return settlement;
    }

    void settlement(Settlement decided) {
        settlement = decided;
    }

    @Nullable
    Attempt below() {
        return below;
    }

    void below(@Nullable Attempt next) {
        below = next;
    }

    @Override
    public JobId id() {
        return delivery.id();
    }

    @Override
    public QueueName queue() {
        return delivery.queue();
    }

    @Override
    public Optional<String> type() {
        return Optional.ofNullable(delivery.headers().get(JobType.HEADER));
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public Map<String, String> headers() {
        return delivery.headers();
    }

    @Override
    public Optional<Instant> enqueuedAt() {
        return delivery.enqueuedAt();
    }

    @Override
    public Instant deadline() {
        Instant known = deadline;
        if (known == null) {
            Instant now = session.lane().clock().instant();
            known = now.minusNanos(Nanos.now() - begun()).plus(limit());
            if (!isNew()) {
                deadline = known;
            }
        }
        return known;
    }

    @Override
    public boolean cancelled() {
        return wasCancelled();
    }

    /** Queue, id and attempt; never the content. */
    @Override
    public String toString() {
        return "job " + id() + " of queue " + queue() + ", attempt " + number;
    }
}
