// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.redisstreams.RedisException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what waits for its time from being claimed by others: each third of the pending timeout, on a thread of its own. */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Keeper.class.getName());
    private static final int PARTS = 3;

    private final Collection<Site> sites;
    private final long pauseNanos;
    private final CountDownLatch closed = new CountDownLatch(1);

    Keeper(Collection<Site> sites, Duration pendingTimeout) {
        this.sites = sites;
        this.pauseNanos = Math.max(1, pendingTimeout.toNanos() / PARTS);
    }

    Keeper start() {
        Thread.ofVirtual().name("millrace-redis-keeper").start(this::run);
        return this;
    }

    private void run() {
        try {
            while (!closed.await(pauseNanos, TimeUnit.NANOSECONDS)) {
                sites.forEach(Keeper::keep);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who receives says what is wrong with the server. */
    private static void keep(Site site) {
        try {
            site.keepWaiting();
        } catch (RedisException | IllegalStateException e) {
            LOG.log(Level.DEBUG, () -> "what waits in stream " + site.group().name() + " could not be kept", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
