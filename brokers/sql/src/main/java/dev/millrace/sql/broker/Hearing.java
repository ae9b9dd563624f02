// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.sql.database.Loan;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/*
 * That a database takes LISTEN does not mean that anything is heard: a pooler that lends its connections for one transaction each
 * takes it too, and so does a connection that a firewall has forgotten. So it is tried with a word of our own, at first and
 * whenever it was silent for long. If that is not heard, receivers are woken by looking, and it is tried again later.
 */
/** Listens to a database that notifies, as long as that works. For one thread; any may close it. */
final class Hearing {
    private static final Logger LOG = System.getLogger(Hearing.class.getName());
    private static final Duration SLICE = Duration.ofMillis(500);
    private static final long TRIAL = TimeUnit.SECONDS.toNanos(2);
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(30);
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(30);
    /** How long it takes to try again after the connection was lost, which may be over at once. */
    private static final long SOON = TimeUnit.SECONDS.toNanos(1);

    private final Site site;
    private final Notifier notifier;
    private volatile @Nullable PostgresEars ears;
    private volatile boolean closed;
    private long heardAt;
    private long nextTry;

    Hearing(Site site, Notifier notifier) {
        this.site = site;
        this.notifier = notifier;
        this.nextTry = now();
    }

    private long now() {
        return site.times().nanos().getAsLong();
    }

    /** Whether it hears; if not, it is tried again if it is time for that. */
    boolean works() {
        if (ears == null && now() - nextTry >= 0) {
            begin();
        }
        return ears != null;
    }

    private void begin() {
        nextTry = now() + AGAIN;
        PostgresEars tried = null;
        try {
            Loan loan = site.database().lend();
            try {
                tried = new PostgresEars(loan.connection(), site.texts().of("postgresql/listen"));
            } catch (SQLException | RuntimeException | LinkageError e) {
                loan.close();
                throw e;
            }
            ears = tried;
            if (closed || !hearsItself(tried)) {
                lose("it hears nothing, as behind a pooler", null);
            }
        } catch (SQLException | LinkageError e) {
            lose("it cannot", e);
        }
    }

    private boolean hearsItself(PostgresEars tried) throws SQLException {
        String word = "millrace " + UUID.randomUUID();
        site.database().alone(connection -> {
            notifier.notify(connection, word);
            return word;
        });
        long end = now() + TRIAL;
        while (now() - end < 0) {
            List<String> heard = tried.hear(SLICE);
            wake(heard);
            if (heard.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Listens for a moment, and wakes whoever waits for what is heard. */
    void listen() {
        PostgresEars open = ears;
        if (open == null) {
            return;
        }
        try {
            List<String> heard = open.hear(SLICE);
            wake(heard);
            if (!heard.isEmpty()) {
                heardAt = now();
            } else if (now() - heardAt >= SILENCE) {
                if (!hearsItself(open)) {
                    lose("it does not hear any more", null);
                }
                heardAt = now();
            }
        } catch (SQLException e) {
            nextTry = now() + SOON;
            lose("the connection is lost", e);
        }
    }

    private void wake(List<String> heard) {
        for (String queue : heard) {
            site.bells().ringNamed(queue);
        }
    }

    private void lose(String why, @Nullable Throwable error) {
        PostgresEars lost = ears;
        ears = null;
        if (lost != null) {
            lost.close();
        }
        if (!closed) {
            LOG.log(
                    Level.DEBUG,
                    () -> site.name() + " does not listen to the database, " + why + "; it looks instead",
                    error);
            site.bells().ringEverywhere();
        }
    }

    void close() {
        closed = true;
        PostgresEars open = ears;
        if (open != null) {
            open.close();
        }
    }
}
