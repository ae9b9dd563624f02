// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import dev.millrace.resp.client.Protocol.Loss;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * Each command has one for itself while it runs, so commands that wait at the server hold nobody up; that these use up all
 * places is prevented by places of their own.
 *
 * Over 300 lines: lending, opening and ending share the set of all connections, and much of it is Javadoc for the
 * clients.
 */
/** The connections to one server. Thread-safe. */
public final class Connections implements AutoCloseable {
    /** The watchdog stays awake so long after a command. */
    private static final long AWAKE_NANOS = 1_000_000_000;

    private final Endpoint server;
    private final LongSupplier clock;
    private final ConnectionSettings settings;
    private final Watchdog watchdog;
    private final Semaphore quick;
    private final Semaphore waiting;
    private final Set<Wire> all = ConcurrentHashMap.newKeySet();
    private final IdleWires idle = new IdleWires();

    private volatile boolean closed;
    private volatile boolean retired;

    /**
     * No connection yet, watched from now on.
     *
     * @param server where the server listens
     * @param settings how to talk to it
     * @param watchdog who ends what takes too long
     */
    public static Connections to(Endpoint server, ConnectionSettings settings, Watchdog watchdog) {
        Connections connections = new Connections(server, settings, watchdog);
        watchdog.watch(connections);
        return connections;
    }

    private Connections(Endpoint server, ConnectionSettings settings, Watchdog watchdog) {
        this.server = server;
        this.settings = settings;
        this.clock = watchdog.clock();
        this.watchdog = watchdog;
        this.quick = new Semaphore(settings.connections());
        this.waiting = new Semaphore(settings.connections());
    }

    /**
     * Where the server listens.
     *
     * @return its address
     */
    public Endpoint server() {
        return server;
    }

    ConnectionSettings settings() {
        return settings;
    }

    /** Fails now if nobody is there. */
    public void connectNow() {
        giveBack(open());
    }

    /**
     * Sends a command on a connection of its own and waits for its reply.
     *
     * @param <T> what the reply is read as
     * @param command which
     * @return what the reply says
     */
    public <T extends @Nullable Object> T call(Command<T> command) {
        return using(command, wire -> {
            begin(wire, command);
            return wire.call(command);
        });
    }

    /**
     * What is done with a connection that nobody else uses meanwhile.
     *
     * @param <T> what comes of it
     */
    public interface Use<T extends @Nullable Object> {
        /**
         * Uses a connection.
         *
         * @param wire the connection; not to be kept
         * @return what comes of it
         */
        T on(Wire wire);
    }

