// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.resp.ProtocolException;
import dev.millrace.resp.ReplyWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/*
 * Bytes become requests here, and replies bytes; what happens between is a Conversation. Everything is made when it is
 * first needed: ten thousand connections that wait are mostly Netty's.
 *
 * Over 300 lines: what Netty calls and what CLIENT LIST asks of a client are many short methods over the same few
 * fields.
 */
/** One client. Belongs to the loop. */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails closes the channel, and that is heard.
public final class Connection extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final int STRANGERS_BYTES = 1 << 16;
    private static final long MOST_UNSENT = 8L << 20;

    private final Loop loop;
    private final long id;
    private final Decoding decoding;
    private final Channel channel;
    private final Session session;
    private final long since;
    private final Conversation conversation;
    private long lastHeard;
    private long strangersBytes;
    private boolean enlisted;
    private boolean inputOver;
    private boolean deaf;
    private boolean failed;
    private boolean overdrawn;
    private boolean unflushed;

    Connection(Loop loop, long id, Channel channel) {
        this.loop = loop;
        this.id = id;
        this.channel = channel;
        this.decoding = loop.dialect().decoding(loop.limits());
        this.since = loop.clock().millis();
        this.lastHeard = since;
        this.session = loop.dialect().open(this);
        this.conversation = new Conversation(loop, this);
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
                overdrawn = strangersBytes > STRANGERS_BYTES;
            }
            decoding.decode(in.internalNioBuffer(in.readerIndex(), size), this::accept);
            closeStranger();
        } catch (ProtocolException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", address(), e.getMessage());
            conversation.hear(session.broken(String.valueOf(e.getMessage())), 0);
            deaf = true;
        } finally {
            in.release();
        }
    }

    /** What was heard may still show a password; until that is done nothing more is read. */
    private void closeStranger() {
        if (!overdrawn || !conversation.silent()) {
            return;
        }
        overdrawn = false;
        if (!session.trusted()) {
            LOG.log(System.Logger.Level.INFO, "closed {0}: it sends much and shows no password", address());
            deaf = true;
            channel.close();
        }
    }

    private void accept(byte[][] arguments) {
        int bytes = 0;
        for (byte[] argument : arguments) {
            bytes += argument.length;
        }
        conversation.hear(session.recognise(arguments), bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!conversation.silent()) {
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
        conversation.abandon();
        session.closed();
        loop.clients().left(this);
    }

    /** Reads on, unless there is too much to do or too little is read by the other side. */
    private void readOrWait() {
        boolean read = !conversation.full() && !overdrawn && channel.isWritable();
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
        }
    }

    Conversation conversation() {
        return conversation;
    }

    boolean writable() {
        return channel.isWritable();
    }

    /** Whether the other side has said all that it will say. */
    boolean inputOver() {
        return inputOver;
    }

    /** Reads on, if it had stopped and need not any more. */
    void readOn() {
        if (!channel.config().isAutoRead()) {
            closeStranger();
            readOrWait();
        }
    }

    /** It cannot be served any more: what is not on its way goes back, and it is closed behind the rest. */
    void fail(Throwable why) {
        LOG.log(System.Logger.Level.ERROR, "closed " + address() + ", which cannot be answered: " + why, why);
        failed = true;
        deaf = true;
        loop.writer().reset();
        conversation.abandon();
        end();
    }

    /** Closes behind what was sent. */
    void end() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    void send(ReplyWriter out, Turn turn) {
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

    void answered(Reply reply) {
        if (channel.isActive() && !failed) {
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

    /**
     * Sends what nobody asked for, behind what is already on its way.
     *
     * @param encoded one or more whole values
     */
    public void push(byte[] encoded) {
        if (unsent() > MOST_UNSENT) {
            LOG.log(System.Logger.Level.INFO, "closed {0}: it does not read what it asked for", address());
            channel.close();
            return;
        }
        conversation.say(Ready.of(out -> out.encoded(encoded)));
        loop.turn().ready(this);
    }

    /** Closes it at once. */
    public void close() {
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
        return conversation.blocked();
    }

    /**
     * How much of it is not yet done.
     *
     * @return bytes of arguments
     */
    public int unread() {
        return conversation.pendingBytes();
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
