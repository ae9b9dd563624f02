// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.hosting.Call;
import dev.millrace.resp.ReplyWriter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/*
 *   heard ──▶ pending ──begin──▶ begun ──done──▶ written
 *                ▲                 │
 *                └──── parked ◀────┘   begun in the hope of not having to wait, and withdrawn
 *
 * Replies are written in the order of their requests. A reply that holds (a GETJOB without jobs) keeps back everything
 * behind it; only more of the same may be begun together with it, because all of them find jobs or none does. When the
 * first one has to wait, the others are withdrawn and parked; where the host answers later, nobody knows yet whether it has
 * to, and they stay behind it in its line.
 *
 * How large the answers of the host are is known when they are there. So only some are asked for together, twice as many each
 * time as long as they were small, and one by one when they are large.
 *
 * Over 300 lines: every method moves replies between the places drawn above, and a half of them could not be understood
 * alone.
 */
/** What one client asked and was not yet answered. Belongs to the loop. */
final class Conversation {
    private static final int MOST_PENDING = 1024;
    private static final int MOST_PENDING_BYTES = 1 << 22;
    private static final int CHUNK = 1 << 18;

    /** With this many answers of the host a round begins with a client that nothing is known of. */
    private static final int FIRST_WINDOW = 4;

    private static final int LARGE = 1 << 16;

    private final Loop loop;
    private final Connection connection;
    private final ArrayDeque<Request> pending = new ArrayDeque<>(2);
    private final ArrayDeque<Reply> begun = new ArrayDeque<>(2);
    private @Nullable ArrayDeque<Reply> parked;
    private @Nullable Reply holding;
    private @Nullable ArrayDeque<Reply> again;
    private @Nullable ScheduledFuture<?> patience;
    private int pendingBytes;
    private int window = FIRST_WINDOW;
    private boolean waits;
    private boolean closing;

    Conversation(Loop loop, Connection connection) {
        this.loop = loop;
        this.connection = connection;
    }

    void hear(Request request, int bytes) {
        pendingBytes += bytes;
        pending.add(request);
    }

    boolean silent() {
        return pending.isEmpty();
    }

    /** Whether there is so much to do that nothing more should be heard. */
    boolean full() {
        return pending.size() >= MOST_PENDING || pendingBytes >= MOST_PENDING_BYTES;
    }

    int pendingBytes() {
        return pendingBytes;
    }

    boolean blocked() {
        return waits;
    }

    /** Says what nobody asked for, behind what was begun. */
    void say(Reply unasked) {
        if (!closing) {
            begun.add(unasked);
        }
    }

    /** Nobody listens any more. */
    void abandon() {
        closing = true;
        pending.clear();
        stopWaiting();
        for (Reply reply : begun) {
            Call call = reply.call();
            if (reply.done()) {
                reply.unread();
            } else if (call != null) {
                loop.turn().host().withdraw(call);
            }
        }
        begun.clear();
        again = null;
        parked = null;
        holding = null;
    }

    /** Begins what can be done together. */
    void collect(Turn turn) {
        if (again != null) {
            for (Reply reply : again) {
                Call call = reply.call();
                if (call != null) {
                    turn.ask(Phase.LOOK, call);
                }
            }
            again = null;
            return;
        }
        if (holding != null) {
            return;
        }
        Phase reached = Phase.ADD;
        int asked = 0;
        while (!closing && asked < window && connection.writable()) {
            Reply reply = parked == null ? null : parked.poll();
            Phase phase = Phase.TAKE;
            if (reply == null) {
                Request next = pending.peek();
                if (next == null) {
                    return;
                }
                phase = next.phase();
                if (comesLater(phase, reached)) {
                    return;
                }
                pending.poll();
                reply = next.begin();
                if (reply == null) {
                    continue;
                }
            }
            if (holding != null && !reply.joins(holding)) {
                park(reply);
                return;
            }
            begin(reply, phase, turn);
            if (phase == Phase.TAKE || phase == Phase.LOOK) {
                asked++;
            }
            if (phase.compareTo(Phase.LOOK) <= 0) {
                reached = phase;
            }
        }
    }

    private boolean comesLater(Phase phase, Phase reached) {
        if (holding != null) {
            return phase != Phase.TAKE;
        }
        return switch (phase) {
            case FREE -> false;
            case ALONE -> !begun.isEmpty();
            default -> phase.compareTo(reached) < 0;
        };
    }

