// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.AddJob;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.PausedException;
import java.time.Duration;
import java.util.Optional;

/*
 * Disque cannot hand a job back for later, nor change what it carries. So a copy is added with the delay and what is left
 * of the life of the job, and then the job is acknowledged: whoever dies in between leaves two, never none. A queue that
 * takes no jobs takes no copy: then the job itself goes back at once.
 */
/** Release with a delay, or with other headers. */
final class DelayByCopy {
    private static final long NANOS_UP = 999_999_999;

    private final Site site;

    DelayByCopy(Site site) {
        this.site = site;
    }

    Settled put(Settlement.Release release, DisqueTag tag) {
        DisqueJob job = tag.job();
        Optional<JobDetails> now = site.node(job).show(job.id());
        if (now.isEmpty()) {
            return Settled.LOST;
        }
        int attempts = release.delivery().attempt() - (release.cause() == Settlement.Cause.FAILED ? 0 : 1);
        Duration life = now.get().timeToLive();
        if (life.compareTo(release.delay()) > 0) {
            AddJob copy = site.terms()
                    .job(
                            job.queue(),
                            tag.parcel()
                                    .copyOf(release.delivery().id(), attempts, release.headers())
                                    .seal(),
                            now.get().retry(),
                            longer(life, release.delay()));
            try {
                site.pool().add(release.delay().isZero() ? copy : copy.withDelay(release.delay()));
            } catch (PausedException closed) {
                return site.pool().nack(job) == 1 ? Settled.CONFIRMED : Settled.LOST;
            }
        }
        site.pool().ack(job);
        return Settled.CONFIRMED;
    }

    /** The delay is rounded up to whole seconds, and the server refuses a life that is not longer than it. */
    private static Duration longer(Duration life, Duration delay) {
        Duration least = Duration.ofSeconds(delay.plusNanos(NANOS_UP).toSeconds() + 1);
        return life.compareTo(least) < 0 ? least : life;
    }
}
