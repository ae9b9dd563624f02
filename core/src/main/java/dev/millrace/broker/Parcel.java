// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * A copy of a job has another id on its server. So that the job stays the same, its first id travels along, and how many
 * attempts there were before the copy was made; both as headers of the envelope that nobody above sees.
 */
/**
 * What brokers put into the body of a job on a server that carries only bytes and can neither count attempts nor change what
 * a job carries: there a job that comes again is a copy. Immutable and thread-safe.
 *
 * @param headers what travels beside the payload
 * @param payload what the handler gets
 * @param firstId the id of the job of which this is a copy, or empty if it is the first
 * @param attempts how many attempts there were before that copy was made
 */
public record Parcel(Map<String, String> headers, Payload payload, Optional<JobId> firstId, int attempts) {
    private static final String FIRST_ID = "millrace-copy-of";
    private static final String ATTEMPTS = "millrace-copy-attempts";
    /** Leaves room for those that the server counts. */
    private static final int MOST_ATTEMPTS = 1_000_000_000;

    /** Keeps the map. */
    public Parcel {
        headers = Map.copyOf(headers);
    }

    /**
     * What is in the body of a job that is sent for the first time.
     *
     * @param headers what travels beside the payload
     * @param payload what the handler gets
     * @return the parcel
     */
    public static Parcel of(Map<String, String> headers, Payload payload) {
        return new Parcel(headers, payload, Optional.empty(), 0);
    }

    /**
     * Reads a body.
     *
     * @param body as it came; not copied
     * @return what is in it; a body of somebody who knows no Millrace is the payload, and a first id that cannot be one is
     *     none: anybody can write such a body, and it must not stop whoever reads it
     */
    public static Parcel open(byte[] body) {
        Envelope envelope = Envelope.open(Payload.wrap(body));
        if (!envelope.headers().containsKey(FIRST_ID)) {
            return of(envelope.headers(), envelope.payload());
        }
        Map<String, String> headers = new HashMap<>(envelope.headers());
        Optional<JobId> first = id(headers.remove(FIRST_ID));
        int attempts = number(headers.remove(ATTEMPTS));
        return new Parcel(headers, envelope.payload(), first, first.isPresent() ? attempts : 0);
    }

    private static Optional<JobId> id(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(JobId::new);
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Math.clamp(Integer.parseInt(text), 0, MOST_ATTEMPTS);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Writes the body.
     *
     * @return the bytes; those of the payload if there is nothing else to carry
     */
    public byte[] seal() {
        Map<String, String> all = new HashMap<>(headers);
        firstId.ifPresent(id -> {
            all.put(FIRST_ID, id.value());
            all.put(ATTEMPTS, "" + attempts);
        });
        return new Envelope(all, payload).seal().bytes();
    }

    /**
     * The same payload as a copy of a job.
     *
     * @param id the first id of the job
     * @param attemptsSoFar how many attempts there were
     * @param more headers that are added or replaced
     * @return the parcel of the copy
     */
    public Parcel copyOf(JobId id, int attemptsSoFar, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Parcel(all, payload, Optional.of(id), attemptsSoFar);
    }
}
