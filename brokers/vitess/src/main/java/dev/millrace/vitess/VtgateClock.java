// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.sql.database.NanoClock;
import dev.millrace.sql.database.Nanos;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/*
 * Messages come again by the clock of their tablet, and what we write into the table must go by it too. It is asked whenever a
 * subscription connects; in between what has passed is reckoned by the steady clock. A vtgate that does not answer the question leaves us
 * with the clock of this machine.
 */
/** How late it is at the database behind a vtgate. Thread-safe. */
final class VtgateClock {
    private static final Logger LOG = System.getLogger(VtgateClock.class.getName());
    private static final long WORTH_A_WORD = TimeUnit.SECONDS.toNanos(1);

    private final String question;
    private final InstantSource own;
    private volatile long ahead;

    VtgateClock(String question, InstantSource own) {
        this.question = question;
        this.own = own;
    }

    /** Nanoseconds since 1970. */
    long now() {
        return Nanos.of(own.instant()) + ahead;
    }

    void compare(Vtgate vtgate) {
        long from = NanoClock.SYSTEM.getAsLong();
        try {
            QueryResult answer = vtgate.execute(Statement.of(question));
            long halfWay = (NanoClock.SYSTEM.getAsLong() - from) / 2;
            long micros = new VitessRow(answer.columns(), answer.rows().getFirst())
                    .number(answer.columns().getFirst());
            Instant there = Instant.EPOCH.plus(Duration.of(micros, ChronoUnit.MICROS));
            ahead = Duration.between(own.instant(), there).toNanos() + halfWay;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the clock behind " + vtgate.address() + " could not be compared", e);
            return;
        }
        if (Math.abs(ahead) > WORTH_A_WORD) {
            LOG.log(
                    Level.WARNING,
                    "the clock behind {0} is {1} ms ahead of that of this machine; messages go by the former",
                    vtgate.address(),
                    TimeUnit.NANOSECONDS.toMillis(ahead));
        }
    }
}
