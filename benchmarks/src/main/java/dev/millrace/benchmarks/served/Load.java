// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Many connections on one thread, each in a closed loop: it sends a batch of commands in one write, awaits all their
 * replies, and sends the next. One thread, so that the server has the other core for itself.
 */
public final class Load {
    private static final long STUCK_MILLIS = 10_000;

    private Load() {}

    /** What a connection does. */
    public abstract static class Talk {
        private @Nullable SocketChannel channel;

        /** Sends the first batch; the channel is open from here on. */
        protected abstract void begin() throws IOException;

        /** Reads what is there; may send the next batch. Returns how many jobs that finished. */
        protected abstract int read() throws IOException;

        /** Whether it has nothing more to say. */
        protected abstract boolean isOver();

        private SocketChannel open() {
            SocketChannel opened = channel;
            if (opened == null) {
                throw new IllegalStateException("the talk has not begun");
            }
            return opened;
        }

        /** Writes it all; a batch fits into the socket's buffer as a rule. */
        protected final void send(ByteBuffer batch) throws IOException {
            while (batch.hasRemaining()) {
                open().write(batch);
            }
        }

        /** Reads into a buffer; the end of the connection is an error. */
        protected final void fill(ByteBuffer buffer) throws IOException {
            if (open().read(buffer) < 0) {
                throw new EOFException("the server closed the connection");
            }
        }
    }

    /** Jobs per second of so many connections, until all are over or the time is up. */
    public static double rate(SocketAddress address, int connections, long nanos, Supplier<? extends Talk> talks)
            throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            List<Talk> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Talk talk = talks.get();
                SocketChannel channel = SocketChannel.open(address);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, talk);
                talk.channel = channel;
                channels.add(channel);
                all.add(talk);
            }
            long start = System.nanoTime();
            for (Talk talk : all) {
                talk.begin();
            }
            return run(selector, start, nanos, all);
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }

    private static double run(Selector selector, long start, long nanos, List<Talk> talks) throws IOException {
        long done = 0;
        long over = talks.stream().filter(Talk::isOver).count();
        long now = start;
        while (over < talks.size() && now - start < nanos) {
            if (selector.select(STUCK_MILLIS) == 0) {
                throw new IOException("the server has answered nothing for " + STUCK_MILLIS + " ms");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Talk talk = (Talk) key.attachment();
                done += talk.read();
                over += talk.isOver() ? 1 : 0;
            }
            selector.selectedKeys().clear();
            now = System.nanoTime();
        }
        return done * 1e9 / (now - start);
    }
}
