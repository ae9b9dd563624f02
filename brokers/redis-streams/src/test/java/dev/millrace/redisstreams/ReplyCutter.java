// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, and can hang up in the place of passing on a reply: the server did what it was told. */
public final class ReplyCutter implements AutoCloseable {
    private final ServerSocket socket;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable String> wanted = new AtomicReference<>();
    private final AtomicInteger cuts = new AtomicInteger();

    public ReplyCutter(int port) {
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.port = port;
        Thread.ofVirtual().start(this::accept);
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** The next reply in which this text stands is not passed on. */
    public void cutNextReplyWith(String text) {
        wanted.set(text);
    }

    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, false));
                Thread.ofVirtual().start(() -> pump(server, client, true));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean replies) {
        byte[] bytes = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                if (replies && isToBeCut(new String(bytes, 0, count, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            // One of them hung up.
        }
    }

    private boolean isToBeCut(String text) {
        String sought = wanted.get();
        if (sought == null || !text.contains(sought) || !wanted.compareAndSet(sought, null)) {
            return false;
        }
        cuts.incrementAndGet();
        return true;
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
