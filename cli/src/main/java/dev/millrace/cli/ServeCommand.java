// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Broker;
import dev.millrace.cli.exec.Signals;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.hosting.Host;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.server.MillraceServer;
import dev.millrace.server.ServerBuilder;
import dev.millrace.server.SpokenDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace serve}. */
@Command(
        name = "serve",
        sortOptions = false,
        description = "Serve clients of Disque and of okq, in any language, from a broker.",
        footer = {
            "%nPrints a line when it is ready, and runs until Ctrl-C, SIGTERM or a client's SHUTDOWN; then it answers what"
                    + " it has heard. A second signal ends it at once. The password may also stand in"
                    + " MILLRACE_REQUIREPASS.",
            "%nExample:",
            "  millrace serve --broker file:./jobs --listen 127.0.0.1:7711"
        })
final class ServeCommand implements Callable<Integer> {
    /** The variable that has the password where no file has it. */
    static final String PASSWORD_VARIABLE = "MILLRACE_REQUIREPASS";

    private static final int BY_SIGNAL = 128;
    private static final long LOOK_SECONDS = 1;

    private final Root root;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Where to listen; 127.0.0.1:7711 if nothing is said, 127.0.0.1:4777 for okq. May be repeated.")
    List<String> addresses = new ArrayList<>();

    @Option(
            names = "--dialect",
            paramLabel = "WHICH",
            defaultValue = "disque",
            description = "What to answer as: disque, with the commands of okq beside its own, or okq, which knows no"
                    + " others; disque if nothing is said.")
    SpokenDialect dialect = SpokenDialect.DISQUE;

    @Option(names = "--unix", paramLabel = "PATH", description = "Listen on a socket in the file system too.")
    List<Path> paths = new ArrayList<>();

    @Option(names = "--requirepass-file", paramLabel = "FILE", description = "Ask for the password in this file.")
    @Nullable
    Path passwordFile;

    @Option(names = "--users", paramLabel = "FILE", description = "Let the users of this file in, see docs/server.md.")
    @Nullable
    Path usersFile;

    @Option(names = "--open", description = "Listen where others can reach it without asking for a password.")
    boolean open;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Encrypt with this certificate (PEM).")
    @Nullable
    Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of the certificate (PEM, PKCS #8).")
    @Nullable
    Path key;

    @Option(
            names = "--maxmemory",
            paramLabel = "SIZE",
            defaultValue = "1gb",
            description = "Memory for jobs, which are refused above 75 %% of it; 1gb if nothing is said.")
    String maxMemory = "1gb";

    @Option(
            names = "--maxclients",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many clients at once; 10000 if nothing is said.")
    int maxClients = 10_000;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "Close clients that are silent for so long; 0s, never, if nothing is said.")
    Duration idle = Duration.ZERO;

    @Option(
            names = "--retry-from",
            paramLabel = "WHEN",
            defaultValue = "queueing",
            description = "From when the time to acknowledge counts: queueing, as in Disque, or delivery.")
    RetryFrom retryFrom = RetryFrom.QUEUEING;

    @Option(names = "--http", paramLabel = "HOST:PORT", description = "Answer /health and /metrics there.")
    @Nullable
    String http;

    @Option(names = "--no-debug", description = "Refuse the command DEBUG, which can delete everything.")
    boolean noDebug;

    @Option(
            names = "--stop-within",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long stopping may take; 10s if nothing is said.")
    Duration patience = Duration.ofSeconds(10);

    /** From when the time to acknowledge counts. */
    enum RetryFrom {
        QUEUEING(RetryClock.FROM_QUEUEING),
        DELIVERY(RetryClock.FROM_DELIVERY);

        private final RetryClock clock;

        RetryFrom(RetryClock clock) {
            this.clock = clock;
        }

        /** In lower case, as it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ServeCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Broker broker = root.open()) {
            ServerBuilder builder = MillraceServer.on(broker)
                    .password(password())
                    .openToAll(open)
                    .maxMemory(maxMemory)
                    .maxClients(maxClients)
                    .idleTimeout(idle)
                    .retryFrom(retryFrom.clock)
                    .debugCommands(!noDebug)
                    .dialect(dialect)
                    .closeWithin(patience);
            where(builder);
            try (Sharing sharing =
                            Sharing.of(broker, door -> door.maxMemory(maxMemory).retryFrom(retryFrom.clock));
                    MillraceServer server = builder.start();
                    ExecutorService memory = Leftovers.watch(() -> used(broker));
                    ExecutorService health = endWithBroker(broker, server);
                    Signals signals = Signals.listen(stopping(server))) {
                ready(server);
                server.awaitClosed();
            }
            failure(broker).ifPresent(why -> {
                throw why;
            });
        }
        return ExitCode.DONE;
    }

    /** A broker that has failed is opened again only if this process ends, which says so. */
    @SuppressWarnings("FutureReturnValueIgnored") // It looks until it is closed, and nobody waits for that.
    private static ExecutorService endWithBroker(Broker broker, MillraceServer server) {
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("millrace-health").factory());
        looks.scheduleWithFixedDelay(
                () -> failure(broker).ifPresent(why -> Thread.ofVirtual().start(server::close)),
                LOOK_SECONDS,
                LOOK_SECONDS,
                TimeUnit.SECONDS);
        return looks;
    }

    private static Optional<RuntimeException> failure(Broker broker) {
        return broker.facet(Host.class).flatMap(Host::failure);
    }

    private static long used(Broker broker) {
        return broker.facet(Host.class).map(host -> host.usage().memoryBytes()).orElse(0L);
    }

    private void where(ServerBuilder builder) throws IOException {
        if (addresses.isEmpty() && paths.isEmpty()) {
            int port = dialect == SpokenDialect.OKQ ? MillraceServer.OKQ_PORT : MillraceServer.DEFAULT_PORT;
            addresses.add("127.0.0.1:" + port);
        }
        addresses.forEach(text -> builder.listen(HostAndPort.parse(text)));
        paths.forEach(builder::unix);
        if (http != null) {
            builder.http(HostAndPort.parse(http));
        }
        if (usersFile != null) {
            builder.users(usersFile);
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--tls-cert and --tls-key belong together; give both");
        }
        if (certificate != null && key != null) {
            builder.tls(certificate, key);
        }
    }

    private String password() throws IOException {
        if (passwordFile == null) {
            return root.variable(PASSWORD_VARIABLE);
        }
        String password = Files.readString(passwordFile).strip();
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the file " + passwordFile
                    + " has no password; write one into it, or leave --requirepass-file out to ask for none");
        }
        return password;
    }

    private static IntConsumer stopping(MillraceServer server) {
        AtomicBoolean before = new AtomicBoolean();
        return number -> {
            if (before.getAndSet(true)) {
                Runtime.getRuntime().halt(BY_SIGNAL + number);
            }
            Thread.ofVirtual().start(server::close);
        };
    }

    private void ready(MillraceServer server) {
        String address = server.address()
                .map(HostAndPort::text)
                .orElseGet(() -> paths.getFirst().toString());
        String pages = server.httpAddress().map(HostAndPort::text).orElse(null);
        if (root.json()) {
            root.print(new JsonLine()
                    .put("ready", address)
                    .put("http", pages)
                    .put("pid", ProcessHandle.current().pid())
                    .toString());
        } else {
            root.print("millrace: ready on " + address + (pages == null ? "" : ", http on " + pages));
        }
        root.streams().out().flush();
    }
}
