// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.RedisLink.Line;
import dev.millrace.redisstreams.link.Verb;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Pipeline;
import dev.millrace.resp.client.Replies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/*
 * One XREAD a server, over a connection of its own, for the streams and the bells of all queues there; in a cluster one a slot,
 * since a command must not name keys of two. It takes nothing: whoever
 * is woken asks, and the first who asks gets. A stream wakes for new entries; its bell for what makes no entry: a job given
 * back, a shorter delay, the end of a pause.
 *
 * A wait that ends early leaves its XREAD under way, and the next wait goes on with it: what came meanwhile is then an answer at
 * once. After WAIT_MILLIS without news all queues are asked anyway.
 */
/** Waits for news of queues. For one thread, except for closing. */
final class Doorbell implements AutoCloseable {
    private static final long WAIT_MILLIS = 5_000;
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);

    private final RedisLink link;
    private final LongSupplier clock;
    private final Map<QueueName, QueueKeys> queues = new LinkedHashMap<>();
    private final Map<String, QueueName> byKey = new HashMap<>();
    private final Map<QueueName, Spot> spots = new HashMap<>();
    private final Map<Line, Wait> waits = new HashMap<>();
    /** Connections without an XREAD. */
    private final Map<Line, Pipeline> idle = new HashMap<>();

    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();

    /** A connection, and the XREAD that is under way there, with the queues that it covers. */
    private record Wait(Pipeline pipeline, CompletableFuture<Set<QueueName>> news, Set<QueueName> covered) {}

    Doorbell(RedisLink link, LongSupplier clock, List<QueueKeys> all) {
        this.link = link;
        this.clock = clock;
        for (QueueKeys keys : all) {
            queues.put(keys.queue(), keys);
            byKey.put(text(keys.stream()), keys.queue());
            byKey.put(text(keys.bell()), keys.queue());
        }
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Notes where a queue stood when nothing more was found in it. */
    void note(QueueName queue, Spot spot) {
        spots.put(queue, spot);
    }

    /** Waits; the queues that should be asked, none if time ran out or it was closed. */
    Set<QueueName> await(long nanos) throws InterruptedException {
        listen();
        long now = clock.getAsLong();
        long until = now + Math.min(nanos, LONGEST_NANOS);
        long next = spots.values().stream().mapToLong(Spot::due).min().orElse(Spot.NEVER);
        long end = next == Spot.NEVER ? until : Math.min(next, until);
        List<CompletableFuture<?>> any = new ArrayList<>(List.of(closing));
        waits.values().forEach(wait -> any.add(wait.news()));
        try {
            CompletableFuture.anyOf(any.toArray(CompletableFuture[]::new))
                    .get(Math.max(0, end - now), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return dueBy(end);
        } catch (ExecutionException e) {
            return collect();
        }
        return collect();
    }

    private Set<QueueName> dueBy(long end) {
        Set<QueueName> due = new HashSet<>();
        spots.forEach((queue, spot) -> {
            if (spot.due() <= end) {
                due.add(queue);
            }
        });
        return due;
    }

    /** What the XREADs that have ended say. One that failed is begun anew when its queues were asked, or fail to be. */
    private Set<QueueName> collect() {
        Set<QueueName> promising = new HashSet<>();
        for (Map.Entry<Line, Wait> each : List.copyOf(waits.entrySet())) {
            Wait wait = each.getValue();
            if (!wait.news().isDone()) {
                continue;
            }
            waits.remove(each.getKey());
            try {
                promising.addAll(wait.news().join());
                idle.put(each.getKey(), wait.pipeline());
            } catch (CompletionException e) {
                wait.pipeline().close();
                link.failed(e.getCause() == null ? e : e.getCause(), each.getKey());
                promising.addAll(wait.covered());
                if (e.getCause() instanceof RedisException failure && !failure.helpsLater()) {
                    throw failure;
                }
            }
        }
        return promising;
    }

    /** Has an XREAD under way for each queue. */
    private void listen() {
        Map<Line, List<QueueKeys>> byLine = new LinkedHashMap<>();
        for (QueueKeys keys : queues.values()) {
            if (spots.containsKey(keys.queue())) {
                byLine.computeIfAbsent(link.lineOf(keys.stream()), unknown -> new ArrayList<>())
                        .add(keys);
            }
        }
        byLine.forEach((line, some) -> {
            Wait known = waits.get(line);
            if (known == null || !known.covered().containsAll(names(some))) {
                begin(line, some, known);
            }
        });
    }

    private static Set<QueueName> names(List<QueueKeys> some) {
        Set<QueueName> names = new HashSet<>();
        some.forEach(keys -> names.add(keys.queue()));
        return names;
    }

    private void begin(Line line, List<QueueKeys> some, @Nullable Wait known) {
        if (known != null) {
            known.pipeline().close();
        }
        Pipeline pipeline = idle.remove(line);
        if (pipeline == null) {
            pipeline = link.pipeline(line);
        }
        Set<QueueName> covered = names(some);
        waits.put(line, new Wait(pipeline, pipeline.submit(read(some, covered)), covered));
    }

    private Command<Set<QueueName>> read(List<QueueKeys> some, Set<QueueName> covered) {
        CommandArguments arguments = new CommandArguments(Verb.XREAD)
                .add("COUNT")
                .add(1)
                .add("BLOCK")
                .add(WAIT_MILLIS)
                .add("STREAMS");
        List<String> from = new ArrayList<>();
        for (QueueKeys keys : some) {
            Spot spot = Objects.requireNonNull(spots.get(keys.queue()));
            if (!spot.paused()) {
                arguments.add(keys.stream());
                from.add(spot.entry());
            }
            arguments.add(keys.bell());
            from.add(spot.ring());
        }
        from.forEach(arguments::add);
        return new Command<>(
                arguments,
                (reply, server) -> reply == null ? covered : rung(Replies.list(reply)),
                new Command.Patience(WAIT_MILLIS, true));
    }

    private Set<QueueName> rung(List<?> streams) {
        Set<QueueName> rung = new HashSet<>();
        for (Object stream : streams) {
            QueueName queue = byKey.get(Replies.text(Replies.list(stream).get(0)));
            if (queue != null) {
                rung.add(queue);
            }
        }
        return rung;
    }

    /** Ends a wait, from any thread; the connections are closed by {@link #hangUp}. */
    @Override
    public void close() {
        closing.complete(null);
    }

    /** Closes the connections; on the thread that waits, or after it. */
    void hangUp() {
        waits.values().forEach(wait -> wait.pipeline().close());
        waits.clear();
        idle.values().forEach(Pipeline::close);
        idle.clear();
    }
}
