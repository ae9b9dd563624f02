// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.job.QueueName;
import dev.millrace.sql.database.Nanos;
import dev.millrace.sql.database.Trouble;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * First a look without a transaction: which priorities of which queues have jobs that are ready, and when the next will be. Only
 * if there are some, they are claimed in a transaction as short as can be: rows are locked in the order of the index, those that
 * others have locked are passed over, all get their lease with one statement, and the transaction is committed before anybody
 * sees a job.
 *
 * One priority is claimed at a time, because an index finds what is ready of one priority at once, and of several only by
 * walking over all that waits.
 */
/** Takes jobs out of the table. Thread-safe. */
final class Claiming {
    private static final int MOST_AT_ONCE = 1_000;

    private final Site site;
    /** How long a lease is; null if what is taken is not to come again. */
    private final @Nullable Duration lease;

    Claiming(Site site, @Nullable Duration lease) {
        this.site = site;
        this.lease = lease;
    }

    /** Jobs of one queue and priority that are ready. */
    record Seam(QueueName queue, int priority) {}

    /** What was seen of queues: where jobs are ready, and when others will be. */
    record Look(List<Seam> ready, long nextDue) {}

    /**
     * What was taken.
     *
     * @param jobs the jobs
     * @param nextDue when there may be more, if these were all
     */
    record Taken(List<Job> jobs, long nextDue) {}

    /** What was taken in one round, and whether there were some that had expired. */
    private record Round(List<Job> jobs, long nextDue, boolean expired) {}

    /** A claimed row, where it came from, and until when it is the worker's own. */
    record Job(QueueName queue, Row.Claimed row, long leaseEnd) {}

    /** Takes what there is, up to so many; where jobs had expired, those behind them too. */
    Taken take(Collection<QueueName> queues, int max) throws SQLException {
        int wanted = Math.min(max, MOST_AT_ONCE);
        List<Job> jobs = new ArrayList<>();
        try {
            while (true) {
                Round round = round(queues, wanted, jobs);
                if (!round.expired() || jobs.size() == wanted) {
                    return new Taken(jobs, round.nextDue());
                }
            }
        } catch (SQLException | RuntimeException e) {
            if (jobs.isEmpty()) {
                throw e;
            }
            // These are taken, and nobody else gets them; what failed will fail again, or not.
            return new Taken(jobs, Nanos.NEVER);
        }
    }

    /** Looks at all these queues, and takes nothing. */
    Look look(Collection<QueueName> queues) throws SQLException {
        site.pauses().all();
        return site.database().alone(connection -> look(connection, queues.iterator(), Integer.MAX_VALUE));
    }

    /** One look and one claim after the other, until there are as many as are wanted; adds those of each that is committed. */
    private Round round(Collection<QueueName> queues, int wanted, List<Job> jobs) throws SQLException {
        long nextDue = Nanos.NEVER;
        boolean expired = false;
        Iterator<QueueName> rest = queues.iterator();
        while (rest.hasNext() && jobs.size() < wanted) {
            int room = wanted - jobs.size();
            site.pauses().all();
            Look look = site.database().alone(connection -> look(connection, rest, room));
            nextDue = Math.min(nextDue, look.nextDue());
            if (!look.ready().isEmpty()) {
                Round some = claim(look.ready(), room);
                jobs.addAll(some.jobs());
                expired |= some.expired();
            }
        }
        return new Round(jobs, nextDue, expired);
    }

    /** Looks at one queue after the other until enough of them have something. */
    private Look look(Connection connection, Iterator<QueueName> queues, int enough) throws SQLException {
        List<Seam> ready = new ArrayList<>();
        long nextDue = Nanos.NEVER;
        long now = site.now();
        int found = 0;
        try (PreparedStatement asking = connection.prepareStatement(site.texts().of("levels"))) {
            while (queues.hasNext() && found < enough) {
                QueueName queue = queues.next();
                if (site.pauses().isKnownPausedOut(queue)) {
                    continue;
                }
                int before = ready.size();
                asking.setString(1, queue.value());
                try (ResultSet levels = asking.executeQuery()) {
                    while (levels.next()) {
                        long due = levels.getLong(2);
                        if (levels.wasNull()) {
                            continue;
                        }
                        if (due <= now) {
                            ready.add(new Seam(queue, levels.getInt(1)));
                        } else {
                            nextDue = Math.min(nextDue, due);
                        }
                    }
                }
                found += ready.size() > before ? 1 : 0;
            }
        }
        return new Look(ready, nextDue);
    }

    /** Fewer than wanted, where so many are too large together for who stands between. */
    private Round claim(List<Seam> ready, int wanted) throws SQLException {
        for (int max = wanted; ; max /= 2) {
            int most = max;
            try {
                return site.database().together(connection -> claim(connection, ready, most));
            } catch (SQLException e) {
                if (most == 1 || !Trouble.isTooLarge(e)) {
                    throw e;
                }
            }
        }
    }

    private Round claim(Connection connection, List<Seam> ready, int max) throws SQLException {
        long now = site.now();
        long leaseEnd = lease == null ? now : Nanos.plus(now, lease);
        List<Job> jobs = new ArrayList<>();
        List<Long> expired = new ArrayList<>();
        try (PreparedStatement claiming =
                connection.prepareStatement(site.texts().of("claim"))) {
            for (Seam seam : ready) {
                // Where some had expired there may be more of that priority, which go before the next one.
                if (jobs.size() == max || !expired.isEmpty()) {
                    break;
                }
                claim(claiming, seam, new Batch(now, leaseEnd, max, jobs, expired));
            }
        }
        if (!expired.isEmpty()) {
            site.change(connection, "remove", expired);
        }
        if (!jobs.isEmpty()) {
            List<Long> rows = jobs.stream().map(job -> job.row().id()).toList();
            site.change(connection, lease == null ? "ack" : "lease", rows, leaseEnd);
        }
        return new Round(jobs, Nanos.NEVER, !expired.isEmpty());
    }

    /** What one transaction claims. */
    private record Batch(long now, long leaseEnd, int max, List<Job> jobs, List<Long> expired) {
        int room() {
            return max - jobs.size();
        }
    }

    private static void claim(PreparedStatement claiming, Seam seam, Batch batch) throws SQLException {
        claiming.setString(1, seam.queue().value());
        claiming.setInt(2, seam.priority());
        claiming.setLong(3, batch.now());
        claiming.setInt(4, batch.room());
        try (ResultSet rows = claiming.executeQuery()) {
            while (rows.next()) {
                Row.Claimed row = Row.claimed(rows);
                if (row.times().expiresAt() <= batch.now()) {
                    batch.expired().add(row.id());
                } else {
                    batch.jobs().add(new Job(seam.queue(), row, batch.leaseEnd()));
                }
            }
        }
    }
}
