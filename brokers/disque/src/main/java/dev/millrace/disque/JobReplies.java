// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.Replies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads jobs: as GETJOB and QPEEK give them, and as SHOW does. */
final class JobReplies {
    private static final int PLAIN = 3;
    private static final int WITH_COUNTERS = 7;

    private JobReplies() {}

    /** Null, for nothing within the time, is an empty list. */
    static List<DisqueJob> jobs(@Nullable Object reply, Endpoint server) {
        if (reply == null) {
            return List.of();
        }
        NodeAddress node = NodeAddress.of(server);
        List<?> elements = Replies.list(reply);
        List<DisqueJob> jobs = new ArrayList<>(elements.size());
        for (Object element : elements) {
            jobs.add(job(element, node));
        }
        return jobs;
    }

    /**
     * {@code queue, id, body}, perhaps {@code "nacks", n, "additional-deliveries", n}, and perhaps {@code "headers", [name,
     * value…]}.
     */
    private static DisqueJob job(@Nullable Object reply, NodeAddress node) {
        List<?> parts = Replies.list(reply);
        if (parts.size() < PLAIN) {
            throw Replies.unexpected("queue, id and body", reply);
        }
        DisqueJob.Counters counters = parts.size() < WITH_COUNTERS
                ? null
                : new DisqueJob.Counters(
                        Replies.smallNumber(parts.get(WITH_COUNTERS - 3)),
                        Replies.smallNumber(parts.get(WITH_COUNTERS - 1)));
        DisqueJob job = new DisqueJob(
                DisqueQueue.owning(Replies.bytes(parts.get(0))),
                DisqueJobId.of(Replies.bytes(parts.get(1))),
                Replies.bytes(parts.get(2)),
                counters,
                node);
        int last = parts.size() - 1;
        return last > PLAIN && Replies.text(parts.get(last - 1)).equals("headers")
                ? job.withHeaders(headers(parts.get(last)))
                : job;
    }

    private static Map<String, String> headers(@Nullable Object reply) {
        Map<String, String> headers = new LinkedHashMap<>();
        Replies.pairs(reply).forEach((name, value) -> headers.put(name, Replies.text(value)));
        return headers;
    }

    static JobDetails details(@Nullable Object reply) {
        Map<String, @Nullable Object> fields = Replies.pairs(reply);
        return new JobDetails(
                DisqueJobId.of(Replies.bytes(fields.get("id"))),
                Optional.ofNullable(fields.get("queue")).map(queue -> DisqueQueue.owning(Replies.bytes(queue))),
                JobState.of(Replies.text(fields.get("state"))),
                Replies.smallNumber(fields.get("repl")),
                Duration.ofSeconds(Replies.number(fields.get("ttl"))),
                Replies.number(fields.get("ctime")),
                Duration.ofSeconds(Replies.number(fields.get("delay"))),
                Duration.ofSeconds(Replies.number(fields.get("retry"))),
                new DisqueJob.Counters(
                        Replies.smallNumber(fields.get("nacks")),
                        Replies.smallNumber(fields.get("additional-deliveries"))),
                Replies.list(fields.get("nodes-delivered"), Replies::text),
                Replies.list(fields.get("nodes-confirmed"), Replies::text),
                millis(fields.get("next-requeue-within")),
                millis(fields.get("next-awake-within")),
                Optional.ofNullable(fields.get("body")).map(Replies::bytes));
    }

    /** A server that is older than these fields leaves them out. */
    static DeadJob dead(@Nullable Object reply) {
        Map<String, @Nullable Object> fields = Replies.pairs(reply);
        Object reason = fields.get("reason");
        Object since = fields.get("dead-since");
        return new DeadJob(
                details(reply),
                reason == null ? Optional.empty() : Optional.of(Replies.text(reason)),
                since == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Replies.number(since))));
    }

    private static Optional<Duration> millis(@Nullable Object reply) {
        return reply == null ? Optional.empty() : Optional.of(Duration.ofMillis(Replies.number(reply)));
    }
}
