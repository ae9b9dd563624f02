// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.JobState;
import dev.millrace.broker.Settlement;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/*
 * What the model knows of a job. Times are counted from the beginning of the history. A job is in line if its place among
 * its equals is promised: those that came again, those that waited and then went to the front, and after a restart all
 * that waited, are not. A job is certain if it must be there: one that expired after a worker had it, or while one has it,
 * may be there or not, as may, after a restart, one whose lease has not ended.
 */
final class ReferenceJob {
    static final Duration NEVER = Duration.ofDays(1_000_000);

    final JobId id;
    final QueueName queue;
    final String text;
    final int priority;
    final boolean front;
    final Map<String, String> headers;
    JobState state = JobState.READY;
    Duration due;
    final Duration delayEnd;
    Duration expires;
    Duration certainFrom = Duration.ZERO;
    boolean inLine = true;
    boolean waited;
    boolean taken;
    boolean late;
    int attempts;
    boolean attemptsKnown = true;
    int token;

    ReferenceJob(JobId id, Job job, Duration now) {
        this.id = id;
        this.queue = job.queue();
        this.text = job.payload().text();
        this.priority = job.priority();
        this.front = job.front();
        this.headers = new HashMap<>(job.headers());
        this.expires = job.expiry().map(now::plus).orElse(NEVER);
        this.due = now.plus(job.delay());
        this.delayEnd = due;
        this.waited = !job.delay().isZero();
    }

    boolean isExpired(Duration now) {
        return expires.compareTo(now) <= 0;
    }

    boolean isCertain(Duration now) {
        return certainFrom.compareTo(now) <= 0 && (state == JobState.DEAD || !isExpired(now));
    }

    /**
     * Whether a broker may count it as one that waits: it comes back later than it should, or a worker has it until the very
     * moment at which its delay would have ended, which some brokers cannot tell from a delay.
     */
    boolean mayLookWaiting(Duration now) {
        return state == JobState.READY ? late && !isCertain(now) : state == JobState.LEASED && due.equals(delayEnd);
    }

    void leased(Duration until) {
        state = JobState.LEASED;
        taken = true;
        late = false;
        certainFrom = Duration.ZERO;
        attempts++;
        token++;
        due = until;
    }

    void comesAgain(Duration at) {
        inLine = false;
        due = at;
        token++;
        headers.remove(Settlement.REASON_HEADER);
    }

    /** Whether a delivery with this token is still the worker's own. */
    boolean isHeldBy(int delivered) {
        return state == JobState.LEASED && token == delivered;
    }
}
