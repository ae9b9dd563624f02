// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Settlement;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.sql.database.Nanos;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows of the table. */
final class Row {
    private Row() {}

    /**
     * A job that was just claimed.
     *
     * @param id of the row
     * @param jobId the chosen one, or null
     * @param epoch before the claim
     * @param attempts before the claim
     * @param body payload and headers
     * @param times of the job
     */
    record Claimed(long id, @Nullable String jobId, long epoch, int attempts, Body body, Times times) {}

    record Body(Payload payload, Map<String, String> headers) {}

    record Times(long enqueuedAt, long expiresAt) {}

    static Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(
                row.getLong("id"),
                row.getString("job_id"),
                row.getLong("epoch"),
                row.getInt("attempts"),
                body(row),
                new Times(row.getLong("enqueued_at"), orNever(row, "expires_at")));
    }

    private static Body body(ResultSet row) throws SQLException {
        return new Body(Payload.wrap(row.getBytes("payload")), HeaderBytes.read(row.getBytes("headers")));
    }

    private static long orNever(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Nanos.NEVER : value;
    }

    /** What people see of a job; empty if it has expired. */
    static Optional<Glimpse> glimpse(ResultSet row, long now) throws SQLException {
        long due = orNever(row, "time_next");
        boolean dead = orNever(row, "time_acked") == Nanos.NEVER && due == Nanos.NEVER;
        boolean leased = row.getInt("leased") == 1 && due > now;
        if (!dead && !leased && orNever(row, "expires_at") <= now) {
            return Optional.empty();
        }
        JobState state =
                dead ? JobState.DEAD : leased ? JobState.LEASED : due > now ? JobState.WAITING : JobState.READY;
        Body body = body(row);
        Map<String, String> headers = new HashMap<>(body.headers());
        if (dead) {
            headers.put(
                    Settlement.REASON_HEADER,
                    Optional.ofNullable(row.getString("dead_reason")).orElse(""));
        }
        Optional<Instant> moment = due > now && !dead ? Optional.of(Nanos.instant(due)) : Optional.empty();
        return Optional.of(new Glimpse(
                Ids.id(row.getLong("id"), row.getString("job_id")),
                new QueueName(row.getString("queue")),
                state,
                body.payload(),
                headers,
                row.getInt("attempts"),
                moment,
                Optional.of(Nanos.instant(row.getLong("enqueued_at")))));
    }
}
