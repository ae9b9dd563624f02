// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/*
 * A connection to a node: Jedis' one, which is made without its configuration and therefore says nothing by itself: no
 * HELLO (another command in Disque), no CLIENT SETINFO, no SELECT.
 *
 * The socket has no timeout: a read with one costs three system calls instead of one. Instead the Watchdog closes the
 * socket of a wire whose deadline is over, or whose caller was interrupted. The state tells what became of the wire:
 *
 *   IDLE ── begin ──▶ deadline, or ENDLESS ── end ──▶ IDLE
 *                        └── watchdog ──▶ TIMED_OUT, INTERRUPTED, CLOSED       the socket is closed, for good
 */
final class Wire extends Connection {
    static final long IDLE = 0;
    static final long ENDLESS = 1;
    static final long TIMED_OUT = 2;
    static final long INTERRUPTED = 3;
    static final long CLOSED = 4;
    private static final long FIRST_DEADLINE = 5;
    /** An interrupt ends what waits, and lets pass what is over at once. */
    private static final long QUICK_NANOS = 50_000_000;

    private final Dialer dialer;
    private final AtomicLong state = new AtomicLong(IDLE);
    /** Who waits for a reply, if an interrupt is to end that. Written before the state. */
    private @Nullable Thread caller;

    /** When the last command began. Written before the state. */
    private volatile long lastUsed;

    Wire(Dialer dialer) {
        super(dialer);
        this.dialer = dialer;
    }

    NodeAddress node() {
        return dialer.node();
    }

    /** Connects; what is called later has been connected. */
    void dial() {
        try {
            connect();
        } catch (RuntimeException e) {
            setBroken();
            throw notConnected(e);
        }
    }

    private DisqueConnectionException notConnected(RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        long end = state.get();
        if (end == TIMED_OUT) {
            return new DisqueTimeoutException(false, "no connection to " + node() + " within the time", cause);
        }
        if (end == INTERRUPTED || Thread.currentThread().isInterrupted()) {
            return new DisqueInterruptedException(false, "interrupted while connecting to " + node(), cause);
        }
        return new DisqueConnectionException(
                false, "cannot connect to " + node() + ": " + cause + "; is a server running there?", cause);
    }

    long lastUsed() {
        return lastUsed;
    }

    private static boolean waits(long state) {
        return state == ENDLESS || state < IDLE || state >= FIRST_DEADLINE;
    }

    /** A deadline that cannot be taken for one of the words above. */
    static long deadline(long now, long nanos) {
        long deadline = now + nanos;
        return deadline < IDLE || deadline >= FIRST_DEADLINE ? deadline : FIRST_DEADLINE;
    }

    /** A command begins; its reply must be there at the deadline. */
    void begin(long now, long deadline, @Nullable Thread waiting) {
        lastUsed = now;
        caller = waiting;
        state.compareAndSet(IDLE, deadline);
    }

    /** The next reply of several must be there at the deadline. */
    void extend(long deadline) {
        long current = state.get();
        if (waits(current)) {
            state.compareAndSet(current, deadline);
        }
    }

    /** The command is over. */
    void end() {
        long current = state.get();
        if (waits(current)) {
            state.compareAndSet(current, IDLE);
        }
    }

    /** Whether another command can use it. */
    boolean isUsable() {
        return !isBroken() && state.get() == IDLE;
    }

    boolean isBusy() {
        return state.get() != IDLE;
    }

    /** Ends whoever waits too long, or was interrupted. */
    void look(long now) {
        long current = state.get();
        if (!waits(current)) {
            return;
        }
        Thread waiting = caller;
        if (waiting != null && now - lastUsed > QUICK_NANOS && waiting.isInterrupted()) {
            abort(current, INTERRUPTED);
        } else if (current != ENDLESS && current - now <= 0) {
            abort(current, TIMED_OUT);
        }
    }

    /** Ends whoever uses it, and it itself. */
    void shut() {
        state.updateAndGet(current -> current == TIMED_OUT || current == INTERRUPTED ? current : CLOSED);
        dialer.close();
    }

    private void abort(long current, long end) {
        if (state.compareAndSet(current, end)) {
            dialer.close();
        }
    }

    /** Sends a command and waits for its reply. */
    <T extends @Nullable Object> T call(Command<T> command) {
        send(command);
        return receive(command);
    }

    /** Writes a command into the buffer, and what does not fit there to the server. */
    void send(Command<?> command) {
        try {
            sendCommand(command.arguments());
        } catch (RuntimeException e) {
            setBroken();
            throw lost(command, false, e);
        }
    }

    /** Sends what is in the buffer; the command is the one to speak of if that fails. */
    void flushGroup(Command<?> command) {
        try {
            flush();
        } catch (RuntimeException e) {
            setBroken();
            throw lost(command, true, e);
        }
    }

    /** Sends what is in the buffer, and reads the next reply. */
    <T extends @Nullable Object> T receive(Command<T> command) {
        Object reply;
        try {
            reply = getOne();
        } catch (JedisDataException e) {
            throw refused(command, ServerErrors.of(e));
        } catch (RuntimeException e) {
            setBroken();
            throw lost(command, true, e);
        }
        return read(command, reply);
    }

    /** Reads the next reply without sending what is in the buffer: for a reader beside a writer. */
    <T extends @Nullable Object> T receiveOnly(Command<T> command) {
        Object reply;
        try {
            reply = getUnflushedObject();
        } catch (JedisDataException e) {
            throw refused(command, ServerErrors.of(e));
        } catch (RuntimeException e) {
            setBroken();
            throw lost(command, true, e);
        }
        return read(command, reply);
    }

    private <T extends @Nullable Object> T read(Command<T> command, @Nullable Object reply) {
        try {
            return command.reader().read(reply, node());
        } catch (DisqueProtocolException e) {
            setBroken();
            throw e;
        }
    }

    /** Some errors are no answer to the command: the server says them and hangs up. */
    private DisqueException refused(Command<?> command, DisqueServerException error) {
        String message = String.valueOf(error.getMessage());
        if (message.startsWith("ERR max number of clients")) {
            setBroken();
            return new DisqueConnectionException(
                    false,
                    node() + " takes no more clients (" + message + "); " + command.word() + " was not sent",
                    error);
        }
        if (message.startsWith("ERR Protocol error")) {
            setBroken();
        }
        return error;
    }

    DisqueConnectionException lost(Command<?> command, boolean sent, @Nullable Throwable cause) {
        String what = command.word() + " to " + node();
        String but = sent ? "; it may have been executed" : "; it was not sent";
        long end = state.get();
        Thread waiting = caller;
        if (end == TIMED_OUT) {
            return new DisqueTimeoutException(sent, "no reply to " + what + " within the time" + but, cause);
        }
        if (end == INTERRUPTED || (waiting != null && waiting.isInterrupted())) {
            return new DisqueInterruptedException(sent, "interrupted while waiting for " + what + but, cause);
        }
        String why = end == CLOSED ? "the client was closed" : "the connection was lost";
        return new DisqueConnectionException(sent, why + " during " + what + but, cause);
    }
}
