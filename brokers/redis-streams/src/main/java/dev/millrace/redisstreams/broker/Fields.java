// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Settlement;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.resp.client.Replies;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 *   body         the payload
 *   h:<name>     a header
 *   m:at         when the job was enqueued, in milliseconds since 1970
 *   m:id         its first id, if that is not the entry's
 *   m:group      the only group that it is for
 *   m:reason     why it is dead;  m:attempts   after how many
 *
 * What others add to a stream needs no more than a body; fields of other names become headers.
 */
/** The fields of an entry. */
final class Fields {
    private static final String HEADER = "h:";
    private static final byte[] BODY = RedisLink.utf8("body");

    private Payload payload = Payload.empty();
    private Map<String, String> headers = new HashMap<>();
    private @Nullable String id;
    private @Nullable Instant enqueuedAt;
    private String attempts = "0";

    private Fields() {}

    /** Reads the fields of an entry, and the headers that were put in the place of its own. */
    static Fields of(@Nullable Object reply, @Nullable Object changed) {
        Fields fields = new Fields();
        List<?> pairs = Replies.list(reply);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(Replies.text(pairs.get(i)), Replies.bytes(pairs.get(i + 1)));
        }
        if (changed != null) {
            fields.headers = headers(Replies.list(changed));
        }
        return fields;
    }

    private static Map<String, String> headers(List<?> pairs) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            headers.put(Replies.text(pairs.get(i)).substring(HEADER.length()), Replies.text(pairs.get(i + 1)));
        }
        return headers;
    }

    private void put(String name, byte[] value) {
        switch (name) {
            case "body" -> payload = Payload.wrap(value);
            case "m:at" -> enqueuedAt = instant(text(value));
            case "m:id" -> id = Ids.isFirst(text(value)) ? text(value) : null;
            case "m:reason" -> headers.put(Settlement.REASON_HEADER, text(value));
            case "m:attempts" -> attempts = text(value);
            case "m:group" -> {}
            default -> headers.put(name.startsWith(HEADER) ? name.substring(HEADER.length()) : name, text(value));
        }
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static @Nullable Instant instant(String millis) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException fromSomebodyElse) {
            return null;
        }
    }

    Payload payload() {
        return payload;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** How often a dead letter was tried. */
    int attempts() {
        return Integer.parseInt(attempts);
    }

    /** The first id of the job in this entry. */
    String first(String entry) {
        return id == null ? entry : id;
    }

    /** When the job was enqueued; for what others added, when its entry was made. */
    Optional<Instant> enqueuedAt(String entry) {
        if (enqueuedAt != null) {
            return Optional.of(enqueuedAt);
        }
        int dash = entry.indexOf('-');
        return Optional.ofNullable(instant(dash < 0 ? entry : entry.substring(0, dash)));
    }

    /** Adds the fields of a new job to a step, their number first. */
    static void add(Job job, Step<?> step) {
        step.add(2L + 2L * job.headers().size()).add(BODY).add(job.payload().bytes());
        addAll(job.headers(), step);
    }

    /** Adds headers to a step, the number of their fields first. */
    static void addCounted(Map<String, String> headers, Step<?> step) {
        step.add(2L * headers.size());
        addAll(headers, step);
    }

    private static void addAll(Map<String, String> headers, Step<?> step) {
        headers.forEach((name, value) -> step.add(HEADER + name).add(value));
    }
}
