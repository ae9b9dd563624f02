// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import dev.millrace.hosting.Host;
import dev.millrace.hosting.Terms;
import dev.millrace.resp.RequestLimits;
import dev.millrace.server.commands.Bytes;
import dev.millrace.server.commands.Settings;
import dev.millrace.server.commands.User;
import dev.millrace.server.listening.LoopSettings;
import dev.millrace.server.relay.Relay;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/* Over 300 lines: a server has many settings, and each is a method with its Javadoc. */
/**
 * How a server is to be. Not thread-safe. Where nothing is said it listens nowhere, asks for no password, takes 1 GiB of
 * jobs and 10,000 clients, and speaks without encryption.
 */
public final class ServerBuilder {
    private static final long DEFAULT_MEMORY = 1L << 30;
    private static final long DEFAULT_CLIENTS = 10_000;
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

    private final Broker broker;
    private final List<InetSocketAddress> tcp = new ArrayList<>();
    private final List<Path> unix = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private String password = "";
    private long maxMemory = DEFAULT_MEMORY;
    private long maxClients = DEFAULT_CLIENTS;
    private Duration idle = Duration.ZERO;
    private Duration patience = DEFAULT_PATIENCE;
    private Terms.RetryClock retryClock = Terms.RetryClock.FROM_QUEUEING;
    private InstantSource clock = Clock.systemUTC();
    private SpokenDialect dialect = SpokenDialect.DISQUE;
    private boolean debug = true;
    private boolean open;
    private @Nullable InetSocketAddress http;
    private @Nullable Path certificate;
    private @Nullable Path key;

    ServerBuilder(Broker broker) {
        this.broker = broker;
    }

    /**
     * Listens on an address; may be said several times.
     *
     * @param host name or address; one that others can reach needs a password, users, or {@link #openToAll}
     * @param port the port, or 0 for any that is free
     * @return this
     */
    public ServerBuilder listen(String host, int port) {
        return listen(new InetSocketAddress(host, port));
    }

    /**
     * Listens on an address; may be said several times.
     *
     * @param address as for {@link #listen(String, int)}
     * @return this
     */
    public ServerBuilder listen(InetSocketAddress address) {
        tcp.add(resolved(address));
        return this;
    }

