// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.events;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/*
 * Whoever tells puts the event into a line and goes on. A thread of its own takes them out, in order; when the listener is
 * slower than what happens, the line ends at CAPACITY, what comes after is counted, and the listener hears the number.
 */
/**
 * Tells a listener what happens, without ever waiting for it. Thread-safe.
 *
 * @param <E> what is told
 */
public final class Dispatcher<E> implements AutoCloseable {
    /** How many events wait for a slow listener at most. */
    public static final int CAPACITY = 1_000;

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Consumer<? super E> listener;
    private final LongFunction<? extends E> lost;
    private final BlockingQueue<Optional<E>> line = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * Nothing told yet.
     *
     * @param listener is told, by one thread
     * @param lost the event that says how many could not be told
     */
    public Dispatcher(Consumer<? super E> listener, LongFunction<? extends E> lost) {
        this.listener = listener;
        this.lost = lost;
    }

    /**
     * Tells something, soon.
     *
     * @param event what happened
     */
    public void tell(E event) {
        if (waiting.incrementAndGet() > CAPACITY) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        line.add(Optional.of(event));
        if (started.compareAndSet(false, true)) {
            Thread.ofVirtual().name("millrace-redis-events").start(this::run);
        }
    }

    private void run() {
        try {
            for (Optional<E> next = line.take(); next.isPresent(); next = line.take()) {
                waiting.decrementAndGet();
                hear(next.get());
                long unheard = dropped.getAndSet(0);
                if (unheard > 0) {
                    hear(lost.apply(unheard));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(E event) {
        try {
            listener.accept(event);
        } catch (Throwable e) {
            if (complained.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "a listener threw; it is told on, and this is not logged again", e);
            }
        }
    }

    /** The listener hears what was told before, and nothing after; does not wait for it. */
    @Override
    public void close() {
        line.add(Optional.empty());
    }
}
