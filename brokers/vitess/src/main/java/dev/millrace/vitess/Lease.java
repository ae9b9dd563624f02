// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.sql.database.TableName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads in the comment of a table how long whoever got a message has for it: {@code vt_ack_wait}, in seconds. */
final class Lease {
    private static final Logger LOG = System.getLogger(Lease.class.getName());
    private static final Pattern ACK_WAIT = Pattern.compile("vt_ack_wait=([0-9]{1,9}(?:[.][0-9]{1,9})?)(?:,|$)");
    private static final double NANOS = 1e9;

    private Lease() {}

    /** Asks for it; empty if it cannot be had, and then messages do not grow old in memory. */
    static Optional<Duration> of(Vtgate vtgate, TableName table) {
        String keyspace = vtgate.address().keyspace().replaceFirst(":.*", "");
        String question = "SELECT table_comment FROM information_schema.tables WHERE table_schema = '" + keyspace
                + "' AND table_name = '" + table + "'";
        try {
            QueryResult answer = vtgate.execute(Statement.of(question));
            if (answer.rows().isEmpty()) {
                return Optional.empty();
            }
            VitessRow row = new VitessRow(answer.columns(), answer.rows().getFirst());
            return read(row.text(answer.columns().getFirst()));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the comment of " + table + " could not be read", e);
            return Optional.empty();
        }
    }

    static Optional<Duration> read(String comment) {
        Matcher found = ACK_WAIT.matcher(comment);
        return found.find()
                ? Optional.of(Duration.ofNanos((long) (Double.parseDouble(found.group(1)) * NANOS)))
                : Optional.empty();
    }
}
