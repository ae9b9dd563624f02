// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.records;

import dev.millrace.embedded.engine.NewJob;
import dev.millrace.embedded.engine.NewJob.Terms;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.util.Map;

/**
 * A whole job as it lies in the log, written when it is enqueued and again when compaction moves it. It stands in the
 * frame of {@link Records}:
 *
 * <pre>
 *   flags      byte     which of the words below are there
 *   priority   byte     low four bits; the highest bit is HOSTED
 *   attempts   varint
 *   sequence   varint
 *   enqueuedAt varint   milliseconds since 1970, as all moments
 *   queue      text     varint length and UTF-8
 *   id         text     if CHOSEN_ID
 *   time       varint   if DUE: when it is ready; with DEAD: since when it is dead
 *   expiresAt  varint   if EXPIRES
 *   lease      varint   if LEASE: milliseconds
 *   hosted              if HOSTED: a byte (1 with a worker, 2 was queued before), and as varints the delay that it came
 *                       with, after how many deliveries it is put aside (0: any number), nacks, requeues
 *   headers             if HEADERS: varint count, and name and value of each
 *   payload             the rest
 * </pre>
 *
 * @param head what recovery needs
 * @param headers what travels beside the payload
 * @param payload the body
 */
public record JobRecord(JobHead head, Map<String, String> headers, Payload payload) {
    private static final Duration CENTURY = Duration.ofDays(36_500);

    /** A job that is being enqueued now. */
    public static JobRecord of(Job job, long sequence, long now, Terms terms) {
        long due = job.delay().isZero() ? 0 : now + millisUp(job.delay());
        JobHead head = new JobHead(
                sequence,
                job.id().map(JobId::value).orElse(null),
                job.queue().value(),
                (job.front() ? JobHead.FRONT : 0) | (due > 0 ? JobHead.DUE : 0),
                job.priority(),
                0,
                now,
                due,
                terms);
        return new JobRecord(head, job.headers(), job.payload());
    }

    /** The delay that it came with, in milliseconds. */
    public long delayMillis() {
        NewJob.Hosted hosted = head.terms().hosted();
        return hosted != null ? hosted.delay() : Math.max(0, head.time() - head.enqueuedAt());
    }

    /** A length of time in whole milliseconds, never less than it is; a century for all that is longer. */
    public static long millisUp(Duration duration) {
        return duration.compareTo(CENTURY) >= 0
                ? CENTURY.toMillis()
                : duration.plusNanos(999_999).toMillis();
    }

    /** The same job as it stands now. */
    public JobRecord standing(Standing now, Map<String, String> newHeaders) {
        return new JobRecord(head.standing(now), newHeaders, payload);
    }

    /** The same job with other headers. */
    public JobRecord with(Map<String, String> newHeaders) {
        return new JobRecord(head, newHeaders, payload);
    }

    void writeTo(RecordWriter out) {
        head.writeTo(out, !headers.isEmpty());
        if (!headers.isEmpty()) {
            out.putHeaders(headers);
        }
        out.putPayload(payload);
    }

    static JobRecord read(RecordReader in, int end, RecordReader.Remembered lastQueue) {
        JobHead head = JobHead.read(in, lastQueue);
        Map<String, String> headers = head.is(JobHead.HEADERS) ? in.getHeaders() : Map.of();
        return new JobRecord(head, headers, Payload.wrap(in.getRest(end)));
    }
}
