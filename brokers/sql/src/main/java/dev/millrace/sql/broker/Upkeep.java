// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.sql.database.Nanos;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/*
 * No thread waits to do this; it is receivers that do, before they look for jobs: a little each time, soon
 * again as long as there is more.
 */
/** What must be done now and then: history that is too old is forgotten, and clocks are compared. Thread-safe. */
final class Upkeep {
    private static final Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final int BATCH = 500;
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LATER = TimeUnit.SECONDS.toNanos(5);

    private final Site site;
    private final ReentrantLock working = new ReentrantLock();
    private volatile long next;

    Upkeep(Site site) {
        this.site = site;
        this.next = site.times().nanos().getAsLong();
    }

    void nowAndThen() {
        if (site.times().nanos().getAsLong() - next < 0 || !working.tryLock()) {
            return;
        }
        try {
            site.compareClocks();
            int forgotten = site.database().together(this::prune);
            next = site.times().nanos().getAsLong() + (forgotten < BATCH ? LATER : SOON);
        } catch (SQLException e) {
            next = site.times().nanos().getAsLong() + LATER;
            LOG.log(Level.DEBUG, "old history could not be forgotten now", e);
        } finally {
            working.unlock();
        }
    }

    private int prune(Connection connection) throws SQLException {
        try (PreparedStatement asking = connection.prepareStatement(site.texts().of("done"))) {
            asking.setLong(
                    1, Nanos.of(Nanos.instant(site.now()).minus(site.times().history())));
            asking.setInt(2, BATCH);
            return site.change(connection, "remove", Housework.numbers(asking));
        }
    }
}
