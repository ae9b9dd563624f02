// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * Many commands over one connection:
 *
 *   callers ──▶ waiting ──▶ writer: takes all that gathered, writes, flushes once ──▶ Session ──▶ reader: completes futures
 *
 * The writer makes a new session when there is none or the last one broke. What was written into a broken one fails, and may
 * have been executed; what still waits goes into the next.
 */
final class Pipeline implements AutoCloseable {
    private static final int MOST_AT_ONCE = 512;

    private final Connections connections;
    private final BlockingQueue<Call<?>> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread writer;
    private @Nullable Session session;
    private boolean started;
    private volatile boolean closed;

    Pipeline(Connections connections) {
        this.connections = connections;
        this.writer = Thread.ofPlatform().name("disque-async-writer").daemon().unstarted(this::write);
    }

    <T extends @Nullable Object> CompletableFuture<T> submit(Command<T> command) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (closed) {
            throw new IllegalStateException("the asynchronous client of " + connections.node() + " is closed");
        }
        int most = connections.options().inFlight();
        if (inFlight.incrementAndGet() > most) {
            inFlight.decrementAndGet();
            future.completeExceptionally(new DisqueConnectionException(
                    false,
                    most + " commands to " + connections.node() + " are in flight already; " + command.word()
                            + " was not sent; wait for replies, or allow more",
                    null));
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
        } catch (DisqueException e) {
            batch.forEach(call -> fail(call, e));
            return;
        } catch (IllegalStateException e) {
            batch.forEach(call -> fail(call, closing()));
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

    private void fail(Call<?> call, DisqueException error) {
        done();
        call.fail(error);
    }

    private DisqueConnectionException closing() {
        return new DisqueConnectionException(false, "the client was closed before the command was sent", null);
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
