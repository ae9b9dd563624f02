// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.sql.database.Nanos;
import dev.millrace.sql.database.Texts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes jobs into rows, and finds out which chosen ids are there. Thread-safe. */
final class Inserting {
    private final Texts texts;

    Inserting(Texts texts) {
        this.texts = texts;
    }

    /** A job on its way, and its place among the answers. */
    record Parcel(int place, Job job, long row) {}

    static List<Long> rows(List<Parcel> parcels) {
        return parcels.stream().map(Parcel::row).toList();
    }

    void insert(Connection connection, List<Parcel> parcels, long now) throws SQLException {
        try (PreparedStatement inserting = connection.prepareStatement(texts.of("insert"))) {
            for (Parcel parcel : parcels) {
                fill(inserting, parcel, now);
                if (parcels.size() > 1) {
                    inserting.addBatch();
                }
            }
            if (parcels.size() > 1) {
                inserting.executeBatch();
            } else {
                inserting.executeUpdate();
            }
        }
    }

    private static void fill(PreparedStatement inserting, Parcel parcel, long now) throws SQLException {
        Job job = parcel.job();
        inserting.setLong(1, parcel.row());
        inserting.setInt(2, Levels.of(job));
        inserting.setLong(3, timeNext(parcel, now));
        inserting.setString(4, job.queue().value());
        inserting.setString(5, job.id().map(JobId::value).orElse(null));
        inserting.setBytes(6, job.payload().bytes());
        inserting.setBytes(7, HeaderBytes.of(job.headers()));
        inserting.setLong(8, now);
        if (job.expiry().isPresent()) {
            inserting.setLong(9, Nanos.plus(now, job.expiry().get()));
        } else {
            inserting.setNull(9, Types.BIGINT);
        }
    }

    /** Jobs are taken in the order of this: one at the front is before all others, and before those at the front before it. */
    private static long timeNext(Parcel parcel, long now) {
        Job job = parcel.job();
        return job.front() && job.delay().isZero() ? -parcel.row() : Nanos.plus(now, job.delay());
    }

    /** Lets go of the id of a job that is done or over. */
    void vacate(Connection connection, Job job, long now) throws SQLException {
        try (PreparedStatement vacating = connection.prepareStatement(texts.of("vacate"))) {
            vacating.setString(1, job.id().orElseThrow().value());
            vacating.setLong(2, now);
            vacating.setLong(3, now);
            vacating.executeUpdate();
        }
    }

    /** Which of the chosen ids there are. */
    Set<String> taken(Connection connection, List<Parcel> parcels) throws SQLException {
        Set<String> taken = new HashSet<>();
        for (int from = 0; from < parcels.size(); from += Texts.longest()) {
            List<Parcel> some = parcels.subList(from, Math.min(parcels.size(), from + Texts.longest()));
            int length = Texts.length(some.size());
            try (PreparedStatement asking = connection.prepareStatement(texts.of("known", length))) {
                for (int i = 0; i < length; i++) {
                    Job job = some.get(Math.min(i, some.size() - 1)).job();
                    asking.setString(i + 1, job.id().orElseThrow().value());
                }
                try (ResultSet rows = asking.executeQuery()) {
                    while (rows.next()) {
                        taken.add(rows.getString(1));
                    }
                }
            }
        }
        return taken;
    }
}
