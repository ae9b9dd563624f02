// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.hosting.HostedJob;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.server.commands.Bodies;
import dev.millrace.server.commands.PercentEscape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/*
 * Events of two queues may have the same id, jobs may not. So the id that a job gets from its producer is
 *
 *   okq/QUEUE/ID    the name of the queue in the broker, and the id of the event: bytes that are no letters, digits or one of
 *                   -_.:@+=~ as %xx
 *   okq#HASH        43 letters: the SHA-256 of the same, if that would be longer than an id of a job may be; the job carries the
 *                   id of the event in the header "okq-id"
 *
 * No ID has a slash, so the last one ends the queue, and no two events have the same id. A job whose id is not one of these is
 * called as Disque's clients call it.
 */
/** The ids of events, and of the jobs that they are. */
final class EventIds {
    private static final String PREFIX = "okq/";
    private static final String HASHED = "okq#";
    private static final PercentEscape ESCAPE = new PercentEscape("-_.:@+=~");

    private EventIds() {}

    /** The id that the job of an event has. */
    static JobId job(QueueName queue, byte[] event) {
        String whole = whole(queue, event);
        return new JobId(isShort(whole) ? whole : hashed(whole));
    }

    /** A job with the id of an event. */
    static Job named(Job job, byte[] event) {
        String whole = whole(job.queue(), event);
        return isShort(whole)
                ? job.withId(whole)
                : job.withId(hashed(whole))
                        .withHeader(Bodies.EVENT_ID_HEADER, Base64.getEncoder().encodeToString(event));
    }

    private static String whole(QueueName queue, byte[] event) {
        StringBuilder text = new StringBuilder(PREFIX).append(queue.value()).append('/');
        ESCAPE.append(text, event, Integer.MAX_VALUE);
        return text.toString();
    }

    private static boolean isShort(String whole) {
        return whole.length() <= JobId.MAX_BYTES && whole.getBytes(StandardCharsets.UTF_8).length <= JobId.MAX_BYTES;
    }

    private static String hashed(String whole) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HASHED + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The id of the event that a job is; null if it was not pushed as one. */
    static byte @Nullable [] event(HostedJob job) {
        if (job.id().isEmpty()) {
            return null;
        }
        String value = job.id().get().value();
        String prefix = PREFIX + job.queue().value() + "/";
        if (value.startsWith(prefix)) {
            byte[] event = PercentEscape.bytes(value, prefix.length());
            return whole(job.queue(), event).equals(value) ? event : null;
        }
        return value.startsWith(HASHED) ? carried(job, value) : null;
    }

    private static byte @Nullable [] carried(HostedJob job, String value) {
        String header = job.headers().get(Bodies.EVENT_ID_HEADER);
        if (header == null) {
            return null;
        }
        try {
            byte[] event = Base64.getDecoder().decode(header);
            return hashed(whole(job.queue(), event)).equals(value) ? event : null;
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
