// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.RedisLink.Line;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.Pipeline;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/*
 * Messages go into one connection for each server, without waiting for replies. What fails there for a reason that another
 * try helps, a moved slot, a script that is not known, a lost connection, goes on by itself on a virtual thread, the slow way.
 */
/** Publishes without waiting. Thread-safe. */
final class AsyncPublishing implements AutoCloseable {
    private final Wire wire;
    private final Wording wording;
    private final Persistence persistence;
    private final Map<Endpoint, Pipeline> pipelines = new ConcurrentHashMap<>();
    private final Set<Endpoint> told = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    AsyncPublishing(Wire wire, Wording wording, Persistence persistence) {
        this.wire = wire;
        this.wording = wording;
        this.persistence = persistence;
    }

    CompletableFuture<String> publish(StreamMessage message) {
        if (wire.waitsForReplicas()) {
            return slowly(() -> once(message));
        }
        try {
            return quickly(message);
        } catch (RedisException e) {
            return slowly(() -> persistence.publish(message, e));
        }
    }

    private String once(StreamMessage message) {
        try {
            return wire.add(message);
        } catch (RedisException e) {
            return persistence.publish(message, e);
        }
    }

    private CompletableFuture<String> quickly(StreamMessage message) {
        RedisLink link = wire.link();
        Line line = link.lineOf(Wording.key(message));
        Pipeline pipeline = pipelines.computeIfAbsent(line.node(), unknown -> link.pipeline(line));
        if (closed) {
            pipeline.close();
        }
        boolean saidBefore = !wording.isScript(message) || !told.add(line.node());
        return pipeline.submit(wording.add(message, saidBefore).command())
                .exceptionallyCompose(error -> goOn(message, unwrapped(error), line));
    }

    private static Throwable unwrapped(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private CompletableFuture<String> goOn(StreamMessage message, Throwable error, Line line) {
        wire.link().failed(error, line);
        if (error instanceof RedisServerException refused && wasNotTried(refused)) {
            return slowly(() -> once(message));
        }
        if (error instanceof RedisException failed) {
            return slowly(() -> persistence.publish(message, failed));
        }
        return CompletableFuture.failedFuture(error);
    }

    private static boolean wasNotTried(RedisServerException error) {
        return Set.of("MOVED", "ASK", "NOSCRIPT").contains(error.code());
    }

    private static CompletableFuture<String> slowly(Supplier<String> work) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread.ofVirtual().name("millrace-redis-publish").start(() -> {
            try {
                result.complete(work.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Override
    public void close() {
        closed = true;
        pipelines.values().forEach(Pipeline::close);
    }
}
