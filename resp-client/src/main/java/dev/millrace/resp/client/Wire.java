// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.resp.client.Protocol.Loss;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/*
 * Jedis' connection is made without its configuration and therefore says nothing by itself: no HELLO (another command in
 * Disque, none in okq), no CLIENT SETINFO, no SELECT.
 *
 * The socket has no timeout: a read with one costs three system calls instead of one. Instead the Watchdog closes the
 * socket of a wire whose deadline is over, or whose caller was interrupted. The state tells what became of the wire:
 *
 *   IDLE ── begin ──▶ deadline, or ENDLESS ── end ──▶ IDLE
 *                        └── watchdog ──▶ TIMED_OUT, INTERRUPTED, CLOSED       the socket is closed, for good
 *
 * Whoever is interrupted may have jobs under way to it, which would be nobody's until their retry time is over. So an interrupt first
 * closes the half of the socket that the server reads: it hangs up then, behind what it has answered, and that is still read.
 *
 * Over 300 lines: whoever changes what one state allows has to see what all others allow.
 */
/** A connection to a server, for one command at a time or one writer and one reader. */
public final class Wire extends Connection {
    static final long IDLE = 0;
    static final long ENDLESS = 1;
    static final long TIMED_OUT = 2;
    static final long INTERRUPTED = 3;
    static final long CLOSED = 4;
    private static final long FIRST_DEADLINE = 5;
    /** An interrupt ends what waits, and lets pass what is over at once. */
    private static final long QUICK_NANOS = 50_000_000;
    /** After that a server has hung up, or never will. */
    private static final long LAST_WORD_NANOS = 1_000_000_000;

    private final Dialer dialer;
    private final Protocol spoken;
    private final AtomicLong state = new AtomicLong(IDLE);
    /** Who waits for a reply, if an interrupt is to end that. Written before the state. */
    private @Nullable Thread caller;

    /** When the last command began. Written before the state. */
    private volatile long lastUsed;
    /** Belongs to the watchdog. */
    private long hungUpAt;

    Wire(Dialer dialer, Protocol spoken) {
        super(dialer);
        this.dialer = dialer;
        this.spoken = spoken;
    }

