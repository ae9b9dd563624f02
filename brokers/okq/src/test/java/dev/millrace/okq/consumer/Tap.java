// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and a server, counts the commands, and can hang up on everybody. */
final class Tap implements AutoCloseable {
    private final ServerSocket socket;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> words = new ConcurrentHashMap<>();

    Tap(String server) {
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.port = Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** How often a word came that begins a command. */
    int count(String word) {
        return words.getOrDefault(word, 0);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, true));
                Thread.ofVirtual().start(() -> pump(server, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] bytes = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                if (requests) {
                    look(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
                }
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            // One of them hung up.
        }
    }

    /** Good enough for commands whose names do not come apart. */
    private void look(String text) {
        text.lines().filter(line -> line.startsWith("Q")).forEach(line -> words.merge(line, 1, Integer::sum));
    }

    void hangUp() {
        open.forEach(Tap::close);
        open.clear();
    }

    private static void close(Socket one) {
        try {
            one.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
    }
}
