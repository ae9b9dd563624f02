// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One job in the hands of one worker, until it is settled or its lease ends. Immutable and thread-safe. Brokers make
 * them.
 */
public final class Delivery {
    private final JobId id;
    private final QueueName queue;
    private final Payload payload;
    private final Tag tag;
    private final Map<String, String> headers;
    private final int attempt;
    private final @Nullable Instant leaseUntil;
    private final @Nullable Instant enqueuedAt;

    private Delivery(Builder parts) {
        this.id = parts.id;
        this.queue = parts.queue;
        this.payload = parts.payload;
        this.tag = parts.tag;
        this.headers = parts.headers;
        this.attempt = parts.attempt;
        this.leaseUntil = parts.leaseUntil;
        this.enqueuedAt = parts.enqueuedAt;
    }

    /**
     * Begins a delivery.
     *
     * @param id the first id of the job, the same at each attempt
     * @param queue where it came from
     * @param payload what the handler is to get
     * @param tag what the broker needs to settle it
     * @return a builder
     */
    public static Builder of(JobId id, QueueName queue, Payload payload, Tag tag) {
        return new Builder(id, queue, payload, tag);
    }

    /** Collects what a broker knows of a delivery. Not thread-safe. */
    public static final class Builder {
        private final JobId id;
        private final QueueName queue;
        private final Payload payload;
        private final Tag tag;
        private Map<String, String> headers = Map.of();
        private int attempt = 1;
        private @Nullable Instant leaseUntil;
        private @Nullable Instant enqueuedAt;

        private Builder(JobId id, QueueName queue, Payload payload, Tag tag) {
            this.id = id;
            this.queue = queue;
            this.payload = payload;
            this.tag = tag;
        }

        /**
         * What travelled beside the payload.
         *
         * @param all name and value of each
         * @return this builder
         */
        public Builder headers(Map<String, String> all) {
            headers = all.isEmpty() ? Map.of() : Map.copyOf(all);
            return this;
        }

        /**
         * Which attempt this is.
         *
         * @param number 1 for the first
         * @return this builder
         */
        public Builder attempt(int number) {
            attempt = number;
            return this;
        }

        /**
         * When the lease ends.
         *
         * @param end from then on another worker may get the job
         * @return this builder
         */
        public Builder leaseUntil(Instant end) {
            leaseUntil = end;
            return this;
        }

        /**
         * When the job was enqueued.
         *
         * @param when by the clock of the broker
         * @return this builder
         */
        public Builder enqueuedAt(Instant when) {
            enqueuedAt = when;
            return this;
        }

        /**
         * Ends the building.
         *
         * @return the delivery
         */
        public Delivery build() {
            return new Delivery(this);
        }
    }

    /**
     * Which job this is.
     *
     * @return its first id; the same at each attempt
     */
    public JobId id() {
        return id;
    }

    /**
     * Where the job came from.
     *
     * @return the queue
     */
    public QueueName queue() {
        return queue;
    }

    /**
     * What the handler is to get.
     *
     * @return the payload
     */
    public Payload payload() {
        return payload;
    }

    /**
     * What travelled beside the payload, with what earlier attempts added.
     *
     * @return name and value of each header; cannot be changed
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Which attempt this is; how exact the number is says {@link Capabilities#attempts()}.
     *
     * @return 1 for the first
     */
    public int attempt() {
        return attempt;
    }

    /**
     * Until when the job is the receiver's own.
     *
     * @return the end of the lease, or empty where the broker knows none
     */
    public Optional<Instant> leaseUntil() {
        return Optional.ofNullable(leaseUntil);
    }

    /**
     * When the job was enqueued.
     *
     * @return the moment by the clock of the broker, or empty where it keeps none
     */
    public Optional<Instant> enqueuedAt() {
        return Optional.ofNullable(enqueuedAt);
    }

    /**
     * What the broker needs to settle it.
     *
     * @return the broker's own tag
     */
    public Tag tag() {
        return tag;
    }

    /** Queue, id, attempt and size; never the content. */
    @Override
    public String toString() {
        return "Delivery[" + queue + ", " + id + ", attempt " + attempt + ", " + payload.size() + " bytes]";
    }
}
