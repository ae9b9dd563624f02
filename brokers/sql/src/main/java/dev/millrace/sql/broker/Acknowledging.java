// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Settled;
import dev.millrace.sql.database.Texts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/*
 * What a worker says most is that many jobs are done. One statement says it of all that have the same epoch, which most have, and
 * is a transaction by itself. If it changed as many rows as it names, all of them were the worker's own. If not, it is asked which
 * bear the moment of this statement, which this broker gives once, and which no other gives to a row of this epoch.
 */
/** Acknowledges many deliveries at once, without locking them first. Thread-safe. */
final class Acknowledging {
    private final Site site;

    Acknowledging(Site site) {
        this.site = site;
    }

    /** When they are done, which is said once; and how late it is, by which leases end. */
    record Moments(long done, long now) {}

    /** Each statement may stand alone; done again at the same moment, it says the same. */
    List<Settled> acknowledge(Connection connection, List<SqlTag> tags, Moments moments) throws SQLException {
        Map<Long, Set<Long>> byEpoch = new TreeMap<>();
        tags.forEach(tag ->
                byEpoch.computeIfAbsent(tag.epoch(), epoch -> new TreeSet<>()).add(tag.row()));
        Map<Long, Set<Long>> done = new TreeMap<>();
        for (Map.Entry<Long, Set<Long>> each : byEpoch.entrySet()) {
            done.put(each.getKey(), acknowledge(connection, each.getKey(), List.copyOf(each.getValue()), moments));
        }
        List<Settled> answers = new ArrayList<>(tags.size());
        for (SqlTag tag : tags) {
            // Whoever says it twice is confirmed once.
            answers.add(done.getOrDefault(tag.epoch(), Set.of()).remove(tag.row()) ? Settled.CONFIRMED : Settled.LOST);
        }
        return answers;
    }

    private Set<Long> acknowledge(Connection connection, long epoch, List<Long> rows, Moments moments)
            throws SQLException {
        Set<Long> done = new HashSet<>();
        for (int from = 0; from < rows.size(); from += Texts.longest()) {
            List<Long> some = rows.subList(from, Math.min(rows.size(), from + Texts.longest()));
            if (site.change(connection, "ack_all", some, moments.done(), epoch, moments.now()) == some.size()) {
                done.addAll(some);
            } else {
                done.addAll(acknowledged(connection, epoch, some, moments.done()));
            }
        }
        return done;
    }

    private Set<Long> acknowledged(Connection connection, long epoch, List<Long> rows, long done) throws SQLException {
        Set<Long> all = new HashSet<>();
        try (PreparedStatement asking = site.listing(connection, "acked", rows, done, epoch);
                ResultSet found = asking.executeQuery()) {
            while (found.next()) {
                all.add(found.getLong(1));
            }
        }
        return all;
    }
}
