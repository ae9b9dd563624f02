// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Envelope;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/*
 * A copy of a job has another id on the server. So that the job stays the same, its first id travels along, and how many
 * attempts there were before the copy was made; both as headers of the envelope that nobody above sees.
 */
/**
 * What is in the body of a job on the server.
 *
 * @param headers what travels beside the payload
 * @param payload what the handler gets
 * @param firstId the id of the job of which this is a copy, or empty if it is the first
 * @param attempts how many attempts there were before that copy was made
 */
record Parcel(Map<String, String> headers, Payload payload, Optional<JobId> firstId, int attempts) {
    private static final String FIRST_ID = "disque-first-id";
    private static final String ATTEMPTS = "disque-attempts";

    static Parcel of(Map<String, String> headers, Payload payload) {
        return new Parcel(headers, payload, Optional.empty(), 0);
    }

    static Parcel open(byte[] body) {
        Envelope envelope = Envelope.open(Payload.wrap(body));
        if (!envelope.headers().containsKey(FIRST_ID)) {
            return of(envelope.headers(), envelope.payload());
        }
        Map<String, String> headers = new HashMap<>(envelope.headers());
        Optional<JobId> first = Optional.ofNullable(headers.remove(FIRST_ID)).map(JobId::new);
        int attempts = number(headers.remove(ATTEMPTS));
        return new Parcel(headers, envelope.payload(), first, attempts);
    }

    private static int number(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    byte[] seal() {
        Map<String, String> all = new HashMap<>(headers);
        firstId.ifPresent(id -> {
            all.put(FIRST_ID, id.value());
            all.put(ATTEMPTS, "" + attempts);
        });
        return new Envelope(all, payload).seal().bytes();
    }

    /** The same payload as a copy of a job, with headers added or replaced. */
    Parcel copyOf(JobId id, int attemptsSoFar, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Parcel(all, payload, Optional.of(id), attemptsSoFar);
    }
}
