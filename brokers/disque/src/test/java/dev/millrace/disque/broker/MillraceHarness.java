// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Broker;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.NodeAddress;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.hosting.Host;
import dev.millrace.server.MillraceServer;
import dev.millrace.testkit.CrashFolder;
import dev.millrace.testkit.conformance.ManualTimeHarness;
import dev.millrace.testkit.conformance.ServerControl;
import dev.millrace.testkit.conformance.Timing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code disque:} through the contract, against our server in this process on a folder: with real sockets, and a
 * clock that the test turns.
 */
final class MillraceHarness extends ManualTimeHarness {
    private static final int SMALL_SEGMENTS = 256 << 10;

    private final boolean plain;
    private final CrashFolder folder = CrashFolder.named("millrace-disque");
    private int looks;
    private @Nullable EmbeddedBroker store;
    private @Nullable MillraceServer server;
    private @Nullable DisqueClient control;

    /** @param plain whether the server's own words are hidden, as on Disque itself */
    MillraceHarness(boolean plain) {
        this.plain = plain;
    }

    @Override
    public String name() {
        return plain ? "disque:" : "disque: (Millrace)";
    }

    @Override
    public Broker open() {
        return open(time());
    }

    @Override
    public Broker openOnSystemTime() {
        return open(InstantSource.system());
    }

    private Broker open(InstantSource clock) {
        serve(clock, 0);
        control = DisqueClient.connect(node(), dev.millrace.disque.DisqueOptions.defaults());
        looks = 0;
        return connect(node(), clock);
    }

    private void serve(InstantSource clock, int port) {
        try {
            EmbeddedBroker opened = EmbeddedBroker.builder()
                    .directory(folder.path())
                    .segmentBytes(SMALL_SEGMENTS)
                    .sync(dev.millrace.embedded.EmbeddedBrokerBuilder.SyncMode.NEVER)
                    .clock(clock)
                    .open();
            store = opened;
            server = MillraceServer.on(opened)
                    .listen("127.0.0.1", port)
                    .clock(clock)
                    .closeWithin(Duration.ofSeconds(2))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The time of the test. */
    InstantSource clock() {
        return time();
    }

    /** Where the server listens. */
    NodeAddress node() {
        MillraceServer running = Objects.requireNonNull(server, "nothing is open");
        return new NodeAddress("127.0.0.1", running.address().orElseThrow().getPort());
    }

    /** Another broker on the time of the test. */
    Broker connect(NodeAddress node) {
        return connect(node, time());
    }

    private Broker connect(NodeAddress node, InstantSource clock) {
        DisqueBrokerBuilder builder = DisqueBroker.builder().node(node).clock(clock);
        return (plain ? builder.plain() : builder).open();
    }

    @Override
    public Timing timing() {
        return new Timing(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ZERO);
    }

    @Override
    public void pass(Duration length) {
        super.pass(length);
        if (store != null) {
            store.facet(Host.class).orElseThrow().run(List.of());
        }
    }

    @Override
    protected void restartServer() {
        stop();
    }

    @Override
    protected void crashServer() {
        folder.crash();
        abandon(control, server, store);
    }

    /** What is killed answers nobody any more, and what it wrote meanwhile is not there afterwards. */
    @Override
    public Optional<ServerControl> server() {
        int port = node().port();
        return Optional.of(new ServerControl(
                () -> {
                    folder.crash();
                    Objects.requireNonNull(server).close();
                    Objects.requireNonNull(store).close();
                },
                () -> serve(InstantSource.system(), port)));
    }

    /** How many queues it must bear: each costs a few round trips here. */
    @Override
    public int manyQueues() {
        return 1_000;
    }

    /** What the server was asked, these looks left out. */
    @Override
    public Object trace(Broker broker) {
        DisqueClient asked = control;
        if (asked == null) {
            return 0;
        }
        looks++;
        return Long.parseLong(asked.info("stats").getOrDefault("total_commands_processed", "0")) - looks;
    }

    private void stop() {
        abandon(control, server, store);
        control = null;
        server = null;
        store = null;
        closeAbandoned();
    }

    @Override
    public void close() {
        stop();
        folder.close();
    }
}