    /**
     * Lends a connection.
     *
     * @param <T> what comes of it
     * @param first the command that it is for, or the first of them
     * @param use what is done with it
     * @return what comes of it
     */
    public <T extends @Nullable Object> T using(Command<?> first, Use<T> use) {
        if (closed) {
            throw new IllegalStateException("the client of " + server + " is closed");
        }
        if (first.patience().forJobs()) {
            return using(waiting, first, use);
        }
        // Who was interrupted before may still acknowledge, or give back; a virtual thread could not even read.
        boolean interrupted = Thread.interrupted();
        try {
            return using(quick, first, use);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T extends @Nullable Object> T using(Semaphore places, Command<?> first, Use<T> use) {
        enter(places, first);
        try {
            Wire wire = borrow();
            try {
                return use.on(wire);
            } catch (RuntimeException e) {
                doubt(wire);
                throw e;
            } finally {
                wire.end();
                giveBack(wire);
            }
        } finally {
            places.release();
        }
    }

    /** If a connection was lost, the others that lie idle are likely to be dead too. */
    private void doubt(Wire wire) {
        if (wire.isBroken() && wire.loss() != Loss.INTERRUPTED) {
            dropIdle();
        }
    }

    private void dropIdle() {
        idle.takeAll().forEach(this::drop);
    }

    private void enter(Semaphore places, Command<?> command) {
        if (command.patience().forJobs() && Thread.currentThread().isInterrupted()) {
            throw interrupted(command, null);
        }
        if (places.tryAcquire()) {
            return;
        }
        Duration patience = settings.times().reply();
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw settings.protocol()
                        .lost(
                                Loss.TIMED_OUT,
                                false,
                                "all " + settings.connections() + " connections to " + server + " were in use for "
                                        + patience.toMillis() + " ms; " + command.word()
                                        + " was not sent; allow more connections",
                                null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(command, e);
        }
    }

    private RuntimeException interrupted(Command<?> command, @Nullable InterruptedException cause) {
        String message = "interrupted before " + command.word() + " to " + server + "; it was not sent";
        return settings.protocol().lost(Loss.INTERRUPTED, false, message, cause);
    }

    private Wire borrow() {
        while (true) {
            Wire wire = idle.takeNewest();
            if (wire == null) {
                return open();
            }
            if (isAlive(wire)) {
                return wire;
            }
            drop(wire);
        }
    }

    /** Any answer will do: a node that cannot write its file answers with an error. */
    private boolean isAlive(Wire wire) {
        if (now() - wire.lastUsed() <= settings.times().checkAfter().toNanos()) {
            return true;
        }
        Command<?> ping = settings.protocol().ping();
        begin(wire, ping);
        try {
            wire.call(ping);
        } catch (RuntimeException e) {
            if (wire.isBroken() && wire.loss() == Loss.INTERRUPTED) {
                drop(wire);
                throw e;
            }
        } finally {
            wire.end();
        }
        return wire.isUsable();
    }

    /**
     * A new connection that was greeted and is watched, for a use of its own.
     *
     * @return the connection, to be {@link #drop dropped}
     */
    public Wire open() {
        Wire wire = new Wire(new Dialer(server, settings.tls()), settings.protocol());
        all.add(wire);
        if (closed) {
            drop(wire);
            throw new IllegalStateException("the client of " + server + " is closed");
        }
        try {
            begin(wire, settings.times().connect().toNanos());
            wire.dial();
            for (Command<?> command : settings.protocol().greeting()) {
                wire.call(command);
            }
            wire.end();
            return wire;
        } catch (RuntimeException e) {
            drop(wire);
            throw e;
        }
    }

    private void begin(Wire wire, long nanos) {
        long now = now();
        wire.begin(now, Wire.deadline(now, nanos), Thread.currentThread());
        watchdog.commandBegan();
    }

    /**
     * A command begins on a connection that was lent or opened: its reply must come in time.
     *
     * @param wire the connection
     * @param command which
     */
    public void begin(Wire wire, Command<?> command) {
        begin(wire, command, patience(command), Thread.currentThread());
    }

    private void begin(Wire wire, Command<?> command, long nanos, @Nullable Thread caller) {
        long now = now();
        boolean endless = command.patience().isEndless();
        wire.begin(now, endless ? Wire.ENDLESS : Wire.deadline(now, nanos), caller);
        watchdog.commandBegan();
    }

    /**
     * The replies of many commands are awaited one after the other; each has its own time.
     *
     * @param wire the connection
     * @param command whose reply comes next
     */
    public void extend(Wire wire, Command<?> command) {
        wire.extend(Wire.deadline(now(), patience(command)));
    }

    /** For a thread that reads what another one wrote; nobody interrupts it. */
    void beginReading(Wire wire, Command<?> command) {
        begin(wire, command, patience(command), null);
    }

    private long patience(Command<?> command) {
        Command.Patience patience = command.patience();
        long reply = settings.times().reply().toNanos();
        return patience.isNone() || patience.isEndless()
                ? reply
                : TimeUnit.MILLISECONDS.toNanos(patience.millis())
                        + Math.max(reply, settings.times().waitMargin().toNanos());
    }

    private long now() {
        return clock.getAsLong();
    }

    private void giveBack(Wire wire) {
        if (retired || !wire.isUsable()) {
            drop(wire);
            return;
        }
        idle.put(wire);
        if (closed) {
            close();
        }
    }

    /**
     * Closes a connection.
     *
     * @param wire one that was opened here
     */
    public void drop(Wire wire) {
        all.remove(wire);
        wire.shut();
    }

    /** Whether some command is under way. */
    boolean look(long now) {
        boolean busy = false;
        for (Wire wire : all) {
            wire.look(now);
            busy |= wire.isBusy() || now - wire.lastUsed() < AWAKE_NANOS;
        }
        return busy;
    }

    /** Closes what was unused for too long, and says in how many nanoseconds there may be more. */
    long evict(long now) {
        long limit = settings.times().idle().toNanos();
        idle.takeUnusedSince(now - limit).forEach(this::drop);
        OptionalLong oldest = idle.oldestUse();
        return oldest.isPresent() ? limit - (now - oldest.getAsLong()) : Long.MAX_VALUE;
    }

    /**
     * How many there are, used or idle.
     *
     * @return 0 if nothing is under way and none is kept
     */
    public int size() {
        return all.size();
    }

    /** The server left: what is under way may end, but no connection is kept. */
    public void retire() {
        retired = true;
        dropIdle();
    }

    /** Ends all commands that are under way; nobody watches any more. */
    @Override
    public void close() {
        closed = true;
        watchdog.forget(this);
        dropIdle();
        all.forEach(this::drop);
    }
}