    private static InetSocketAddress resolved(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the host \"" + address.getHostString() + "\" is not known");
        }
        return address;
    }

    /**
     * Listens on a socket in the file system; may be said several times. Whoever may open the file may connect; it is
     * never encrypted.
     *
     * @param path the file, which is made; a socket that is there is replaced
     * @return this
     */
    public ServerBuilder unix(Path path) {
        unix.add(path);
        return this;
    }

    /**
     * Asks for a password.
     *
     * @param required what clients have to show with AUTH; empty for nothing
     * @return this
     */
    public ServerBuilder password(String required) {
        password = required;
        return this;
    }

    /**
     * Lets a user in who may do some things only: {@code AUTH name password}.
     *
     * @param line {@code user NAME PASSWORD GROUPS QUEUES}, the last two with commas: groups of {@code add}, {@code work},
     *     {@code look}, {@code manage}, {@code admin}, or {@code all}; patterns of queue names with {@code *} and {@code ?}
     * @return this
     * @throws IllegalArgumentException if the line is none; the message says why
     */
    public ServerBuilder user(String line) {
        users.add(UserFile.user(line));
        return this;
    }

    /**
     * Lets the users of a file in: a line for each as in {@link #user}; empty lines and those that begin with # do not
     * count.
     *
     * @param file the file
     * @return this
     * @throws IOException if it cannot be read
     */
    public ServerBuilder users(Path file) throws IOException {
        users.addAll(UserFile.read(file));
        return this;
    }

    /**
     * Lets addresses be listened on that others can reach, without asking for a password.
     *
     * @param yes whether
     * @return this
     */
    public ServerBuilder openToAll(boolean yes) {
        open = yes;
        return this;
    }

    /**
     * Encrypts all TCP connections.
     *
     * @param certificates PEM file with the certificate and those that vouch for it
     * @param privateKey PEM file with the key, PKCS #8 without a password
     * @return this
     */
    public ServerBuilder tls(Path certificates, Path privateKey) {
        certificate = certificates;
        key = privateKey;
        return this;
    }

    /**
     * How much memory jobs may take: above 75 % of it new ones are refused with NOREPL, above 95 % with OOM as Disque does; those
     * that are there stay.
     *
     * @param bytes as the broker counts them; 0 refuses all jobs
     * @return this
     */
    public ServerBuilder maxMemory(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("memory of " + bytes + " bytes; give 0 or more");
        }
        maxMemory = bytes;
        return this;
    }

    /**
     * How much memory jobs may take, as a person writes it.
     *
     * @param amount such as {@code 512mb} or {@code 1gb}
     * @return this
     */
    public ServerBuilder maxMemory(String amount) {
        return maxMemory(Bytes.parse(amount));
    }

    /**
     * How many clients may be connected; more are told so and closed.
     *
     * @param number 1 or more
     * @return this
     */
    public ServerBuilder maxClients(long number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " clients at most; give 1 or more");
        }
        maxClients = number;
        return this;
    }

    /**
     * After how long a client that says nothing and waits for nothing is closed.
     *
     * @param time in whole seconds; zero is never
     * @return this
     */
    public ServerBuilder idleTimeout(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("idle timeout of " + time + "; give zero or more");
        }
        idle = time;
        return this;
    }

    /**
     * From when the time counts in which a job has to be acknowledged.
     *
     * @param from from its queueing, as Disque does, or from its delivery
     * @return this
     */
    public ServerBuilder retryFrom(Terms.RetryClock from) {
        retryClock = from;
        return this;
    }

    /**
     * What the server answers as, on all that it listens on.
     *
     * @param spoken Disque with the commands of okq, if nothing is said, or okq alone
     * @return this
     */
    public ServerBuilder dialect(SpokenDialect spoken) {
        dialect = spoken;
        return this;
    }

    /**
     * Whether the command DEBUG is done, which can delete everything.
     *
     * @param yes true if nothing is said
     * @return this
     */
    public ServerBuilder debugCommands(boolean yes) {
        debug = yes;
        return this;
    }

    /**
     * Answers {@code /health} and {@code /metrics} by HTTP, without asking for a password.
     *
     * @param address where; one that others can reach needs a password for the server, users, or {@link #openToAll}
     * @return this
     */
    public ServerBuilder http(InetSocketAddress address) {
        http = resolved(address);
        return this;
    }

    /**
     * How long closing may take.
     *
     * @param time after that connections are cut; 10 seconds if nothing is said
     * @return this
     */
    public ServerBuilder closeWithin(Duration time) {
        patience = time;
        return this;
    }

    /**
     * Another clock, for tests.
     *
     * @param time tells the time
     * @return this
     */
    public ServerBuilder clock(InstantSource time) {
        clock = time;
        return this;
    }

    /**
     * Opens the sockets.
     *
     * @return the server, which accepts clients
     * @throws IllegalArgumentException if the broker does not find jobs by their id, or what was said does not go together; the
     *     message says what to do
     * @throws IOException if a socket cannot be opened, or a file cannot be read
     */
    public MillraceServer start() throws IOException {
        Host host = broker.facet(Host.class)
                .or(() -> Relay.over(broker, clock))
                .orElseThrow(() -> new IllegalArgumentException("the broker " + broker.name()
                        + " cannot be served, because it does not find a job by its id; use one that can, such as"
                        + " file: or mem:"));
        if (tcp.isEmpty() && unix.isEmpty()) {
            throw new IllegalArgumentException("a server has to listen somewhere: give an address or a path");
        }
        tcp.forEach(this::check);
        Optional.ofNullable(http).ifPresent(this::check);
        Settings settings = new Settings(
                Optional.ofNullable(ServerBuilder.class.getPackage().getImplementationVersion())
                        .orElse("development"),
                password,
                users,
                maxMemory,
                maxClients,
                idle.toSeconds(),
                retryClock,
                debug);
        LoopSettings limits = new LoopSettings(RequestLimits.DEFAULT, maxClients);
        return MillraceServer.start(
                broker,
                host,
                new ServerPlan(tcp, unix, encryption(), http, settings, dialect, limits, patience, clock));
    }

    private void check(InetSocketAddress address) {
        boolean asks = !password.isEmpty() || !users.isEmpty();
        if (!address.getAddress().isLoopbackAddress() && !asks && !open) {
            throw new IllegalArgumentException(
                    "refusing to listen on " + address.getAddress().getHostAddress() + ":" + address.getPort()
                            + ", which others can reach, without a password: set one, or say that it is to be open");
        }
    }

    private @Nullable SslContext encryption() throws IOException {
        Path certificates = certificate;
        Path privateKey = key;
        if (certificates == null || privateKey == null) {
            return null;
        }
        try {
            return SslContextBuilder.forServer(certificates.toFile(), privateKey.toFile())
                    .sslProvider(SslProvider.JDK)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "cannot use the certificate " + certificates + " with the key " + privateKey + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
