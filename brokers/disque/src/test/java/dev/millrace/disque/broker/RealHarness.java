// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Broker;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.RealDisque;
import dev.millrace.testkit.conformance.RealTimeHarness;
import dev.millrace.testkit.conformance.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code disque:} through the contract, against the real server and by the real clock. It keeps its jobs in a log that it
 * syncs before it answers, and queues them again when it reads that.
 */
final class RealHarness extends RealTimeHarness {
    private static final List<String> KEEPING =
            List.of("--appendonly", "yes", "--appendfsync", "always", "--aof-enqueue-jobs-once", "yes");

    private final RealDisque server;
    private RealDisque.@Nullable RealNode node;
    private @Nullable DisqueClient control;
    private int looks;

    RealHarness(RealDisque server) {
        this.server = server;
    }

    @Override
    public String name() {
        return "disque:";
    }

    @Override
    public Broker open() {
        if (node == null) {
            node = server.start(KEEPING);
        }
        control = DisqueClient.connect(node.address(), DisqueOptions.defaults());
        looks = 0;
        return DisqueBroker.builder().node(node.address()).open();
    }

    /** Whole seconds are what it knows. */
    @Override
    public Timing timing() {
        return Timing.real(Duration.ofSeconds(4));
    }

    /** They are in memory only. */
    @Override
    public boolean keepsPauses() {
        return false;
    }

    /** When it reads its log, a job that is not in a queue comes after its delay and its retry time. */
    @Override
    public boolean keepsDelays() {
        return false;
    }

    /** It counts lives in whole seconds, and adds one. */
    @Override
    public Duration lateExpiry() {
        return Duration.ofSeconds(2);
    }

    private RealDisque.RealNode running() {
        return Objects.requireNonNull(node, "nothing is open");
    }

    @Override
    protected void restartServer() {
        forget();
        running().stop();
        running().restart();
    }

    @Override
    protected void crashServer() {
        forget();
        running().kill();
        running().restart();
    }

    /** How many queues it must bear: each costs a few round trips here. */
    @Override
    public int manyQueues() {
        return 1_000;
    }

    /** What the server was asked, these looks left out. */
    @Override
    public Object trace(Broker broker) {
        looks++;
        return Long.parseLong(Objects.requireNonNull(control).info("stats").get("total_commands_processed")) - looks;
    }

    private void forget() {
        if (control != null) {
            control.close();
            control = null;
        }
    }

    @Override
    public void close() {
        super.close();
        forget();
        if (node != null) {
            node.close();
            node = null;
        }
    }
}
