// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.records;

import dev.millrace.embedded.engine.NewJob.Counts;
import dev.millrace.embedded.engine.NewJob.Hosted;
import dev.millrace.embedded.engine.NewJob.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What stands before headers and payload of a {@link JobRecord}: all that recovery needs.
 *
 * @param sequence the job's number
 * @param chosenId the id the producer chose, or null
 * @param queue the name of its queue
 * @param flags how it came and how it stands; which words are there, only when it is read
 * @param priority 0 to 15
 * @param attempts deliveries that count so far
 * @param enqueuedAt when it was enqueued, in milliseconds since 1970, as all moments
 * @param time when it is due or since when it is dead; 0 if neither
 * @param terms what only some jobs ask for
 */
public record JobHead(
        long sequence,
        @Nullable String chosenId,
        String queue,
        int flags,
        int priority,
        int attempts,
        long enqueuedAt,
        long time,
        Terms terms) {
    static final int FRONT = 0x01;
    static final int CHOSEN_ID = 0x02;
    static final int DUE = 0x04;
    static final int EXPIRES = 0x08;
    static final int LEASE = 0x10;
    static final int QUEUE_CLOCK = 0x20;
    static final int HEADERS = 0x40;
    static final int DEAD = 0x80;

    /** Beside the priority: it came through a host. */
    private static final int HOSTED = 0x80;

    private static final int PRIORITY_MASK = 0x0f;
    private static final int ACTIVE = 1;
    private static final int QUEUED = 2;

    /** The same job as it stands now. */
    JobHead standing(Standing now) {
        int standing = (flags & FRONT) | (now.time() > 0 ? DUE : 0) | (now.dead() ? DEAD : 0);
        return new JobHead(
                sequence,
                chosenId,
                queue,
                standing,
                priority,
                now.attempts(),
                enqueuedAt,
                now.time(),
                terms.standing(now.expiresAt(), hosted(now)));
    }

    private @Nullable Hosted hosted(Standing now) {
        Hosted before = terms.hosted();
        return before == null ? null : new Hosted(before.delay(), before.most(), now.counts(), now.active());
    }

    /** Whether it was to go before those that were ready. */
    public boolean isFront() {
        return is(FRONT);
    }

    /** Whether it is in the dead letters. */
    public boolean isDead() {
        return is(DEAD);
    }

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    void writeTo(RecordWriter out, boolean withHeaders) {
        out.putByte(flags
                | (chosenId == null ? 0 : CHOSEN_ID)
                | (terms.expiresAt() > 0 ? EXPIRES : 0)
                | (terms.lease() > 0 ? LEASE : 0)
                | (terms.fromQueueing() ? QUEUE_CLOCK : 0)
                | (withHeaders ? HEADERS : 0));
        out.putByte(priority | (terms.hosted() == null ? 0 : HOSTED));
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
        Hosted hosted = terms.hosted();
        if (hosted != null) {
            writeTo(out, hosted);
        }
    }

    private static void writeTo(RecordWriter out, Hosted hosted) {
        Counts counts = hosted.counts();
        out.putByte((hosted.active() ? ACTIVE : 0) | (counts.queued() ? QUEUED : 0));
        out.putVarint(hosted.delay());
        out.putVarint(hosted.most() == Integer.MAX_VALUE ? 0 : hosted.most());
        out.putVarint(counts.nacks());
        out.putVarint(counts.requeues());
    }

    private static Hosted readHosted(RecordReader in) {
        int flags = in.getByte();
        long delay = in.getVarint();
        int most = (int) in.getVarint();
        Counts counts = new Counts((int) in.getVarint(), (int) in.getVarint(), (flags & QUEUED) != 0);
        return new Hosted(delay, most == 0 ? Integer.MAX_VALUE : most, counts, (flags & ACTIVE) != 0);
    }

    /**
     * Reads a head.
     *
     * @param in stands at its first byte, and behind its last one afterwards
     * @param lastQueue saves making the name of the queue anew
     * @return the head
     */
    public static JobHead read(RecordReader in, RecordReader.Remembered lastQueue) {
        int flags = in.getByte();
        int priority = in.getByte();
        boolean hosted = (priority & HOSTED) != 0;
        int attempts = (int) in.getVarint();
        long sequence = in.getVarint();
        long enqueuedAt = in.getVarint();
        String queue = in.getText(lastQueue);
        String chosenId = (flags & CHOSEN_ID) == 0 ? null : in.getText();
        long time = (flags & DUE) == 0 ? 0 : in.getVarint();
        long expiresAt = (flags & EXPIRES) == 0 ? 0 : in.getVarint();
        long lease = (flags & LEASE) == 0 ? 0 : in.getVarint();
        Terms terms = expiresAt == 0 && lease == 0 && !hosted
                ? Terms.NONE
                : new Terms(
                        expiresAt, lease, (flags & QUEUE_CLOCK) != 0, Long.MAX_VALUE, hosted ? readHosted(in) : null);
        return new JobHead(
                sequence, chosenId, queue, flags, priority & PRIORITY_MASK, attempts, enqueuedAt, time, terms);
    }
}
