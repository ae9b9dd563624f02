// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Parcel;
import dev.millrace.disque.DisqueAsyncClient;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisquePool;
import dev.millrace.disque.NodeAddress;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The cluster as the parts of a broker see it: pool, a pipeline to each node, clocks. Thread-safe. */
final class Site implements AutoCloseable {
    private final DisquePool pool;
    private final Terms terms;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Means means;
    /** By the client that each comes from: a node that left and came back is another one. */
    private final Map<DisqueClient, DisqueAsyncClient> pipelines = new ConcurrentHashMap<>();

    private final AtomicBoolean closed = new AtomicBoolean();

    Site(DisquePool pool, Terms terms, InstantSource clock, LongSupplier nanos, Function<Site, Means> means) {
        this.pool = pool;
        this.terms = terms;
        this.clock = clock;
        this.nanos = nanos;
        this.means = means.apply(this);
    }

    DisquePool pool() {
        return pool;
    }

    Terms terms() {
        return terms;
    }

    Means means() {
        return means;
    }

    /** What time it is, as far as leases go. */
    InstantSource clock() {
        return clock;
    }

    /** A moment on a clock that nobody sets, to measure waiting. */
    Instant steady() {
        return Instant.EPOCH.plus(Duration.ofNanos(nanos.getAsLong()));
    }

    /** Asks the node that delivered a job, without waiting for the answer. */
    <T> Answered<T> ask(DisqueJob job, Function<DisqueAsyncClient, CompletableFuture<T>> question) {
        return ask(job.node(), question);
    }

    <T> Answered<T> ask(NodeAddress node, Function<DisqueAsyncClient, CompletableFuture<T>> question) {
        return new Answered<>(question.apply(pipeline(node)));
    }

    private DisqueAsyncClient pipeline(NodeAddress node) {
        DisqueClient client = node(node);
        DisqueAsyncClient known = pipelines.get(client);
        if (known != null) {
            return known;
        }
        closeThoseThatLeft();
        return pipelines.computeIfAbsent(client, DisqueClient::async);
    }

    private void closeThoseThatLeft() {
        Set<DisqueClient> left = new HashSet<>(pipelines.keySet());
        pool.clients().forEach(left::remove);
        left.stream().map(pipelines::remove).filter(Objects::nonNull).forEach(DisqueAsyncClient::close);
    }

    DisqueClient node(DisqueJob job) {
        return node(job.node());
    }

    /** A node that is not known now is as good as any other: jobs are known to several. */
    private DisqueClient node(NodeAddress address) {
        return pool.client(address).orElseGet(() -> pool.clients().getFirst());
    }

    JobId idOf(DisqueJob job, Parcel parcel) {
        return parcel.firstId().orElseGet(() -> new JobId(job.id().toString()));
    }

    void checkOpen() {
        if (closed.get()) {
            throw BrokerException.lasting("the broker is closed; open it again", null);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pipelines.values().forEach(DisqueAsyncClient::close);
            pool.close();
        }
    }
}
