// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.resp.ReplyWriter;
import dev.millrace.resp.RespValue;
import dev.millrace.resp.ValueDecoder;
import dev.millrace.resp.ValueLimits;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** A client that sends bytes, whole commands or not, and reads one reply at a time. */
final class Wire implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int READ = 1 << 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final ValueDecoder decoder = new ValueDecoder(ValueLimits.DEFAULT);
    private final ArrayDeque<RespValue> replies = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocate(READ);

    private Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    static Wire to(MillraceServer server) throws IOException {
        return to(server.address().orElseThrow());
    }

    static Wire to(InetSocketAddress address) throws IOException {
        return new Wire(SocketChannel.open(address));
    }

    static Wire to(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        return new Wire(channel);
    }

    static byte[] request(List<byte[]> words) {
        ReplyWriter writer = new ReplyWriter(64).arrayHeader(words.size());
        words.forEach(writer::bulk);
        return writer.toByteArray();
    }

    static byte[] request(String... words) {
        return request(List.of(words).stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    Wire send(String... words) throws IOException {
        return raw(request(words));
    }

    Wire raw(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                Thread.onSpinWait();
            }
        }
        return this;
    }

    /** Sends as much as the other side takes; returns how much that was. */
    int offer(byte[] bytes) throws IOException {
        return channel.write(ByteBuffer.wrap(bytes));
    }

    RespValue call(String... words) throws IOException {
        return send(words).read();
    }

    RespValue read() throws IOException {
        return read(PATIENCE).orElseThrow(() -> new AssertionError("no reply within " + PATIENCE));
    }

    /** What comes next; empty if nothing comes. */
    Optional<RespValue> read(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (replies.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            selector.select(left);
            selector.selectedKeys().clear();
            in.clear();
            int size;
            try {
                size = channel.read(in);
            } catch (SocketException reset) {
                size = -1;
            }
            if (size < 0) {
                throw new EOFException("closed by the server");
            }
            decoder.decode(in.flip(), replies::add);
        }
        return Optional.of(replies.remove());
    }

    /** Whether the server closes, and says nothing before. */
    boolean closed() throws IOException {
        try {
            read();
            return false;
        } catch (EOFException e) {
            return true;
        }
    }

    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(RespValue value) {
        return switch (value) {
            case RespValue.SimpleString simple -> simple.text();
            case RespValue.ErrorReply error -> error.text();
            case RespValue.Int number -> Long.toString(number.value());
            case RespValue.Bulk bulk -> String.valueOf(bulk.text());
            case RespValue.Array array -> String.valueOf(elements(array));
        };
    }

    private static Object elements(RespValue.Array array) {
        List<RespValue> elements = array.elements();
        return elements == null ? "null" : elements.stream().map(Wire::text).toList();
    }

    /** What a command answers, as text. */
    String ask(String... words) throws IOException {
        return text(call(words));
    }

    String next() throws IOException {
        return text(read());
    }
}