    Endpoint server() {
        return dialer.server();
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

    private RuntimeException notConnected(RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        long end = state.get();
        if (end == TIMED_OUT) {
            String hint = dialer.isEncrypting() ? "; does it speak TLS there?" : "";
            return spoken.lost(
                    Loss.TIMED_OUT, false, "no connection to " + server() + " within the time" + hint, cause);
        }
        if (end == INTERRUPTED || Thread.currentThread().isInterrupted()) {
            return spoken.lost(Loss.INTERRUPTED, false, "interrupted while connecting to " + server(), cause);
        }
        String hint = cause instanceof SSLException
                ? "; does it speak TLS there, with a certificate that is trusted and names this host?"
                : "; is a server running there?";
        return spoken.lost(Loss.BROKEN, false, "cannot connect to " + server() + ": " + cause + hint, cause);
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
        if (current == INTERRUPTED && now - hungUpAt > LAST_WORD_NANOS) {
            dialer.close();
        }
        if (!waits(current)) {
            return;
        }
        Thread waiting = caller;
        if (waiting != null && now - lastUsed > QUICK_NANOS && waiting.isInterrupted()) {
            hungUpAt = now;
            if (state.compareAndSet(current, INTERRUPTED)) {
                dialer.endOutput();
            }
        } else if (current != ENDLESS && current - now <= 0 && state.compareAndSet(current, TIMED_OUT)) {
            dialer.close();
        }
    }

    /** Ends whoever uses it, and it itself. */
    void shut() {
        state.updateAndGet(current -> current == TIMED_OUT || current == INTERRUPTED ? current : CLOSED);
        dialer.close();
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @param <T> what the reply is read as
     * @param command which
     * @return what the reply says
     */
    public <T extends @Nullable Object> T call(Command<T> command) {
        send(command);
        return receive(command);
    }

    /**
     * Writes a command into the buffer, and what does not fit there to the server.
     *
     * @param command which
     */
    public void send(Command<?> command) {
        try {
            sendCommand(command.arguments());
        } catch (RuntimeException e) {
            setBroken();
            throw lost(command, false, e);
        }
    }

    /**
     * Sends what is in the buffer.
     *
     * @param command the one to speak of if that fails
     */
    public void flushGroup(Command<?> command) {
        try {
            flush();
        } catch (RuntimeException e) {
            setBroken();
            throw lost(command, true, e);
        }
    }

    /**
     * Sends what is in the buffer, and reads the next reply.
     *
     * @param <T> what the reply is read as
     * @param command whose reply comes
     * @return what the reply says
     */
    public <T extends @Nullable Object> T receive(Command<T> command) {
        Object reply;
        try {
            reply = getOne();
        } catch (JedisDataException e) {
            throw refused(command, utf8(e));
        } catch (RuntimeException e) {
            setBroken();
            throw lost(command, true, e);
        }
        return read(command, reply);
    }

    /**
     * Reads the next reply without sending what is in the buffer: for a reader beside a writer.
     *
     * @param <T> what the reply is read as
     * @param command whose reply comes
     * @return what the reply says
     */
    public <T extends @Nullable Object> T receiveOnly(Command<T> command) {
        Object reply;
        try {
            reply = getUnflushedObject();
        } catch (JedisDataException e) {
            throw refused(command, utf8(e));
        } catch (RuntimeException e) {
            setBroken();
            throw lost(command, true, e);
        }
        return read(command, reply);
    }

    private <T extends @Nullable Object> T read(Command<T> command, @Nullable Object reply) {
        try {
            return command.reader().read(reply, server());
        } catch (UnexpectedReplyException e) {
            setBroken();
            throw spoken.unexpected(e);
        }
    }

    /** Jedis makes a character of each byte; the texts of errors may hold what clients sent, which is UTF-8. */
    private static String utf8(JedisDataException error) {
        String text = String.valueOf(error.getMessage());
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return new String(bytes, UTF_8);
    }

    /** Some errors are no answer to the command: the server says them and hangs up. */
    private RuntimeException refused(Command<?> command, String message) {
        RuntimeException error = spoken.refused(message);
        if (message.startsWith("ERR max number of clients")) {
            setBroken();
            return spoken.lost(
                    Loss.BROKEN,
                    false,
                    server() + " takes no more clients (" + message + "); " + command.word() + " was not sent",
                    error);
        }
        if (message.startsWith("ERR Protocol error")) {
            setBroken();
        }
        return error;
    }

    /**
     * What to throw for a command of which this connection was lost.
     *
     * @param command which
     * @param sent whether it may have been executed
     * @param cause what was seen, if anything
     * @return the protocol's exception
     */
    public RuntimeException lost(Command<?> command, boolean sent, @Nullable Throwable cause) {
        String what = command.word() + " to " + server();
        String but = sent ? "; it may have been executed" : "; it was not sent";
        Loss loss = loss();
        String why = switch (loss) {
            case TIMED_OUT -> "no reply to " + what + " within the time";
            case INTERRUPTED -> "interrupted while waiting for " + what;
            case BROKEN ->
                (state.get() == CLOSED ? "the client was closed" : "the connection was lost") + " during " + what;
        };
        return spoken.lost(loss, sent, why + but, cause);
    }

    /** How it ended, if it did. */
    Loss loss() {
        long end = state.get();
        if (end == TIMED_OUT) {
            return Loss.TIMED_OUT;
        }
        Thread waiting = caller;
        return end == INTERRUPTED || (waiting != null && waiting.isInterrupted()) ? Loss.INTERRUPTED : Loss.BROKEN;
    }
}
