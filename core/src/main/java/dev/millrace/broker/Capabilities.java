// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.BrokerOption;
import dev.millrace.job.Job;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What a broker says of itself; the conformance kit proves every word. Immutable and thread-safe. A feature nobody spoke
 * of is {@link Support.Level#NONE}.
 */
public final class Capabilities {
    private final Map<Feature, Support> features;
    private final LeaseScope leases;
    private final SettleScope settles;
    private final AttemptCount attempts;
    private final Ordering ordering;
    private final Peek peek;

    private Capabilities(Builder parts) {
        this.features = new EnumMap<>(parts.features);
        this.leases = parts.leases;
        this.settles = parts.settles;
        this.attempts = parts.attempts;
        this.ordering = parts.ordering;
        this.peek = parts.peek;
    }

    /** Who decides how long a delivery belongs to a worker. */
    public enum LeaseScope {
        /** The job, when it is enqueued. */
        JOB,
        /** The worker, when it receives. */
        RECEIVE,
        /** The queue, for all its workers. */
        QUEUE,
        /** The connection: as long as it lives. */
        CONNECTION
    }

    /** What a settlement ends. */
    public enum SettleScope {
        /** The delivery: once a lease has ended, its worker's word is {@link Settled#LOST}. */
        DELIVERY,
        /** The job: a late acknowledgement also ends the next worker's delivery. */
        JOB
    }

    /** How exact {@link Delivery#attempt()} is. */
    public enum AttemptCount {
        /** It counts every attempt, over crashes too. */
        EXACT,
        /** It can be too low or too high by a few. */
        APPROXIMATE,
        /** Always 1. */
        NONE
    }

    /** In which order jobs of one queue and priority come. */
    public enum Ordering {
        /** First in, first out; only jobs that come again are out of line. */
        FIFO,
        /** Nearly as they were enqueued. */
        BEST_EFFORT
    }

    /** How far into a queue people can look, if the broker is {@link Inspectable}. */
    public enum Peek {
        /** At as many jobs as they ask for. */
        ALL,
        /** Only at the next one. */
        NEXT,
        /** Only at how many are ready and how many dead; what is leased or waits is not counted. */
        COUNTS
    }

    /**
     * Begins a description.
     *
     * @return a builder that says: no features, leases by receive, settled by delivery, exact attempts, FIFO, all can be
     *     looked at
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the words of a broker about itself. Not thread-safe. */
    public static final class Builder {
        private final Map<Feature, Support> features = new EnumMap<>(Feature.class);
        private LeaseScope leases = LeaseScope.RECEIVE;
        private SettleScope settles = SettleScope.DELIVERY;
        private AttemptCount attempts = AttemptCount.EXACT;
        private Ordering ordering = Ordering.FIFO;
        private Peek peek = Peek.ALL;

        private Builder() {}

        /**
         * Speaks of a feature.
         *
         * @param feature which
         * @param support how
         * @return this builder
         */
        public Builder feature(Feature feature, Support support) {
            features.put(feature, support);
            return this;
        }

        /**
         * Says who decides on leases.
         *
         * @param scope who
         * @return this builder
         */
        public Builder leases(LeaseScope scope) {
            leases = scope;
            return this;
        }

        /**
         * Says what a settlement ends.
         *
         * @param scope what
         * @return this builder
         */
        public Builder settles(SettleScope scope) {
            settles = scope;
            return this;
        }

        /**
         * Says how exact attempts are counted.
         *
         * @param count how
         * @return this builder
         */
        public Builder attempts(AttemptCount count) {
            attempts = count;
            return this;
        }

        /**
         * Says in which order jobs come.
         *
         * @param order which
         * @return this builder
         */
        public Builder ordering(Ordering order) {
            ordering = order;
            return this;
        }

        /**
         * Says how far people can look into a queue.
         *
         * @param depth how far
         * @return this builder
         */
        public Builder peek(Peek depth) {
            peek = depth;
            return this;
        }

        /**
         * Ends the description.
         *
         * @return the capabilities
         */
        public Capabilities build() {
            return new Capabilities(this);
        }
    }

    /**
     * How the broker does a feature.
     *
     * @param feature which
     * @return native, emulated with its cost, or none
     */
    public Support of(Feature feature) {
        return features.getOrDefault(feature, Support.none(""));
    }

    /**
     * Whether a feature can be had at all.
     *
     * @param feature which
     * @return true if native or emulated
     */
    public boolean has(Feature feature) {
        return of(feature).level() != Support.Level.NONE;
    }

    /**
     * Refuses a job that asks for what this broker cannot do. Every broker calls this for every job before it sends any.
     *
     * @param broker the name of the broker, for the message
     * @param job the job
     * @throws UnsupportedFeatureException naming the first thing that it cannot do
     */
    public void check(String broker, Job job) {
        check(broker, job, Set.of());
    }

    /**
     * Refuses a job that asks for what this broker cannot do. Every broker calls this for every job before it sends any.
     *
     * @param broker the name of the broker, for the message
     * @param job the job
     * @param understood the classes of the options that are this broker's own
     * @throws UnsupportedFeatureException naming the first thing that it cannot do
     */
    public void check(String broker, Job job, Set<Class<? extends BrokerOption>> understood) {
        if (!job.delay().isZero()) {
            check(Feature.DELAY, broker, job);
        }
        if (job.expiry().isPresent()) {
            check(Feature.EXPIRY, broker, job);
        }
        if (job.id().isPresent()) {
            check(Feature.CHOSEN_ID, broker, job);
        }
        if (job.front()) {
            check(Feature.FRONT, broker, job);
        }
        if (job.priority() != Job.DEFAULT_PRIORITY) {
            check(Feature.PRIORITY, broker, job);
        }
        if (!job.headers().isEmpty()) {
            check(Feature.HEADERS, broker, job);
        }
        for (BrokerOption option : job.options()) {
            if (!understood.contains(option.getClass())) {
                throw new UnsupportedFeatureException(
                        broker, "the option " + option + " of broker " + option.broker(), asker(job));
            }
        }
    }

    private void check(Feature feature, String broker, Job job) {
        if (!has(feature)) {
            throw new UnsupportedFeatureException(broker, feature.name(), asker(job));
        }
    }

    private static String asker(Job job) {
        return "a job for queue " + job.queue();
    }

    /**
     * Who decides how long a delivery belongs to a worker.
     *
     * @return the scope of leases
     */
    public LeaseScope leases() {
        return leases;
    }

    /**
     * What a settlement ends.
     *
     * @return the scope of settlements
     */
    public SettleScope settles() {
        return settles;
    }

    /**
     * How exact attempts are counted.
     *
     * @return exact, approximate or none
     */
    public AttemptCount attempts() {
        return attempts;
    }

    /**
     * In which order jobs come.
     *
     * @return first in first out, or nearly
     */
    public Ordering ordering() {
        return ordering;
    }

    /**
     * How far people can look into a queue, and into its dead letters.
     *
     * @return at all jobs, the next one, or none
     */
    public Peek peek() {
        return peek;
    }
}
