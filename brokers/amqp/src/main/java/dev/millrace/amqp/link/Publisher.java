// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import com.rabbitmq.client.Channel;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Publication.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * All callers share one channel, for a channel is a process in the server and each has its own numbers. A caller writes all
 * that it has, then waits for its own answers; meanwhile others write. No more than a window is ever unanswered, so that a
 * server which stops reading finds little to leave lying in the socket.
 *
 * An interrupt closes a socket on which a virtual thread is writing, for everybody. So virtual threads have a platform thread
 * write for them.
 */
/** Publishes with confirms. Thread-safe. */
public final class Publisher implements AutoCloseable {
    private static final int WINDOW = 2_000;

    private final Link link;
    private final long replyNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("millrace-amqp-write").daemon(true).factory());
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("millrace-amqp-watch").daemon(true).factory());
    private volatile long writingSince;
    private @Nullable Lane lane;

    private record Lane(Channel channel, Confirms confirms, Semaphore window) {}

    /**
     * A publisher that has no channel yet.
     *
     * @param link on which connection
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Looking throws nothing, and ends with the watch.
    public Publisher(Link link) {
        this.link = link;
        this.replyNanos = link.options().times().reply().toNanos();
        watch.scheduleWithFixedDelay(this::tearIfStuck, replyNanos / 4, replyNanos / 4, TimeUnit.NANOSECONDS);
    }

    /**
     * Publishes messages and waits for all answers. The thread may be interrupted; it stays so.
     *
     * @param all the messages
     * @return what became of each, in order
     * @throws AmqpException if that is not known of at least one; others may have been stored
     */
    public List<Outcome> publish(List<Publication> all) {
        if (all.isEmpty()) {
            return List.of();
        }
        for (Publication publication : all) {
            if (publication.isTooLarge()) {
                throw AmqpException.lasting(
                        "the headers of a message for " + publication.routingKey() + " are larger than "
                                + Publication.MOST_HEADER_BYTES + " bytes; nothing was sent",
                        null);
            }
        }
        link.awaitUnblocked(replyNanos);
        Batch batch = new Batch(all.size());
        if (Thread.currentThread().isVirtual()) {
            Future<?> written = writer.submit(() -> write(all, batch));
            Uninterrupted.get(written);
        } else {
            write(all, batch);
        }
        return batch.await(replyNanos, link);
    }

    private void write(List<Publication> all, Batch batch) {
        int done = 0;
        try {
            for (; done < all.size(); done++) {
                write(new Confirms.Pending(all.get(done), batch, done), all.get(done));
            }
        } catch (AmqpException e) {
            for (; done < all.size(); done++) {
                batch.unknown(e);
            }
        }
    }

    private void write(Confirms.Pending message, Publication publication) {
        while (true) {
            Lane current = lane();
            acquire(current.window());
            lock.lock();
            try {
                if (!current.channel().isOpen()) {
                    current.window().release();
                    continue;
                }
                long number = current.channel().getNextPublishSeqNo();
                current.confirms().expect(number, message);
                writingSince = Ticks.now() | 1;
                try {
                    current.channel()
                            .basicPublish(
                                    publication.exchange(),
                                    publication.routingKey(),
                                    true,
                                    publication.properties(),
                                    publication.body());
                } catch (IOException | RuntimeException e) {
                    // The numbers of the server and ours may be out of step now: no answer of this channel counts any
                    // more.
                    current.confirms().lose(number, e);
                    Channels.abort(current.channel());
                }
                return;
            } finally {
                writingSince = 0;
                lock.unlock();
            }
        }
    }

    /** A server that takes nothing stops reading, and what is larger than the buffers hangs in the socket. */
    private void tearIfStuck() {
        long since = writingSince;
        if (since != 0 && Ticks.now() - since > replyNanos) {
            link.tear();
        }
    }

    private void acquire(Semaphore window) {
        if (window.tryAcquire()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            long end = Ticks.now() + replyNanos;
            while (true) {
                try {
                    if (!window.tryAcquire(end - Ticks.now(), TimeUnit.NANOSECONDS)) {
                        throw AmqpException.passing(
                                "RabbitMQ at " + link.options().url() + " has not answered " + WINDOW + " messages for "
                                        + TimeUnit.NANOSECONDS.toMillis(replyNanos) + " ms",
                                null);
                    }
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Lane lane() {
        lock.lock();
        try {
            Lane current = lane;
            if (current == null || !current.channel().isOpen()) {
                current = open();
                lane = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private Lane open() {
        Channel channel = link.channel();
        try {
            Semaphore window = new Semaphore(WINDOW);
            Confirms confirms = new Confirms(window);
            channel.addConfirmListener(confirms);
            channel.addReturnListener(confirms);
            channel.addShutdownListener(confirms);
            channel.confirmSelect();
            return new Lane(channel, confirms, window);
        } catch (IOException | RuntimeException e) {
            throw Causes.told("opening a channel for publishing", e);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        watch.shutdown();
    }
}
