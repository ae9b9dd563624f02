// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * The connections to one node. Each command has one for itself while it runs, so commands that wait at the server hold
 * nobody up; that these use up all places is prevented by places of their own.
 */
final class Connections implements AutoCloseable {
    /** The watchdog stays awake so long after a command. */
    private static final long AWAKE_NANOS = 1_000_000_000;

    private final NodeAddress node;
    private final LongSupplier clock;
    private final DisqueOptions options;
    private final Watchdog watchdog;
    private final Semaphore quick;
    private final Semaphore waiting;
    private final Set<Wire> all = ConcurrentHashMap.newKeySet();
    private final IdleWires idle = new IdleWires();

    /** What the server has beside the words of Disque; null until somebody asks. */
    private volatile @Nullable Set<String> extensions;

    private volatile boolean closed;
    private volatile boolean retired;

    Connections(NodeAddress node, DisqueOptions options, Watchdog watchdog) {
        this.node = node;
        this.options = options;
        this.clock = watchdog.clock();
        this.watchdog = watchdog;
        this.quick = new Semaphore(options.connections());
        this.waiting = new Semaphore(options.connections());
    }

    NodeAddress node() {
        return node;
    }

    DisqueOptions options() {
        return options;
    }

    /** Fails now if nobody is there. */
    void connectNow() {
        giveBack(open());
    }

    /** Asked once, and remembered if the server answered. */
    Set<String> extensions() {
        Set<String> known = extensions;
        if (known == null) {
            known = Collections.unmodifiableSet(askForExtensions());
            extensions = known;
        }
        return known;
    }

    /** Who may not look is told by another command, which all may say; Disque itself forbids nobody anything. */
    private Set<String> askForExtensions() {
        try {
            return call(MillraceCommands.extensions());
        } catch (NoPermissionException e) {
            return call(MillraceCommands.extensionsByCommand());
        }
    }

    <T extends @Nullable Object> T call(Command<T> command) {
        return using(command, wire -> {
            begin(wire, command);
            return wire.call(command);
        });
    }

    /** What is done with a connection that nobody else uses meanwhile. */
    interface Use<T extends @Nullable Object> {
        T on(Wire wire);
    }

    /**
     * Lends a connection.
     *
     * @param first the command that it is for, or the first of them
     */
    <T extends @Nullable Object> T using(Command<?> first, Use<T> use) {
        if (closed) {
            throw new IllegalStateException("the client of " + node + " is closed");
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
            } catch (DisqueConnectionException e) {
                doubt(e);
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
    private void doubt(DisqueConnectionException lost) {
        if (!(lost instanceof DisqueInterruptedException)) {
            dropIdle();
        }
    }

    private void dropIdle() {
        idle.takeAll().forEach(this::drop);
    }

    private void enter(Semaphore places, Command<?> command) {
        if (command.patience().forJobs() && Thread.currentThread().isInterrupted()) {
            throw new DisqueInterruptedException(
                    false, "interrupted before " + command.word() + " to " + node + "; it was not sent", null);
        }
        if (places.tryAcquire()) {
            return;
        }
        try {
            if (!places.tryAcquire(options.replyTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new DisqueTimeoutException(
                        false,
                        "all " + options.connections() + " connections to " + node + " were in use for "
                                + options.replyTimeout().toMillis() + " ms; " + command.word()
                                + " was not sent; allow more connections",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DisqueInterruptedException(
                    false, "interrupted before " + command.word() + " to " + node + "; it was not sent", e);
        }
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

    /** Any answer to a PING will do: a node that cannot write its file answers with an error. */
    private boolean isAlive(Wire wire) {
        if (now() - wire.lastUsed() <= options.checkAfter().toNanos()) {
            return true;
        }
        Command<String> ping = NodeCommands.ping();
        begin(wire, ping);
        try {
            wire.call(ping);
        } catch (DisqueServerException e) {
            return !wire.isBroken();
        } catch (DisqueInterruptedException e) {
            drop(wire);
            throw e;
        } catch (DisqueException e) {
            return false;
        } finally {
            wire.end();
        }
        return wire.isUsable();
    }

    /** A new connection, known to the watchdog, with the password said. */
    Wire open() {
        Wire wire = new Wire(new Dialer(node, options.tls()));
        all.add(wire);
        if (closed) {
            drop(wire);
            throw new IllegalStateException("the client of " + node + " is closed");
        }
        try {
            begin(wire, options.connectTimeout().toNanos());
            wire.dial();
            String password = options.password();
            if (password != null) {
                wire.call(NodeCommands.auth(options.user(), password));
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

    void begin(Wire wire, Command<?> command) {
        begin(wire, command, patience(command), Thread.currentThread());
    }

    private void begin(Wire wire, Command<?> command, long nanos, @Nullable Thread caller) {
        long now = now();
        boolean endless = command.patience().isEndless();
        wire.begin(now, endless ? Wire.ENDLESS : Wire.deadline(now, nanos), caller);
        watchdog.commandBegan();
    }

    /** The replies of many commands are awaited one after the other; each has its own time. */
    void extend(Wire wire, Command<?> command) {
        wire.extend(Wire.deadline(now(), patience(command)));
    }

    /** For a thread that reads what another one wrote; nobody interrupts it. */
    void beginReading(Wire wire, Command<?> command) {
        begin(wire, command, patience(command), null);
    }

    private long patience(Command<?> command) {
        Command.Patience patience = command.patience();
        long reply = options.replyTimeout().toNanos();
        return patience.isNone() || patience.isEndless()
                ? reply
                : TimeUnit.MILLISECONDS.toNanos(patience.millis())
                        + Math.max(reply, options.waitMargin().toNanos());
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

    void drop(Wire wire) {
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
        long limit = options.idleTimeout().toNanos();
        idle.takeUnusedSince(now - limit).forEach(this::drop);
        OptionalLong oldest = idle.oldestUse();
        return oldest.isPresent() ? limit - (now - oldest.getAsLong()) : Long.MAX_VALUE;
    }

    int size() {
        return all.size();
    }

    /** The node left: what is under way may end, but no connection is kept. */
    void retire() {
        retired = true;
        dropIdle();
    }

    /** Ends all commands that are under way. */
    @Override
    public void close() {
        closed = true;
        dropIdle();
        all.forEach(this::drop);
    }
}
