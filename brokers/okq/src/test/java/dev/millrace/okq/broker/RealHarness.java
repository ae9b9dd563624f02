// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Broker;
import dev.millrace.okq.RealOkq;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Puts {@code okq:} through the contract, against a real okq on a Redis that keeps everything, by the real clock. */
final class RealHarness implements BrokerHarness {
    private final Path binary;
    private final List<Broker> abandoned = new ArrayList<>();
    private @Nullable RealOkq server;

    RealHarness(Path binary) {
        this.binary = binary;
    }

    @Override
    public String name() {
        return "okq:";
    }

    @Override
    public Broker open() {
        if (server == null) {
            server = RealOkq.start(binary);
        }
        return OkqBroker.builder().server(server.address()).open();
    }

    /** Whole seconds are what it knows, and it looks for leases that have ended every ten; nobody is woken then. */
    @Override
    public Timing timing() {
        return new Timing(Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    @Override
    public void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        WaitFor.within(time.plusMillis(1), () -> System.nanoTime() >= end);
    }

    @Override
    public boolean durable() {
        return true;
    }

    private RealOkq running() {
        return Objects.requireNonNull(server, "nothing is open");
    }

    @Override
    public Broker reopen(Broker broker) {
        broker.close();
        running().stop();
        running().restart();
        return open();
    }

    @Override
    public Broker crash(Broker broker) {
        abandoned.add(broker);
        running().kill();
        running().restart();
        return open();
    }

    @Override
    public OptionalInt largestPayload() {
        return OptionalInt.empty();
    }

    /** How many queues it must bear: each has connections of its own here. */
    @Override
    public int manyQueues() {
        return 1_000;
    }

    /** It looks at the fifty oldest every time. */
    @Override
    public int manyLeases() {
        return 50;
    }

    /** How often something was pushed, popped or acknowledged. */
    @Override
    public Object trace(Broker broker) {
        return running().written();
    }

    @Override
    public void close() {
        abandoned.forEach(Broker::close);
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
