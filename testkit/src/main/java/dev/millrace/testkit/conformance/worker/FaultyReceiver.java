// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The receiver of a {@link FaultyBroker}. */
class FaultyReceiver implements Receiver {
    private final FaultyBroker broker;
    private final Receiver real;

    private FaultyReceiver(FaultyBroker broker, Receiver real) {
        this.broker = broker;
        this.real = real;
    }

    static Receiver on(FaultyBroker broker, Receiver real) {
        return real instanceof LeaseExtending able && !broker.hidesExtending
                ? new Extending(broker, real, able)
                : new FaultyReceiver(broker, real);
    }

    private static final class Extending extends FaultyReceiver implements LeaseExtending {
        private final FaultyBroker broker;
        private final LeaseExtending able;

        Extending(FaultyBroker broker, Receiver real, LeaseExtending able) {
            super(broker, real);
            this.broker = broker;
            this.able = able;
        }

        @Override
        public Optional<Instant> extend(Delivery delivery, Duration lease) {
            fail(broker.extending);
            return broker.losesLeases ? Optional.empty() : able.extend(delivery, lease);
        }
    }

    @Override
    public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
        broker.receives.incrementAndGet();
        fail(broker.receiving);
        pass(broker.receiveGate);
        // In slices, so that a fault set meanwhile is met by a receiver that waits, as a lost connection is.
        long slices = Math.max(1, patience.toMillis() / 20);
        for (long i = 0; i < slices; i++) {
            List<Delivery> deliveries = real.receive(max, patience.dividedBy(slices));
            if (!deliveries.isEmpty()) {
                return deliveries;
            }
            fail(broker.receiving);
        }
        return List.of();
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements) {
        broker.settlements.addAll(settlements);
        fail(broker.settling);
        pass(broker.settleGate);
        Predicate<Settlement> poison = broker.poison;
        if (poison != null && settlements.stream().anyMatch(poison)) {
            throw new IllegalArgumentException("poisoned");
        }
        List<Settled> answers = real.settle(settlements);
        fail(broker.answering);
        return answers;
    }

    @Override
    public void close() {
        broker.closed.incrementAndGet();
        real.close();
    }

    static void fail(@Nullable Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        if (fault instanceof RuntimeException error) {
            throw error;
        }
    }

    /** Waits, deaf to interrupts, until the gate is open. */
    private static void pass(@Nullable CountDownLatch gate) {
        boolean interrupted = false;
        while (gate != null && gate.getCount() > 0) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
