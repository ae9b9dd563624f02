// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Support;
import dev.millrace.embedded.engine.NewJob.Terms;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.job.BrokerOption;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the embedded broker takes.
 *
 * @param maxBody the largest payload, in bytes
 * @param queueLimit how many unfinished jobs a queue may hold
 */
record Limits(int maxBody, long queueLimit) {
    /** All headers of a job together, in characters. */
    static final int MAX_HEADERS = 1 << 16;

    /**
     * How many bytes of records one answer holds; the job with which it has more is its last. So nobody gets more than there
     * is memory for by asking for many.
     */
    static final long ANSWER_BYTES = 8L << 20;

    static final Capabilities CAPABILITIES = capabilities();

    private static final Set<Class<? extends BrokerOption>> OPTIONS =
            Set.of(EmbeddedOption.Lease.class, EmbeddedOption.QueueLimit.class);

    private static Capabilities capabilities() {
        Capabilities.Builder all = Capabilities.builder();
        for (Feature feature : Feature.values()) {
            all.feature(feature, Support.nativeSupport());
        }
        return all.leases(Capabilities.LeaseScope.RECEIVE)
                .settles(Capabilities.SettleScope.DELIVERY)
                .attempts(Capabilities.AttemptCount.EXACT)
                .ordering(Capabilities.Ordering.FIFO)
                .build();
    }

    /** Throws before anything is sent if a job asks for what another broker can do. */
    static void checkOptions(String broker, Job job) {
        if (!job.options().isEmpty()) {
            CAPABILITIES.check(broker, job, OPTIONS);
        }
    }

    /** Why a job is not taken, or empty. */
    Optional<EnqueueResult> refusal(Job job, JobIds ids) {
        if (job.payload().size() > maxBody) {
            return refused(
                    Reason.TOO_LARGE,
                    "payload of " + job.payload().size() + " bytes for queue " + job.queue() + " is over the limit of "
                            + maxBody + " bytes; keep large content elsewhere and enqueue where it lies");
        }
        long headers = length(job.headers());
        if (headers > MAX_HEADERS) {
            return refused(Reason.TOO_LARGE, tooLong(headers, job.queue()));
        }
        if (job.id().isPresent() && ids.isOwn(job.id().get().value())) {
            return refused(
                    Reason.INVALID,
                    "id " + job.id().get() + " is of the form that this broker gives itself; choose another");
        }
        return Optional.empty();
    }

    private static long length(Map<String, String> headers) {
        long length = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            length += header.getKey().length() + header.getValue().length();
        }
        return length;
    }

    private static String tooLong(long headers, QueueName queue) {
        return "headers of " + headers + " characters for queue " + queue + " are over the limit of " + MAX_HEADERS;
    }

    /**
     * Checks what a job that is there already is to carry. Why it was put aside is not counted.
     *
     * @throws IllegalArgumentException if that is too much; the message says how much
     */
    static void checkHeaders(Map<String, String> headers, QueueName queue) {
        String reason = headers.get(Settlement.REASON_HEADER);
        long length = length(headers) - (reason == null ? 0 : reason.length());
        if (length > MAX_HEADERS) {
            throw new IllegalArgumentException(tooLong(length, queue));
        }
    }

    private static Optional<EnqueueResult> refused(Reason reason, String detail) {
        return Optional.of(new EnqueueResult.Refused(reason, detail));
    }

    /** What a job asks for beside its place in a queue. */
    Terms terms(Job job, long now) {
        long expiresAt =
                job.expiry().map(expiry -> now + JobRecord.millisUp(expiry)).orElse(0L);
        long lease = 0;
        boolean fromQueueing = false;
        long limit = queueLimit;
        for (BrokerOption option : job.options()) {
            if (option instanceof EmbeddedOption.Lease own) {
                lease = JobRecord.millisUp(own.length());
                fromQueueing = own.clock() == EmbeddedOption.LeaseClock.FROM_QUEUEING;
            } else if (option instanceof EmbeddedOption.QueueLimit own) {
                limit = Math.min(limit, own.jobs());
            }
        }
        return expiresAt == 0 && lease == 0 && limit == Long.MAX_VALUE
                ? Terms.NONE
                : new Terms(expiresAt, lease, fromQueueing, limit);
    }
}
