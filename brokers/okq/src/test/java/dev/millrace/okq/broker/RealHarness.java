// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Broker;
import dev.millrace.okq.RealOkq;
import dev.millrace.testkit.conformance.RealTimeHarness;
import dev.millrace.testkit.conformance.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts {@code okq:} through the contract, against a real okq on a Redis that keeps everything, by the real clock. */
final class RealHarness extends RealTimeHarness {
    private final Path binary;
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

    private RealOkq running() {
        return Objects.requireNonNull(server, "nothing is open");
    }

    @Override
    protected void restartServer() {
        running().stop();
        running().restart();
    }

    @Override
    protected void crashServer() {
        running().kill();
        running().restart();
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
        super.close();
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
