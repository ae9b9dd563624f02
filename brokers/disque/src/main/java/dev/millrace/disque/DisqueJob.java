// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job that was fetched or looked at. Immutable but for the bytes of its body, which belong to the caller. */
public final class DisqueJob {
    private final DisqueQueue queue;
    private final DisqueJobId id;
    private final byte[] body;
    private final @Nullable Counters counters;
    private final NodeAddress node;
    private final Map<String, String> headers;

    /**
     * How often a job came back before this delivery, as its node knows.
     *
     * @param nacks how often it was given back by NACK
     * @param additionalDeliveries how often it was queued again for other reasons: nobody acknowledged it in time, or
     *     ENQUEUE
     */
    public record Counters(int nacks, int additionalDeliveries) {}

    DisqueJob(DisqueQueue queue, DisqueJobId id, byte[] body, @Nullable Counters counters, NodeAddress node) {
        this.queue = queue;
        this.id = id;
        this.body = body;
        this.counters = counters;
        this.node = node;
        this.headers = Map.of();
    }

    private DisqueJob(DisqueJob job, Map<String, String> headers) {
        this.queue = job.queue;
        this.id = job.id;
        this.body = job.body;
        this.counters = job.counters;
        this.node = job.node;
        this.headers = headers;
    }

    DisqueJob withHeaders(Map<String, String> found) {
        return new DisqueJob(this, Collections.unmodifiableMap(found));
    }

    /**
     * Where the job waited.
     *
     * @return its queue
     */
    public DisqueQueue queue() {
        return queue;
    }

    /**
     * The name of the job.
     *
     * @return its id
     */
    public DisqueJobId id() {
        return id;
    }

    /**
     * What the job says.
     *
     * @return the bytes, not a copy
     */
    public byte[] body() {
        return body;
    }

    /**
     * What the job says, as text.
     *
     * @return the body read as UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * How often the job came back before.
     *
     * @return empty if {@link GetJob#withCounters()} was not asked for
     */
    public Optional<Counters> counters() {
        return Optional.ofNullable(counters);
    }

    /**
     * Text beside the body.
     *
     * @return names and values in their order; empty if there are none, and unless {@link MillraceWords#get(GetJob)} fetched
     *     the job
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The node that gave the job; it certainly knows it.
     *
     * @return its address
     */
    public NodeAddress node() {
        return node;
    }

    @Override
    public String toString() {
        return "DisqueJob[" + id + " of " + queue + ", " + body.length + " bytes]";
    }
}
