// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.store;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.embedded.EmbeddedBrokerBuilder.SyncMode;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The embedded broker. A job ends as jobs do: it is received and acknowledged, which is more than the yardsticks do, since
 * they delete what they know the key of.
 */
public final class MillraceStore implements JobStore {
    /** The queue of all jobs. */
    public static final String QUEUE = "jobs";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Broker broker;
    private final Payload payload;

    private MillraceStore(Broker broker, int bytes) {
        this.broker = broker;
        this.payload = payload(bytes);
    }

    /** Opens one in a folder, for jobs of a size. */
    public static MillraceStore in(Path folder, SyncMode sync, int bytes) {
        return new MillraceStore(
                EmbeddedBroker.builder().directory(folder).sync(sync).open(), bytes);
    }

    /** Around a broker that is open; {@link #close} closes it. */
    public static MillraceStore around(Broker broker, int bytes) {
        return new MillraceStore(broker, bytes);
    }

    private static Payload payload(int bytes) {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) 'x');
        return Payload.wrap(content);
    }

    @Override
    public String name() {
        return "millrace";
    }

    /** The broker itself. */
    public Broker broker() {
        return broker;
    }

    @Override
    public BrokerLane lane() {
        return new BrokerLane(broker, payload);
    }

    @Override
    public long size() {
        Inspectable inspectable = broker.facet(Inspectable.class).orElseThrow();
        return inspectable.queues().stream()
                .mapToLong(MillraceStore::unfinished)
                .sum();
    }

    private static long unfinished(QueueStatus queue) {
        return queue.ready().orElse(0)
                + queue.waiting().orElse(0)
                + queue.leased().orElse(0);
    }

    @Override
    public void close() {
        broker.close();
    }

    /** One thread at work on a broker. */
    public static final class BrokerLane implements Lane {
        private final Broker broker;
        private final Payload payload;
        private final Receiver receiver;

        private BrokerLane(Broker broker, Payload payload) {
            this.broker = broker;
            this.payload = payload;
            this.receiver = broker.receiver(Subscription.to(QUEUE, Integer.MAX_VALUE, Duration.ofMinutes(10)));
        }

        @Override
        public void enqueue(int jobs) {
            List<Job> batch = new ArrayList<>(jobs);
            for (int i = 0; i < jobs; i++) {
                batch.add(Job.of(QUEUE, payload));
            }
            for (EnqueueResult result : broker.send(batch)) {
                if (!(result instanceof EnqueueResult.Stored)) {
                    throw new IllegalStateException("a job was not stored: " + result);
                }
            }
        }

        @Override
        public void finish(int jobs) throws InterruptedException {
            int left = jobs;
            while (left > 0) {
                int ended = finishSome(left, PATIENCE);
                if (ended == 0) {
                    throw new IllegalStateException("nothing came within " + PATIENCE);
                }
                left -= ended;
            }
        }

        /** Receives up to so many jobs as soon as there is one, ends them, and returns how many there were. */
        public int finishSome(int most, Duration patience) throws InterruptedException {
            List<Delivery> deliveries = receiver.receive(most, patience);
            if (!deliveries.isEmpty()) {
                acknowledge(deliveries);
            }
            return deliveries.size();
        }

        private void acknowledge(List<Delivery> deliveries) {
            List<Settlement> acks = new ArrayList<>(deliveries.size());
            for (Delivery delivery : deliveries) {
                acks.add(new Settlement.Ack(delivery));
            }
            for (Settled answer : receiver.settle(acks)) {
                if (answer != Settled.CONFIRMED) {
                    throw new IllegalStateException("an acknowledgement was answered " + answer);
                }
            }
        }

        @Override
        public void close() {
            receiver.close();
        }
    }
}