    private void begin(Reply reply, Phase phase, Turn turn) {
        begun.add(reply);
        Call call = reply.call();
        if (call != null) {
            turn.ask(phase, call);
        }
        if (holding == null && reply.holds() && !reply.done()) {
            holding = reply;
        }
        if (reply.last()) {
            closing = true;
        }
    }

    private void park(Reply reply) {
        if (parked == null) {
            parked = new ArrayDeque<>();
        }
        parked.addFirst(reply);
    }

    /** Writes what is done; says whether more can be begun. */
    boolean settle(Turn turn) {
        boolean end = writeDone(turn);
        if (end) {
            return false;
        }
        findHolding();
        if (holding != null && again == null) {
            hold(holding, turn);
        }
        if (connection.inputOver() || loop.draining()) {
            endIfOver();
        }
        if (pending.isEmpty()) {
            pendingBytes = 0;
        }
        connection.readOn();
        Reply first = begun.peek();
        if (again != null || (first != null && first.done())) {
            return true;
        }
        boolean more = !pending.isEmpty() || (parked != null && !parked.isEmpty());
        return more && holding == null && !closing && connection.writable();
    }

    /** Returns true if the connection ends behind what was written. */
    private boolean writeDone(Turn turn) {
        ReplyWriter out = loop.writer();
        Reply reply = begun.peek();
        int largest = 0;
        while (reply != null && reply.done()) {
            largest = Math.max(largest, write(reply, out, turn));
            begun.poll();
            if (reply.last()) {
                connection.send(out, turn);
                pending.clear();
                closing = true;
                connection.end();
                return true;
            }
            if (out.size() > CHUNK) {
                connection.send(out, turn);
            }
            reply = begun.peek();
        }
        connection.send(out, turn);
        if (largest > 0) {
            window = largest > LARGE ? 1 : Math.min(MOST_PENDING, window * 2);
        }
        return false;
    }

    /** How many bytes that was. If it cannot be written it is still begun, and what stands before it is on its way. */
    private int write(Reply reply, ReplyWriter out, Turn turn) {
        int before = out.size();
        boolean whole = false;
        try {
            reply.write(out);
            whole = true;
            return out.size() - before;
        } finally {
            if (!whole) {
                out.truncate(before);
                connection.send(out, turn);
            }
        }
    }

    private void findHolding() {
        if (holding != null && holding.done()) {
            stopWaiting();
            holding = null;
        }
        if (holding == null && !begun.isEmpty()) {
            for (Reply reply : begun) {
                if (reply.holds() && !reply.done()) {
                    holding = reply;
                    return;
                }
            }
        }
    }

    private void hold(Reply reply, Turn turn) {
        Reply behind = turn.host().prompt() ? begun.peekLast() : null;
        while (behind != null && !behind.equals(reply)) {
            Call call = behind.call();
            if (behind.done() || call == null || !turn.host().withdraw(call)) {
                break;
            }
            begun.pollLast();
            park(behind);
            behind = begun.peekLast();
        }
        if (!waits) {
            waits = true;
            turn.waits();
            long millis = reply.patienceMillis();
            if (millis > 0 && reply.patient()) {
                patience = loop.after(() -> giveUp(reply), millis);
            }
        }
    }

    private void stopWaiting() {
        if (waits) {
            waits = false;
            loop.turn().waited();
        }
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    private void giveUp(Reply reply) {
        Call call = reply.call();
        if (!reply.done() && (call == null || loop.turn().host().withdraw(call))) {
            reply.giveUp();
        }
    }

    private void endIfOver() {
        if (loop.draining() && holding != null && holding.patient()) {
            giveUp(holding);
            return;
        }
        boolean nothingLeft = pending.isEmpty() && (parked == null || parked.isEmpty()) && begun.isEmpty();
        boolean nobodyReads = connection.inputOver() && holding != null && holding.patient();
        if (nothingLeft || nobodyReads) {
            closing = true;
            connection.end();
        }
    }

    void again(Reply reply) {
        if (again == null) {
            again = new ArrayDeque<>();
        }
        again.add(reply);
        loop.turn().ready(connection);
    }

    /** Ends the waiting of whoever waits: its client is sent elsewhere. */
    void release() {
        Reply reply = holding;
        if (reply != null && reply.patient() && !reply.done()) {
            Call call = reply.call();
            if (call == null || loop.turn().host().withdraw(call)) {
                reply.leave();
            }
        }
    }
}
