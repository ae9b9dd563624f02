// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.hosting.Call;
import dev.millrace.resp.ProtocolException;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.resp.RequestDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 *   bytes ──decoder──▶ pending ──begin──▶ begun ──done──▶ written
 *                         ▲                 │
 *                         └──── parked ◀────┘   begun in the hope of not having to wait, and withdrawn
 *
 * Replies are written in the order of their requests. A reply that holds (a GETJOB without jobs) keeps back everything
 * behind it; only more of the same may be begun together with it, because all of them find jobs or none does. When the
 * first one has to wait, the others are withdrawn and parked.
 *
 * Everything is made when it is first needed: ten thousand connections that wait are mostly Netty's.
 */
/** One client. Belongs to the loop. */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails closes the channel, and that is heard.
public final class Connection extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final int MOST_PENDING = 1024;
    private static final int MOST_PENDING_BYTES = 1 << 22;
    private static final int STRANGERS_BYTES = 1 << 16;
    private static final int CHUNK = 1 << 18;
    private static final long MOST_UNSENT = 8L << 20;

    private final Loop loop;
    private final long id;
    private final RequestDecoder decoder;
    private final Channel channel;
    private final Session session;
    private final long since;
    private final ArrayDeque<Request> pending = new ArrayDeque<>(2);
    private final ArrayDeque<Reply> begun = new ArrayDeque<>(2);
    private @Nullable ArrayDeque<Reply> parked;
    private @Nullable Reply holding;
    private @Nullable ArrayDeque<Reply> again;
    private @Nullable ScheduledFuture<?> patience;
    private long lastHeard;
    private long strangersBytes;
    private int pendingBytes;
    private boolean waits;
    private boolean enlisted;
    private boolean inputOver;
    private boolean deaf;
    private boolean unflushed;
    private boolean closing;

    Connection(Loop loop, long id, Channel channel) {
        this.loop = loop;
        this.id = id;
        this.channel = channel;
        this.decoder = new RequestDecoder(loop.limits());
        this.since = loop.clock().millis();
        this.lastHeard = since;
        this.session = loop.dialect().open(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (inputOver || deaf) {
                return;
            }
            int size = in.readableBytes();
            lastHeard = loop.clock().millis();
            loop.traffic().in(size);
            if (!session.trusted()) {
                strangersBytes += size;
                if (strangersBytes > STRANGERS_BYTES) {
                    LOG.log(System.Logger.Level.INFO, "closed {0}: it sends much and shows no password", address());
                    channel.close();
                    return;
                }
            }
            decoder.decode(in.internalNioBuffer(in.readerIndex(), size), this::accept);
        } catch (ProtocolException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", address(), e.getMessage());
            pending.add(session.broken(String.valueOf(e.getMessage())));
            deaf = true;
        } finally {
            in.release();
        }
    }

    private void accept(byte[][] arguments) {
        for (byte[] argument : arguments) {
            pendingBytes += argument.length;
        }
        pending.add(session.recognise(arguments));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!pending.isEmpty()) {
            loop.turn().ready(this);
            readOrWait();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputOver = true;
            loop.turn().ready(this);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            loop.turn().ready(this);
        }
        readOrWait();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, () -> address() + ": " + cause);
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
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
        session.closed();
        loop.clients().left(this);
    }

    /** Reads on, unless there is too much to do or too little is read by the other side. */
    private void readOrWait() {
        boolean read = pending.size() < MOST_PENDING && pendingBytes < MOST_PENDING_BYTES && channel.isWritable();
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
        }
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
        while (!closing && channel.isWritable()) {
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
        if (inputOver || loop.draining()) {
            endIfOver();
        }
        if (pending.isEmpty()) {
            pendingBytes = 0;
        }
        if (!channel.config().isAutoRead()) {
            readOrWait();
        }
        Reply first = begun.peek();
        if (again != null || (first != null && first.done())) {
            return true;
        }
        boolean more = !pending.isEmpty() || (parked != null && !parked.isEmpty());
        return more && holding == null && !closing && channel.isWritable();
    }

    /** Returns true if the connection ends behind what was written. */
    private boolean writeDone(Turn turn) {
        ReplyWriter out = loop.writer();
        Reply reply = begun.peek();
        while (reply != null && reply.done()) {
            begun.poll();
            reply.write(out);
            if (reply.last()) {
                send(out, turn);
                pending.clear();
                closing = true;
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
                return true;
            }
            if (out.size() > CHUNK) {
                send(out, turn);
            }
            reply = begun.peek();
        }
        send(out, turn);
        return false;
    }

    private void send(ReplyWriter out, Turn turn) {
        int size = out.size();
        if (size > 0) {
            ByteBuf bytes = channel.alloc().ioBuffer(size, size);
            bytes.writeBytes(out.array(), 0, size);
            out.reset();
            loop.traffic().out(size);
            channel.write(bytes, channel.voidPromise());
            if (!unflushed) {
                unflushed = true;
                turn.write(this);
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
        Reply behind = begun.peekLast();
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
                patience = channel.eventLoop()
                        .schedule(() -> giveUp(reply), Math.min(millis, Loop.LONGEST_MILLIS), TimeUnit.MILLISECONDS);
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
        boolean nobodyReads = inputOver && holding != null && holding.patient();
        if (nothingLeft || nobodyReads) {
            closing = true;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    void flush() {
        unflushed = false;
        channel.flush();
    }

    boolean enlist() {
        boolean before = enlisted;
        enlisted = true;
        return !before;
    }

    void delist() {
        enlisted = false;
    }

    /** The server ends: what was heard is done, and then the connection is closed. */
    void drain() {
        deaf = true;
        loop.turn().ready(this);
    }

    void again(Reply reply) {
        if (again == null) {
            again = new ArrayDeque<>();
        }
        again.add(reply);
        loop.turn().ready(this);
    }

    void answered(Reply reply) {
        if (channel.isActive()) {
            loop.turn().ready(this);
        } else {
            reply.unread();
        }
    }

    boolean onLoop() {
        return channel.eventLoop().inEventLoop();
    }

    void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    /** Ends the waiting of whoever waits, as if its time were over. */
    void release(Consumer<Reply> how) {
        Reply reply = holding;
        if (reply != null && reply.patient() && !reply.done()) {
            Call call = reply.call();
            if (call == null || loop.turn().host().withdraw(call)) {
                how.accept(reply);
            }
        }
    }

    /**
     * Sends what nobody asked for, behind what is already on its way.
     *
     * @param encoded one or more whole values
     */
    public void push(byte[] encoded) {
        if (closing) {
            return;
        }
        if (unsent() > MOST_UNSENT) {
            LOG.log(System.Logger.Level.INFO, "closed {0}: it does not read what it asked for", address());
            channel.close();
            return;
        }
        begun.add(Ready.of(out -> out.encoded(encoded)));
        loop.turn().ready(this);
    }

    /** Closes it at once. */
    public void close() {
        closing = true;
        channel.close();
    }

    /**
     * Which one.
     *
     * @return 1 for the first
     */
    public long id() {
        return id;
    }

    /**
     * Where it comes from.
     *
     * @return address and port, or the path of a socket
     */
    public String address() {
        return Loop.text(channel.remoteAddress() == null ? channel.localAddress() : channel.remoteAddress());
    }

    /**
     * Since when it is there.
     *
     * @return milliseconds since 1970
     */
    public long since() {
        return since;
    }

    /**
     * When something came from it.
     *
     * @return milliseconds since 1970
     */
    public long lastHeard() {
        return lastHeard;
    }

    /**
     * Whether it waits for a job.
     *
     * @return true while something holds back what is behind it
     */
    public boolean blocked() {
        return waits;
    }

    /**
     * How much of it is not yet done.
     *
     * @return bytes of arguments
     */
    public int unread() {
        return pendingBytes;
    }

    /**
     * How much it has not yet read.
     *
     * @return bytes
     */
    public long unsent() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /**
     * What the dialect knows of it.
     *
     * @return the session
     */
    public Session session() {
        return session;
    }
}
