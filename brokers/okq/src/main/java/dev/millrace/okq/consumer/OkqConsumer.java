// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import dev.millrace.job.Guarantee;
import dev.millrace.okq.OkqOptions;
import dev.millrace.okq.broker.OkqBroker;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has the events of some queues handled by a callback, until it is closed. It reconnects and registers again when the server
 * was away. A {@link Worker} on the broker of okq does the work. Thread-safe.
 */
public final class OkqConsumer implements AutoCloseable {
    private final OkqBroker broker;
    private final Worker worker;

    private OkqConsumer(OkqBroker broker, Worker worker) {
        this.broker = broker;
        this.worker = worker;
    }

    /**
     * Begins a consumer.
     *
     * @param server {@code host} or {@code host:port}
     * @return a builder: leases of 30 seconds, one callback at a time for each queue
     */
    public static Builder on(String server) {
        return new Builder(server);
    }

    /** Collects what a consumer is to do. Not thread-safe. */
    public static final class Builder {
        private static final int LEASE_PARTS = 21;
        private static final Duration WITHOUT_LEASE = Duration.ofDays(36_500);

        private final String server;
        private final Set<String> queues = new LinkedHashSet<>();
        private OkqOptions options = OkqOptions.defaults();
        private Duration lease = Duration.ofSeconds(30);
        private int concurrency = 1;
        private Consumer<Trouble> trouble = what -> {};

        private Builder(String server) {
            this.server = server;
        }

        /**
         * Chooses how to talk to the server.
         *
         * @param chosen the options
         * @return this builder
         */
        public Builder options(OkqOptions chosen) {
            options = chosen;
            return this;
        }

        /**
         * From which queues.
         *
         * @param names one or more; text without control characters
         * @return this builder
         */
        public Builder queues(String... names) {
            queues.addAll(List.of(names));
            return this;
        }

        /**
         * How long a consumer has an event for itself; shortly before that is over, by a twentieth, the callback is interrupted.
         *
         * @param length more than zero; the server gets whole seconds, rounded up
         * @return this builder
         */
        public Builder lease(Duration length) {
            if (length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException(
                        "lease " + length + " is out of range; give more than zero, or atMostOnce()");
            }
            lease = length;
            return this;
        }

        /**
         * Takes events for good before the callback sees them: none comes twice, and one is lost if this process dies, or
         * if its callback says false.
         *
         * @return this builder
         */
        public Builder atMostOnce() {
            lease = Duration.ZERO;
            return this;
        }

        /**
         * How many callbacks run at once for each queue.
         *
         * @param callbacks 1 to {@value Worker#MAX_CONCURRENCY}
         * @return this builder
         */
        public Builder concurrency(int callbacks) {
            concurrency = callbacks;
            return this;
        }

        /**
         * Who is told what goes wrong, on any thread.
         *
         * @param listener is told; must be thread-safe and quick
         * @return this builder
         */
        public Builder onTrouble(Consumer<Trouble> listener) {
            trouble = listener;
            return this;
        }

        /**
         * Begins to consume.
         *
         * @param callback who handles the events
         * @return the consumer, to be closed
         * @throws IllegalArgumentException if there is no queue, or a number is out of range
         * @throws dev.millrace.broker.BrokerException if no server is there
         */
        public OkqConsumer start(Callback callback) {
            OkqBroker broker =
                    OkqBroker.builder().server(server).options(options).asItIs().open();
            try {
                return new OkqConsumer(broker, worker(broker, callback).start());
            } catch (RuntimeException e) {
                broker.close();
                throw e;
            }
        }

        /** A little less than the lease, so that what is over can still be given back. */
        private Duration limit() {
            return lease.multipliedBy(LEASE_PARTS - 1).dividedBy(LEASE_PARTS);
        }

        private Worker.Builder worker(OkqBroker broker, Callback callback) {
            boolean leased = !lease.isZero();
            Work work = new Work(callback, leased);
            Worker.Builder worker = Worker.on(broker)
                    .name("okq-consumer")
                    .observer(new Troubles(trouble))
                    .retry(RetryPolicy.fixed(Duration.ZERO));
            worker = leased ? worker.lease(lease).timeLimit(limit()) : worker.timeLimit(WITHOUT_LEASE);
            for (String queue : queues) {
                worker.queue(queue, concurrency, leased ? Guarantee.AT_LEAST_ONCE : Guarantee.AT_MOST_ONCE)
                        .decide(queue, work);
            }
            return worker;
        }
    }

    /** Stops: no more events, and callbacks that run may end within 10 seconds. May be called again. */
    @Override
    public void close() {
        close(Worker.CLOSE_PATIENCE);
    }

    /**
     * Stops: no more events; callbacks that run longer than the patience are interrupted, and their events given back.
     *
     * @param patience how long callbacks may still take; zero interrupts at once
     */
    public void close(Duration patience) {
        worker.drain(patience);
        broker.close();
    }
}
