// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import dev.millrace.resp.client.Protocol.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 *
 *   callers ──▶ waiting ──▶ writer: takes all that gathered, writes, flushes once ──▶ Session ──▶ reader: completes futures
 *
 * The writer makes a new session when there is none or the last one broke. What was written into a broken one fails, and may
 * have been executed; what still waits goes into the next.
 */
/** Many commands over one connection, without waiting for replies. Thread-safe. */
public final class Pipeline implements AutoCloseable {
    private static final int MOST_AT_ONCE = 512;

    private final Connections connections;
    private final BlockingQueue<Call<?>> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread writer;
    private @Nullable Session session;
    private boolean started;
    private volatile boolean closed;

    /**
     * A pipeline that connects at its first command.
     *
     * @param connections whose server it talks to
     */
    public Pipeline(Connections connections) {
        this.connections = connections;
        String name = connections.settings().protocol().name() + "-async-writer";
        this.writer = Thread.ofPlatform().name(name).daemon().unstarted(this::write);
    }

    /**
     * Sends a command as soon as possible. Commands of one thread are executed in their order.
     *
     * @param <T> what the reply is read as
     * @param command which
     * @return what the reply says; completed on the thread that reads replies
     */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Command<T> command) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (closed) {
            throw new IllegalStateException("the asynchronous client of " + connections.server() + " is closed");
        }
        int most = connections.settings().inFlight();
        if (inFlight.incrementAndGet() > most) {
            inFlight.decrementAndGet();
            future.completeExceptionally(notSent(most + " commands to " + connections.server()
                    + " are in flight already; " + command.word() + " was not sent; wait for replies, or allow more"));
            return future;
        }
        Call<T> call = new Call<>(command, future);
        waiting.add(call);
        start();
        if (closed && waiting.remove(call)) {
            inFlight.decrementAndGet();
            call.fail(closing());
        }
        return future;
    }

    private void start() {
        if (started) {
            return;
        }
        lock.lock();
        try {
            if (!started && !closed) {
                started = true;
                writer.start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        List<Call<?>> batch = new ArrayList<>(MOST_AT_ONCE);
        while (!closed) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                continue;
            }
            waiting.drainTo(batch, MOST_AT_ONCE - 1);
            send(batch);
            batch.clear();
        }
    }

    private void send(List<Call<?>> batch) {
        Session current;
        try {
            current = session();
        } catch (IllegalStateException e) {
            batch.forEach(call -> fail(call, closing()));
            return;
        } catch (RuntimeException e) {
            batch.forEach(call -> fail(call, e));
            return;
        }
        current.write(batch);
    }

    private Session session() {
        lock.lock();
        try {
            Session last = session;
            if (last != null && last.isOpen()) {
                return last;
            }
        } finally {
            lock.unlock();
        }
        Session fresh = new Session(connections, this::done).start();
        lock.lock();
        try {
            session = fresh;
        } finally {
            lock.unlock();
        }
        if (closed) {
            fresh.end();
        }
        return fresh;
    }

    private void done() {
        inFlight.decrementAndGet();
    }

    private void fail(Call<?> call, RuntimeException error) {
        done();
        call.fail(error);
    }

    private RuntimeException closing() {
        return notSent("the client was closed before the command was sent");
    }

    private RuntimeException notSent(String message) {
        return connections.settings().protocol().lost(Loss.BROKEN, false, message, null);
    }

    @Override
    public void close() {
        Session last;
        lock.lock();
        try {
            closed = true;
            last = session;
        } finally {
            lock.unlock();
        }
        writer.interrupt();
        if (last != null) {
            last.end();
        }
        for (Call<?> call = waiting.poll(); call != null; call = waiting.poll()) {
            fail(call, closing());
        }
    }
}
