// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Capabilities.Ordering;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/*
 * What a queue is, in lists: the model that brokers are compared with. It does not foretell which job comes next where
 * the contract leaves that open, but judges whether the broker's choice was allowed.
 */
final class ReferenceQueue {
    final List<ReferenceJob> jobs = new ArrayList<>();
    final List<ReferenceJob> dead = new ArrayList<>();
    Pause pause = Pause.NONE;
    private final Duration postponement;

    /** @param postponement how much later a job may come back that would have while the queue was paused for producers */
    ReferenceQueue(Duration postponement) {
        this.postponement = postponement;
    }

    boolean isPausedIn() {
        return pause == Pause.IN || pause == Pause.BOTH;
    }

    boolean isPausedOut() {
        return pause == Pause.OUT || pause == Pause.BOTH;
    }

    List<ReferenceJob> in(JobState state) {
        return new ArrayList<>((state == JobState.DEAD ? dead : jobs)
                .stream().filter(job -> job.state == state).toList());
    }

    boolean holds(ReferenceJob job) {
        return jobs.contains(job) || dead.contains(job);
    }

    void place(ReferenceJob job, Duration now, boolean front) {
        job.state = job.due.compareTo(now) > 0 ? JobState.WAITING : JobState.READY;
        jobs.remove(job);
        dead.remove(job);
        jobs.add(front ? 0 : jobs.size(), job);
    }

    void forget(ReferenceJob job) {
        jobs.remove(job);
        dead.remove(job);
    }

    void bury(ReferenceJob job) {
        forget(job);
        job.state = JobState.DEAD;
        dead.add(job);
    }

    /** Ends delays and leases that are over, and forgets what expired before anybody took it. */
    void pass(Duration now) {
        List<ReferenceJob> over = new ArrayList<>(jobs);
        over.removeIf(job -> job.state == JobState.READY || job.due.compareTo(now) > 0);
        over.sort(Comparator.comparing((ReferenceJob job) -> job.due));
        for (ReferenceJob job : over) {
            if (job.state == JobState.LEASED) {
                job.comesAgain(job.due);
            }
            job.inLine &= !job.front;
            job.late = isPausedIn() && postponement.isPositive();
            place(job, now, false);
        }
        if (isPausedIn()) {
            jobs.stream().filter(job -> job.late).forEach(job -> job.certainFrom = now.plus(postponement));
        }
        jobs.removeIf(job -> job.isExpired(now) && !job.taken && job.state != JobState.LEASED);
    }

    /** What a restart does: leases may end at once, and those that waited lose their place. */
    void restart() {
        for (ReferenceJob job : jobs) {
            job.inLine &= !job.waited;
            if (job.state == JobState.LEASED) {
                job.certainFrom = job.due;
                job.comesAgain(job.due);
                job.state = JobState.READY;
            }
        }
    }

    /** Whether this job may be the next of those that are ready; those that came before go before only where that is promised. */
    static boolean mayBeNext(ReferenceJob job, List<ReferenceJob> ready, Duration now, Ordering ordering) {
        if (!ready.contains(job)) {
            return false;
        }
        int place = ready.indexOf(job);
        for (ReferenceJob other : ready) {
            boolean before = other.priority > job.priority
                    || (ordering == Ordering.FIFO
                            && other.priority == job.priority
                            && other.inLine
                            && job.inLine
                            && ready.indexOf(other) < place);
            if (before && other.isCertain(now)) {
                return false;
            }
        }
        return true;
    }
}
