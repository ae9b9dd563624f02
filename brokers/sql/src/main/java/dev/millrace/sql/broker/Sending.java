// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.broker.Pause;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.sql.broker.Inserting.Parcel;
import dev.millrace.sql.database.RowIds;
import dev.millrace.sql.database.Trouble;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/*
 * Jobs without a chosen id go in with one batch. Those with one go in with another, behind a savepoint: if an id is taken, a
 * transaction of PostgreSQL could do nothing any more, so it goes back there, asks which ids are taken, and goes on one by one.
 * The savepoint makes that possible in a transaction of the caller's too.
 */
/** Stores jobs. */
final class Sending {
    private static final int MOST_TRIES = 5;
    private static final long MOST_CORRECTED = TimeUnit.SECONDS.toNanos(1);
    private static final EnqueueResult TO_COME = new EnqueueResult.Refused(Reason.INVALID, "");

    private final Site site;
    private final Inserting inserting;
    private final RowIds numbers;
    private final AtomicLong last = new AtomicLong();

    Sending(Site site, RowIds numbers) {
        this.site = site;
        this.inserting = new Inserting(site.texts());
        this.numbers = numbers;
    }

    /** Stores jobs in a transaction of their own; with other numbers if theirs are taken. */
    List<EnqueueResult> send(List<Job> jobs) throws SQLException {
        site.compareClocks();
        Map<QueueName, Pause> pauses = site.pauses().all();
        for (int tries = 1; ; tries++) {
            List<EnqueueResult> answers = new ArrayList<>();
            List<Parcel> parcels = accept(jobs, pauses, answers);
            try {
                List<EnqueueResult> sent = parcels.isEmpty() ? answers : sendAll(parcels, answers);
                soon(jobs, sent).forEach(site.bells()::ring);
                return sent;
            } catch (SQLException e) {
                if (tries == MOST_TRIES || !Trouble.isTaken(e, Inserting.rows(parcels))) {
                    throw e;
                }
                numbers.renumber(site.newNode());
            }
        }
    }

    private List<EnqueueResult> sendAll(List<Parcel> parcels, List<EnqueueResult> answers) throws SQLException {
        if (parcels.size() == 1 && alone(parcels)) {
            store(parcels, answers);
            return answers;
        }
        return site.database().together(connection -> {
            List<EnqueueResult> tried = new ArrayList<>(answers);
            put(connection, parcels, tried);
            site.notifier().tell(connection, soon(parcels));
            return tried;
        });
    }

