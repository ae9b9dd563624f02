// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.NewJob.Terms;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A whole job as it lies in the log, written when it is enqueued and again when compaction moves it:
 *
 *   flags      byte     which of the words below are there
 *   priority   byte
 *   attempts   varint
 *   sequence   varint
 *   enqueuedAt varint   milliseconds since 1970, as all moments
 *   queue      text     varint length and UTF-8
 *   id         text     if CHOSEN_ID
 *   time       varint   if DUE: when it is ready; with DEAD: since when it is dead
 *   expiresAt  varint   if EXPIRES
 *   lease      varint   if LEASE: milliseconds
 *   headers             if HEADERS: varint count, and name and value of each
 *   payload             the rest
 *
 * It stands in the frame of Records.
 */
record JobRecord(
        long sequence,
        @Nullable String chosenId,
        String queue,
        int flags,
        int priority,
        int attempts,
        long enqueuedAt,
        long time,
        Terms terms,
        Map<String, String> headers,
        Payload payload) {
    static final int FRONT = 0x01;
    static final int CHOSEN_ID = 0x02;
    static final int DUE = 0x04;
    static final int EXPIRES = 0x08;
    static final int LEASE = 0x10;
    static final int QUEUE_CLOCK = 0x20;
    static final int HEADERS = 0x40;
    static final int DEAD = 0x80;

    /** A job that is being enqueued. */
    static JobRecord of(Job job, long sequence, long now, Terms terms) {
        long due = job.delay().isZero() ? 0 : now + millisUp(job.delay());
        return new JobRecord(
                sequence,
                job.id().map(id -> id.value()).orElse(null),
                job.queue().value(),
                (job.front() ? FRONT : 0) | (due > 0 ? DUE : 0),
                job.priority(),
                0,
                now,
                due,
                terms,
                job.headers(),
                job.payload());
    }

    /** A length of time in whole milliseconds, never less than it is. */
    static long millisUp(java.time.Duration duration) {
        return duration.plusNanos(999_999).toMillis();
    }

    /** The same job as it stands now. */
    JobRecord standing(int newAttempts, long newTime, boolean dead, Map<String, String> newHeaders) {
        int kept = flags & (FRONT | QUEUE_CLOCK);
        return new JobRecord(
                sequence,
                chosenId,
                queue,
                kept | (newTime > 0 ? DUE : 0) | (dead ? DEAD : 0),
                priority,
                newAttempts,
                enqueuedAt,
                newTime,
                terms,
                newHeaders,
                payload);
    }

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    void writeTo(RecordWriter out) {
        out.putByte(flags
                | (chosenId == null ? 0 : CHOSEN_ID)
                | (terms.expiresAt() > 0 ? EXPIRES : 0)
                | (terms.lease() > 0 ? LEASE : 0)
                | (terms.fromQueueing() ? QUEUE_CLOCK : 0)
                | (headers.isEmpty() ? 0 : HEADERS));
        out.putByte(priority);
        out.putVarint(attempts);
        out.putVarint(sequence);
        out.putVarint(enqueuedAt);
        out.putText(queue);
        if (chosenId != null) {
            out.putText(chosenId);
        }
        if (is(DUE)) {
            out.putVarint(time);
        }
        if (terms.expiresAt() > 0) {
            out.putVarint(terms.expiresAt());
        }
        if (terms.lease() > 0) {
            out.putVarint(terms.lease());
        }
        if (!headers.isEmpty()) {
            out.putHeaders(headers);
        }
        out.putPayload(payload);
    }

    /** Reads all of it. */
    static JobRecord read(RecordReader in, int end) {
        Head head = Head.read(in, new RecordReader.Remembered());
        Map<String, String> headers = (head.flags & HEADERS) == 0 ? Map.of() : in.getHeaders();
        return new JobRecord(
                head.sequence,
                head.chosenId,
                head.queue,
                head.flags,
                head.priority,
                head.attempts,
                head.enqueuedAt,
                head.time,
                head.terms,
                headers,
                Payload.wrap(in.getRest(end)));
    }

    /** What stands before headers and payload: all that recovery needs. */
    record Head(
            long sequence,
            @Nullable String chosenId,
            String queue,
            int flags,
            int priority,
            int attempts,
            long enqueuedAt,
            long time,
            Terms terms) {
        static Head read(RecordReader in, RecordReader.Remembered lastQueue) {
            int flags = in.getByte();
            int priority = in.getByte();
            int attempts = (int) in.getVarint();
            long sequence = in.getVarint();
            long enqueuedAt = in.getVarint();
            String queue = in.getText(lastQueue);
            String chosenId = (flags & CHOSEN_ID) == 0 ? null : in.getText();
            long time = (flags & DUE) == 0 ? 0 : in.getVarint();
            long expiresAt = (flags & EXPIRES) == 0 ? 0 : in.getVarint();
            long lease = (flags & LEASE) == 0 ? 0 : in.getVarint();
            Terms terms = expiresAt == 0 && lease == 0
                    ? Terms.NONE
                    : new Terms(expiresAt, lease, (flags & QUEUE_CLOCK) != 0, Long.MAX_VALUE);
            return new Head(sequence, chosenId, queue, flags, priority, attempts, enqueuedAt, time, terms);
        }
    }
}
