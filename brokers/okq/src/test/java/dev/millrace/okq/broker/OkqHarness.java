// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Broker;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.embedded.EmbeddedBrokerBuilder.SyncMode;
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
 * Puts {@code okq:} through the contract, against our server in this process on a folder: with real sockets, and a clock that
 * the test turns.
 */
final class OkqHarness extends ManualTimeHarness {
    private static final int SMALL_SEGMENTS = 256 << 10;

    private final CrashFolder folder = CrashFolder.named("millrace-okq");
    private @Nullable EmbeddedBroker store;
    private @Nullable MillraceServer server;

    @Override
    public String name() {
        return "okq:";
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
        return OkqBroker.builder().server("127.0.0.1:" + port()).clock(clock).open();
    }

    private void serve(InstantSource clock, int port) {
        try {
            EmbeddedBroker opened = EmbeddedBroker.builder()
                    .directory(folder.path())
                    .segmentBytes(SMALL_SEGMENTS)
                    .sync(SyncMode.NEVER)
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

    int port() {
        return Objects.requireNonNull(server).address().orElseThrow().getPort();
    }

    /** Another broker on the same server, by the clock that the test turns. */
    Broker connect(String address) {
        return OkqBroker.builder().server(address).clock(time()).open();
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
        abandon(server, store);
    }

    /** What is killed answers nobody any more, and what it wrote meanwhile is not there afterwards. */
    @Override
    public Optional<ServerControl> server() {
        int port = port();
        return Optional.of(new ServerControl(
                () -> {
                    folder.crash();
                    Objects.requireNonNull(server).close();
                    Objects.requireNonNull(store).close();
                },
                () -> serve(InstantSource.system(), port)));
    }

    /** How many queues it must bear: each has connections of its own here. */
    @Override
    public int manyQueues() {
        return 1_000;
    }

    /** What the log holds: everything that is pushed, popped or acknowledged is written there. */
    @Override
    public Object trace(Broker broker) {
        return folder.checksum();
    }

    private void stop() {
        abandon(server, store);
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