    /** Whether the only one could be stored; not if its id is taken. */
    private boolean alone(List<Parcel> only) throws SQLException {
        try {
            site.database().alone(connection -> {
                inserting.insert(connection, only, now());
                site.notifier().tellAfter(connection, soon(only));
                return true;
            });
            return true;
        } catch (SQLException e) {
            if (isNameTaken(e, only) && only.get(0).job().id().isPresent()) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isNameTaken(SQLException error, List<Parcel> parcels) {
        return Trouble.isDuplicate(error) && !Trouble.isTaken(error, Inserting.rows(parcels));
    }

    /** Stores jobs in the caller's transaction, which cannot be tried again here. */
    List<EnqueueResult> send(Connection connection, List<Job> jobs) throws SQLException {
        site.compareClocks(connection);
        List<EnqueueResult> answers = new ArrayList<>();
        List<Parcel> parcels = accept(jobs, site.pauses().all(connection), answers);
        try {
            put(connection, parcels, answers);
            site.notifier().tellIn(connection, soon(parcels));
        } catch (SQLException e) {
            if (Trouble.isTaken(e, Inserting.rows(parcels))) {
                numbers.renumber(site.newNode());
                throw new SQLTransientException(
                        "another process gave a job the same number; roll the transaction back and do it again", e);
            }
            throw e;
        }
        site.transactions().note(connection, soon(jobs, answers));
        return answers;
    }

    /**
     * How late it is, never earlier than for the job before: so the jobs of one broker stay in their order. If the clock was set
     * back by more than it may be wrong when it is compared, jobs go by the new time.
     */
    private long now() {
        return last.accumulateAndGet(
                site.now(), (before, now) -> before - now < MOST_CORRECTED ? Math.max(before, now) : now);
    }

    private List<Parcel> accept(List<Job> jobs, Map<QueueName, Pause> pauses, List<EnqueueResult> answers) {
        List<Parcel> parcels = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            EnqueueResult answer = refused(job, pauses.getOrDefault(job.queue(), Pause.NONE));
            if (answer == null) {
                parcels.add(new Parcel(answers.size(), job, numbers.next()));
                answer = TO_COME;
            }
            answers.add(answer);
        }
        return parcels;
    }

    private EnqueueResult.@Nullable Refused refused(Job job, Pause pause) {
        if (Pauses.isIn(pause)) {
            return new EnqueueResult.Refused(
                    Reason.PAUSED, "queue " + job.queue() + " is paused for producers; resume it first");
        }
        if (job.id().filter(Ids::looksGiven).isPresent()) {
            return new EnqueueResult.Refused(
                    Reason.INVALID,
                    "the id " + job.id().get() + " looks like one that this broker gives; choose another");
        }
        return null;
    }

    private void put(Connection connection, List<Parcel> parcels, List<EnqueueResult> answers) throws SQLException {
        List<Parcel> plain = new ArrayList<>();
        List<Parcel> named = new ArrayList<>();
        Set<JobId> seen = new HashSet<>();
        for (Parcel parcel : parcels) {
            JobId id = parcel.job().id().orElse(null);
            if (id == null) {
                plain.add(parcel);
            } else if (seen.add(id)) {
                named.add(parcel);
            } else {
                answers.set(parcel.place(), new EnqueueResult.Duplicate(id));
            }
        }
        long now = now();
        if (!plain.isEmpty()) {
            inserting.insert(connection, plain, now);
            store(plain, answers);
        }
        if (!named.isEmpty() && !tried(connection, named, now)) {
            settleNames(connection, named, now, answers);
        } else {
            store(named, answers);
        }
    }

    private static void store(List<Parcel> parcels, List<EnqueueResult> answers) {
        for (Parcel parcel : parcels) {
            answers.set(
                    parcel.place(),
                    new EnqueueResult.Stored(parcel.job().id().orElseGet(() -> Ids.id(parcel.row(), null))));
        }
    }

    /** Whether these could be stored, all together; none is if an id is taken. */
    private boolean tried(Connection connection, List<Parcel> parcels, long now) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            inserting.insert(connection, parcels, now);
        } catch (SQLException e) {
            if (!isNameTaken(e, parcels)) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
        connection.releaseSavepoint(before);
        return true;
    }

    /** Some ids are taken: which is found out, and the rest stored one by one. */
    private void settleNames(Connection connection, List<Parcel> parcels, long now, List<EnqueueResult> answers)
            throws SQLException {
        for (Parcel parcel : parcels) {
            inserting.vacate(connection, parcel.job(), now);
        }
        Set<String> taken = inserting.taken(connection, parcels);
        for (Parcel parcel : parcels) {
            JobId id = parcel.job().id().orElseThrow();
            boolean stored = !taken.contains(id.value()) && tried(connection, List.of(parcel), now);
            answers.set(parcel.place(), stored ? new EnqueueResult.Stored(id) : new EnqueueResult.Duplicate(id));
        }
    }

    /** The queues in which there will be something before anybody would look. */
    private Set<QueueName> soon(List<Parcel> parcels) {
        Set<QueueName> queues = new HashSet<>();
        for (Parcel parcel : parcels) {
            if (parcel.job().delay().compareTo(site.times().poll()) <= 0) {
                queues.add(parcel.job().queue());
            }
        }
        return queues;
    }

    /** How many jobs of each queue will be ready before anybody would look. */
    private Map<QueueName, Integer> soon(List<Job> jobs, List<EnqueueResult> answers) {
        Map<QueueName, Integer> counts = new HashMap<>();
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            if (answers.get(i) instanceof EnqueueResult.Stored
                    && job.delay().compareTo(site.times().poll()) <= 0) {
                counts.merge(job.queue(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
