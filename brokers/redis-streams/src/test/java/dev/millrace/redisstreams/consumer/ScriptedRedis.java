// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.resp.RequestDecoder;
import dev.millrace.resp.RequestLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/*
 * It keeps no stream: it answers as the documentation of the commands says that a server of its version does, hands out what a test put there,
 * and writes down what was sent. So it shows what goes over the wire to a server that cannot be had here, and no more than that.
 */
/** A Redis of any version that answers what it is told to. */
final class ScriptedRedis implements AutoCloseable {
    private static final byte[] NOTHING = new ReplyWriter(8).nullArray().toByteArray();

    private final ServerSocket socket;
    private final String version;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<List<String>> sent = new CopyOnWriteArrayList<>();
    private final BlockingQueue<byte[]> reads = new LinkedBlockingQueue<>();

    ScriptedRedis(String version) {
        this.version = version;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    RedisOptions options() {
        return RedisOptions.server("127.0.0.1:" + socket.getLocalPort());
    }

    /** Commands with this name, in their order. */
    List<List<String>> sent(String name) {
        return sent.stream().filter(command -> command.get(0).equals(name)).toList();
    }

    /** The next XREADGROUP gets this, as the whole reply. */
    void read(ReplyWriter reply) {
        reads.add(reply.toByteArray());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        RequestDecoder decoder = new RequestDecoder(RequestLimits.DEFAULT);
        byte[] bytes = new byte[64 << 10];
        try (client) {
            InputStream in = client.getInputStream();
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                decoder.decode(ByteBuffer.wrap(bytes, 0, count), request -> answer(client, request));
            }
        } catch (IOException e) {
            // It hung up.
        }
    }

    private void answer(Socket client, byte[][] request) {
        List<String> command = Arrays.stream(request)
                .map(part -> new String(part, StandardCharsets.UTF_8))
                .toList();
        sent.add(command);
        try {
            client.getOutputStream().write(reply(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] reply(List<String> command) throws InterruptedException {
        ReplyWriter reply = new ReplyWriter(64);
        switch (command.get(0)) {
            case "INFO" -> reply.bulk("# Server\r\nredis_version:" + version + "\r\nredis_mode:standalone\r\n");
            case "PING" -> reply.simpleString("PONG");
            case "XGROUP" -> reply.simpleString("OK");
            case "CLIENT" -> reply.integer(1);
            case "XINFO" -> group(reply);
            case "XPENDING" -> reply.arrayHeader(0);
            case "XACKDEL" -> ones(reply, Integer.parseInt(command.get(5)));
            case "EVALSHA" -> reply.error("NOSCRIPT No matching script. Please use EVAL.");
            case "EVAL" -> script(reply, command);
            case "XREADGROUP" -> {
                return read(command);
            }
            default -> reply.error("ERR unknown command '" + command.get(0) + "'");
        }
        if (command.subList(0, Math.min(2, command.size())).equals(List.of("CLIENT", "UNBLOCK"))) {
            reads.add(NOTHING);
        }
        return reply.toByteArray();
    }

    private static void group(ReplyWriter reply) {
        reply.arrayHeader(1)
                .arrayHeader(4)
                .bulk("name")
                .bulk("g")
                .bulk("last-delivered-id")
                .bulk("0-0");
    }

    private static void ones(ReplyWriter reply, int count) {
        reply.arrayHeader(count);
        for (int i = 0; i < count; i++) {
            reply.integer(1);
        }
    }

    /** Each entry was this consumer's. */
    private static void script(ReplyWriter reply, List<String> command) {
        Map<String, Integer> wordsOfEach = Map.of("XNACK", 3, "'XACK'", 1);
        int before = command.get(1).contains("XNACK") ? 6 : 5;
        wordsOfEach.forEach((word, words) -> {
            if (command.get(1).contains(word)) {
                ones(reply, (command.size() - before) / words);
            }
        });
        if (reply.size() == 0) {
            reply.integer(0);
        }
    }

    private byte[] read(List<String> command) throws InterruptedException {
        int block = command.indexOf("BLOCK");
        long millis = block < 0 ? 0 : Long.parseLong(command.get(block + 1));
        byte[] next = reads.poll(millis, TimeUnit.MILLISECONDS);
        return next == null ? NOTHING : next;
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
