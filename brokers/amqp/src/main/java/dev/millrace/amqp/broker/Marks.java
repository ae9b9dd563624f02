// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.LongString;
import dev.millrace.broker.Delivery;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/*
 *   body                      the payload, as it is
 *   delivery-mode             2
 *   message-id                the id of the job
 *   priority                  if the queue has priorities
 *   expiration                if the job expires and is not to wait first
 *   headers
 *     those of the job        as long strings
 *     millrace-enqueued       milliseconds since 1970, by the clock of the producer
 *     millrace-attempt-count  how many attempts failed, if any
 *     millrace-expires        milliseconds since 1970, if the job expires and is to wait first
 *     millrace-id             the id, for a message of somebody else that has no message-id which could be one
 *     millrace-wait-…         see Ladder
 *
 * Messages of others are read as far as they say such things. When one comes again as a copy, whatever else it carries stays.
 *
 * The server counts how often a message came back to a quorum queue, but counts those too that nobody had begun with, and what
 * it counts differs from version to version. So only what is written here counts: a worker that dies with a job counts nothing.
 */
/** How a job is written as a message, and read from one. */
final class Marks {
    private static final String ENQUEUED = "millrace-enqueued";
    private static final String ATTEMPTS = "millrace-attempt-count";
    private static final String EXPIRES = "millrace-expires";
    private static final String ID = "millrace-id";

    /** What belongs to the message that was sent first, and not to copies. */
    private static final Set<String> OF_THE_FIRST = Set.of(EXPIRES, "CC", "BCC");

    private static final int PERSISTENT = 2;
    /** The longest expiration that every version of the server takes. */
    private static final Duration LONGEST_EXPIRATION = Duration.ofDays(40);

    private static final int MOST_ATTEMPTS = 1_000_000_000;

    private Marks() {}

    /** Writes a job that is sent for the first time; the headers of its way come on top. */
    static BasicProperties first(Job job, JobId id, boolean priorities, Instant now) {
        Map<String, Object> headers = new HashMap<>(job.headers());
        headers.put(ENQUEUED, now.toEpochMilli());
        BasicProperties.Builder properties = new BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .messageId(id.value())
                .headers(headers);
        if (priorities) {
            properties.priority(job.priority());
        }
        job.expiry().ifPresent(expiry -> {
            if (job.delay().isZero() && expiry.compareTo(LONGEST_EXPIRATION) < 0) {
                properties.expiration("" + Math.max(1, expiry.toMillis()));
            } else {
                headers.put(EXPIRES, now.plus(expiry).toEpochMilli());
            }
        });
        return properties.build();
    }

    /** The properties of a copy that expires when the message would have. */
    static BasicProperties again(Message message, Map<String, String> changes, int attempts) {
        BasicProperties copy = lasting(message, changes, attempts);
        Long end = expires(message);
        return end == null ? copy : with(copy, Map.of(EXPIRES, end));
    }

    /** The properties of a copy of a message: without its expiry, its way so far, the server's notes and what speaks for its sender. */
    static BasicProperties lasting(Message message, Map<String, String> changes, int attempts) {
        Map<String, Object> headers = new HashMap<>(message.headers());
        headers.keySet().removeIf(name -> isServers(name) || isWay(name) || OF_THE_FIRST.contains(name));
        headers.putAll(changes);
        if (attempts > 0) {
            headers.put(ATTEMPTS, attempts);
        } else {
            headers.remove(ATTEMPTS);
        }
        if (ownId(message).isEmpty()) {
            headers.put(ID, UUID.randomUUID().toString());
        }
        return message.properties()
                .builder()
                .headers(headers)
                .expiration(null)
                .userId(null)
                .deliveryMode(PERSISTENT)
                .build();
    }

    /** The same with other headers. */
    static BasicProperties with(BasicProperties properties, Map<String, Object> more) {
        Map<String, Object> headers = new HashMap<>(properties.getHeaders());
        headers.putAll(more);
        return properties.builder().headers(headers).build();
    }

    /** A dead letter that is to live again: as if nobody had tried it. */
    static BasicProperties revived(Message message, String withoutHeader) {
        BasicProperties again = lasting(message, Map.of(), 0);
        Map<String, Object> headers = new HashMap<>(again.getHeaders());
        headers.remove(withoutHeader);
        return again.builder().headers(headers).build();
    }

    /** How many attempts failed before the message was last published. */
    static int attempts(Message message) {
        return Math.clamp(number(message.headers().get(ATTEMPTS)), 0, MOST_ATTEMPTS);
    }

    /** How much longer it is to wait, in milliseconds. */
    static long more(Message message) {
        return Math.max(0, number(message.headers().get(Ladder.MORE)));
    }

    static boolean isExpired(Message message, Instant now) {
        return message.headers().containsKey(EXPIRES)
                && number(message.headers().get(EXPIRES)) <= now.toEpochMilli();
    }

    /** When it expires, in milliseconds since 1970: as a header says, or as the server was told when it was sent; or never. */
    private static @Nullable Long expires(Message message) {
        if (message.headers().containsKey(EXPIRES)) {
            return number(message.headers().get(EXPIRES));
        }
        long enqueued = number(message.headers().get(ENQUEUED));
        String expiration = message.properties().getExpiration();
        try {
            return enqueued > 0 && expiration != null ? enqueued + Long.parseLong(expiration) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static Delivery delivery(Message message, AmqpTag tag) {
        Delivery.Builder delivery = Delivery.of(
                        id(message), Terms.name(message.queue()), Payload.wrap(message.body()), tag)
                .headers(visible(message.headers()))
                .attempt(attempts(message) + 1);
        long enqueued = number(message.headers().get(ENQUEUED));
        return enqueued > 0
                ? delivery.enqueuedAt(Instant.ofEpochMilli(enqueued)).build()
                : delivery.build();
    }

    private static JobId id(Message message) {
        return ownId(message).orElseGet(() -> new JobId(UUID.randomUUID().toString()));
    }

    private static Optional<JobId> ownId(Message message) {
        Object given = message.headers().get(ID);
        return id(given == null ? message.properties().getMessageId() : given.toString());
    }

    private static Optional<JobId> id(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(JobId::new);
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static Map<String, String> visible(Map<String, Object> headers) {
        Map<String, String> visible = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (!isServers(name) && !isOurs(name) && (value instanceof LongString || isPlain(value))) {
                visible.put(name, value.toString());
            }
        });
        return visible;
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static boolean isServers(String name) {
        return name.equals("x-death")
                || name.startsWith("x-first-death-")
                || name.startsWith("x-last-death-")
                || name.equals("x-delivery-count")
                || name.equals("x-acquired-count");
    }

    private static boolean isWay(String name) {
        return name.startsWith(Ladder.BIT);
    }

    private static boolean isOurs(String name) {
        return isWay(name) || name.equals(ENQUEUED) || name.equals(ATTEMPTS) || name.equals(EXPIRES) || name.equals(ID);
    }
}
