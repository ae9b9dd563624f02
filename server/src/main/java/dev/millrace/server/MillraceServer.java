// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import dev.millrace.hosting.Host;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Surroundings;
import dev.millrace.server.disque.Disque;
import dev.millrace.server.listening.Dialect;
import dev.millrace.server.listening.Listening;
import dev.millrace.server.okq.Okq;
import dev.millrace.server.okq.OkqCommands;
import dev.millrace.server.relay.Relay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A server that clients of Disque and of okq speak to. It runs in this process until it is closed, on one thread for all
 * connections; the broker stays the caller's. Thread-safe.
 *
 * <p>Made by {@link #on}: {@code MillraceServer.on(broker).listen("127.0.0.1", 7711).start()}.
 */
public final class MillraceServer implements AutoCloseable {
    /** The port of Disque. */
    public static final int DEFAULT_PORT = 7711;

    /** The port of okq. */
    public static final int OKQ_PORT = 4777;

    private static final System.Logger LOG = System.getLogger(MillraceServer.class.getName());

    private final Broker broker;
    private final Host host;
    private final Listening listening;
    private final Duration patience;
    private final ExecutorService elsewhere = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private final ServerPlan plan;
    private @Nullable InetSocketAddress address;
    private @Nullable StatusPages pages;
    private @Nullable Node node;

    private MillraceServer(Broker broker, Host host, ServerPlan plan) {
        this.broker = broker;
        this.host = host;
        this.plan = plan;
        this.patience = plan.patience();
        Surroundings around = new Surroundings(plan.clock(), elsewhere, this::port, this::closeElsewhere);
        listening = new Listening(host, plan.clock(), plan.limits(), loop -> {
            Node made = new Node(broker, host, loop, plan.settings(), around);
            node = made;
            return dialect(plan.dialect(), made);
        });
    }

    private static Dialect dialect(SpokenDialect wanted, Node node) {
        if (wanted == SpokenDialect.OKQ) {
            return new Okq(node);
        }
        Disque disque = new Disque(node);
        new OkqCommands().addTo(disque.commands());
        return disque;
    }

    /**
     * A server on a broker.
     *
     * @param broker what holds the jobs; it must be open as long as the server is
     * @return a builder
     */
    public static ServerBuilder on(Broker broker) {
        return new ServerBuilder(broker);
    }

    static MillraceServer start(Broker broker, Host host, ServerPlan plan) throws IOException {
        MillraceServer server = new MillraceServer(broker, host, plan);
        try {
            server.open();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void open() throws IOException {
        for (Path path : plan.unix()) {
            listening.unix(path);
            LOG.log(System.Logger.Level.INFO, "listening on {0} for {1}", path, broker.name());
        }
        for (InetSocketAddress wanted : plan.tcp()) {
            InetSocketAddress bound = listening.tcp(wanted, plan.tls());
            address = address == null ? bound : address;
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "listening on " + shown(bound) + (plan.tls() == null ? "" : " (TLS)") + " for "
                            + broker.name());
        }
        InetSocketAddress http = plan.http();
        Node served = node;
        if (http != null && served != null) {
            pages = new StatusPages(http, broker, served);
            LOG.log(System.Logger.Level.INFO, () -> "health and metrics on " + pages());
        }
    }

    private static String shown(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private String pages() {
        return pages == null ? "nowhere" : shown(pages.address());
    }

    private int port() {
        return address == null ? 0 : address.getPort();
    }

    /**
     * Where clients reach it.
     *
     * @return the first address that it listens on, with the port that was found for port 0; empty if it has only
     *     sockets in the file system
     */
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(address);
    }

    /**
     * Where health and metrics are.
     *
     * @return the address, or empty if they are nowhere
     */
    public Optional<InetSocketAddress> httpAddress() {
        return Optional.ofNullable(pages).map(StatusPages::address);
    }

    /**
     * Waits until the server is closed: by {@link #close} or by a client that says SHUTDOWN.
     *
     * @throws InterruptedException if the thread is interrupted; the server goes on
     */
    public void awaitClosed() throws InterruptedException {
        try {
            closed.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void closeElsewhere() {
        Thread.ofVirtual().name("millrace-server-shutdown").start(this::close);
    }

    /**
     * Lets nobody in any more, answers those who wait with nothing, does what was heard, and closes all connections;
     * after the time that the builder was given connections are cut. Closing twice is allowed, and waits for the first.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            closed.join();
            return;
        }
        try {
            if (pages != null) {
                pages.close();
            }
            listening.close(patience);
            if (host instanceof Relay relay) {
                relay.close();
            }
            elsewhere.shutdown();
            LOG.log(System.Logger.Level.INFO, "stopped serving {0}", broker.name());
        } finally {
            closed.complete(null);
        }
    }
}
