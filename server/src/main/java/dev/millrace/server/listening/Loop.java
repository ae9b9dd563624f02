// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.hosting.Host;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.resp.RequestLimits;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one thread that serves all connections, and what they share. */
public final class Loop {
    /** No timer is set for longer; nobody will notice. */
    static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(3650);

    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    private static final int FIRST_WRITER = 1 << 16;

    private final EventLoop thread;
    private final InstantSource clock;
    private final RequestLimits limits;
    private final Turn turn;
    private final Clients clients;
    private final Traffic traffic = new Traffic();
    private final ReplyWriter writer = new ReplyWriter(FIRST_WRITER);
    private final Dialect dialect;
    private boolean draining;

    /**
     * A loop.
     *
     * @param thread runs it
     * @param host who is asked
     * @param clock the time
     * @param settings limits
     * @param dialect makes the protocol, given this loop
     */
    Loop(EventLoop thread, Host host, InstantSource clock, LoopSettings settings, Function<Loop, Dialect> dialect) {
        this.thread = thread;
        this.clock = clock;
        this.limits = settings.requests();
        this.turn = new Turn(host, thread);
        this.clients = new Clients(settings.mostClients());
        this.dialect = dialect.apply(this);
    }

    void admit(Channel channel) {
        if (clients.full() || draining) {
            traffic.refused();
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "refused " + text(channel.remoteAddress()) + ": " + clients.size()
                            + " clients are connected, the limit is " + clients.limit());
            channel.writeAndFlush(Unpooled.wrappedBuffer(dialect.oneTooMany()))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        traffic.accepted();
        Connection connection = new Connection(this, clients.nextId(), channel);
        clients.came(connection);
        channel.pipeline().addLast(connection);
    }

    static String text(@Nullable SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet ->
                inet.getAddress() == null ? inet.toString() : inet.getAddress().getHostAddress() + ":" + inet.getPort();
            case DomainSocketAddress unix -> unix.path() + ":0";
            case UnixDomainSocketAddress unix -> unix.getPath() + ":0";
            case null -> "?:0";
            default -> address.toString();
        };
    }

    /**
     * Begins nothing for a while.
     *
     * @param millis how long
     */
    public void pause(long millis) {
        turn.pause(Math.min(millis, LONGEST_MILLIS));
    }

    /** Ends the waiting of all that wait: their clients are sent elsewhere. */
    public void release() {
        clients.all().forEach(connection -> connection.conversation().release());
    }

    /** Ends all connections: what was heard is done, who waits gets nothing. */
    void drain() {
        draining = true;
        turn.end();
        clients.all().forEach(Connection::drain);
    }

    /**
     * Runs something on the loop.
     *
     * @param task what
     */
    public void execute(Runnable task) {
        thread.execute(task);
    }

    /**
     * Runs something on the loop, later.
     *
     * @param task what
     * @param millis when
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Netty logs what a task throws; nobody waits for it.
    public void schedule(Runnable task, long millis) {
        thread.schedule(task, Math.min(millis, LONGEST_MILLIS), TimeUnit.MILLISECONDS);
    }

    /** The same, for those who may think better of it. */
    ScheduledFuture<?> after(Runnable task, long millis) {
        return thread.schedule(task, Math.min(millis, LONGEST_MILLIS), TimeUnit.MILLISECONDS);
    }

    /**
     * Who is connected.
     *
     * @return the clients
     */
    public Clients clients() {
        return clients;
    }

    /**
     * How many wait.
     *
     * @return clients that something holds back
     */
    public int blocked() {
        return turn.waiting();
    }

    /**
     * How much goes in and out.
     *
     * @return the counters
     */
    public Traffic traffic() {
        return traffic;
    }

    boolean draining() {
        return draining;
    }

    Turn turn() {
        return turn;
    }

    Dialect dialect() {
        return dialect;
    }

    InstantSource clock() {
        return clock;
    }

    RequestLimits limits() {
        return limits;
    }

    ReplyWriter writer() {
        return writer;
    }
}
