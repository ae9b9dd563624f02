// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and a server on the loopback, and breaks what goes through it as networks do. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {
    private final int server;
    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> unwanted = new AtomicReference<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private boolean swallowing;
    private volatile @Nullable Trap trap;
    private volatile boolean sprung;
    private volatile boolean gone;

    /** When a trap goes off. */
    public enum Cut {
        /** The server has executed the request, and the client does not know it. */
        BEFORE_THE_REPLY,
        /** The client knows it, and can say nothing any more. */
        AFTER_THE_REPLY
    }

    private record Trap(String request, Cut when) {}

    /**
     * A proxy that passes everything on.
     *
     * @param server the port of the server on the loopback
     */
    public FaultyProxy(int server) {
        this.server = server;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /**
     * Where clients connect.
     *
     * @return a port of the loopback
     */
    public int port() {
        return socket.getLocalPort();
    }

    /**
     * Where clients connect.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /**
     * Goes for good at the first reply after a request with this word, as if the client had died then.
     *
     * @param request a word of the request, in ASCII
     * @param when before or after that reply is passed on
     */
    public void dieAt(String request, Cut when) {
        trap = new Trap(request, when);
    }

    /**
     * Breaks the connection in the place of passing on the next reply in which a text stands: the server did what it was told.
     * All others go on.
     *
     * @param text a part of the reply, in ASCII
     */
    public void cutNextReplyWith(String text) {
        unwanted.set(text);
    }

    /**
     * How often {@link #cutNextReplyWith} broke a connection.
     *
     * @return a count from the beginning
     */
    public int cuts() {
        return cuts.get();
    }

    /**
     * Shows somebody what clients say.
     *
     * @param watcher gets it in pieces as they come, each byte a character, from many threads
     */
    public void watch(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    /** Breaks all connections; new ones are passed on. */
    public void cut() {
        open.forEach(FaultyProxy::quietly);
        open.clear();
    }

    /** Passes nothing on until it is {@link #heal healed}: connections stay, new ones are accepted, nobody answers. */
    public void swallow() {
        lock.lock();
        try {
            swallowing = true;
        } finally {
            lock.unlock();
        }
    }

    /** Passes on again, what was held back first. */
    public void heal() {
        lock.lock();
        try {
            swallowing = false;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitHealth() {
        lock.lock();
        try {
            while (swallowing && !gone) {
                healed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!gone) {
            try {
                connect(socket.accept());
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    private void connect(Socket client) {
        Socket back = new Socket();
        try {
            back.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
            client.setTcpNoDelay(true);
            back.setTcpNoDelay(true);
        } catch (IOException e) {
            quietly(client);
            quietly(back);
            return;
        }
        open.add(client);
        open.add(back);
        Thread.ofVirtual().start(() -> pass(client, back, true));
        Thread.ofVirtual().start(() -> pass(back, client, false));
    }

    private void pass(Socket from, Socket to, boolean asks) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[1 << 16];
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                awaitHealth();
                if (asks) {
                    show(bytes, read);
                } else if (isUnwanted(bytes, read)) {
                    return;
                }
                if (!lets(bytes, read, asks, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side went.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void show(byte[] bytes, int length) {
        if (!watchers.isEmpty()) {
            String text = text(bytes, length);
            watchers.forEach(watcher -> watcher.accept(text));
        }
    }

    private boolean isUnwanted(byte[] bytes, int length) {
        String sought = unwanted.get();
        if (sought == null || !text(bytes, length).contains(sought) || !unwanted.compareAndSet(sought, null)) {
            return false;
        }
        cuts.incrementAndGet();
        return true;
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Passes a piece on, unless that is the end. */
    private boolean lets(byte[] bytes, int length, boolean asks, OutputStream out) throws IOException {
        Trap set = trap;
        if (set == null) {
            out.write(bytes, 0, length);
            out.flush();
            return true;
        }
        if (gone) {
            return false;
        }
        if (asks) {
            sprung |= text(bytes, length).contains(set.request());
        }
        boolean last = !asks && sprung;
        gone |= last;
        if (!last || set.when() == Cut.AFTER_THE_REPLY) {
            out.write(bytes, 0, length);
            out.flush();
        }
        if (last) {
            close();
        }
        return !last;
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }

    @Override
    public void close() {
        gone = true;
        heal();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
