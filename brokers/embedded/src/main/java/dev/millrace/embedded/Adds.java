// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.BrokerException;
import dev.millrace.embedded.engine.NewJob;
import dev.millrace.embedded.engine.NewJob.Counts;
import dev.millrace.embedded.engine.NewJob.Hosted;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.JobHead;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.job.Job;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * Makes records of jobs that come through a host. Thousands in a row are alike but for their bodies, so what the last one
 * asked for is kept. Used only by the leader.
 */
final class Adds {
    private @Nullable Terms lastTerms;
    private @Nullable Duration lastExpiry;
    private long lastDelay;
    private long lastNow;
    private NewJob.Terms made = NewJob.Terms.NONE;

    JobRecord record(Call.Add call, long sequence, long now) {
        Job job = call.job();
        long delay = job.delay().isZero() ? 0 : JobRecord.millisUp(job.delay());
        return JobRecord.of(job, sequence, now, terms(call.terms(), job.expiry().orElse(null), delay, now));
    }

    private NewJob.Terms terms(Terms asked, @Nullable Duration expiry, long delay, long now) {
        if (!asked.equals(lastTerms) || !Objects.equals(expiry, lastExpiry) || delay != lastDelay || now != lastNow) {
            made = new NewJob.Terms(
                    expiry == null ? 0 : now + JobRecord.millisUp(expiry),
                    asked.retryMillis(),
                    asked.clock() == RetryClock.FROM_QUEUEING && asked.retryMillis() > 0,
                    asked.maxQueued() == Terms.NO_LIMIT ? Long.MAX_VALUE : asked.maxQueued(),
                    new Hosted(delay, asked.maxDeliveries(), Counts.NONE, false));
            lastTerms = asked;
            lastExpiry = expiry;
            lastDelay = delay;
            lastNow = now;
        }
        return made;
    }

    NewJob newJob(JobRecord record, Queue queue) {
        JobHead job = record.head();
        return new NewJob(
                job.sequence(), job.chosenId(), queue, job.priority(), job.isFront(), job.time(), job.terms());
    }

    /** What an Add that could not be prepared fails with. */
    static RuntimeException failure(Throwable why) {
        return why instanceof RuntimeException known
                ? known
                : BrokerException.passing("no memory for so much at once: nothing was done: " + why, why);
    }
}
